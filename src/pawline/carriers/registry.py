"""The carriers there are. A new one is a folder beside this file and a line here."""

from collections.abc import Callable

from pawline.carriers.interface import BuildCarrier, Carrier, CarrierSettings, RecordExchange
from pawline.platform.settings import Settings, SettingsInvalid


def build_carriers(settings: Settings, recorder_of: Callable[[str], RecordExchange]) -> dict[str, Carrier]:
    """Every carrier that has settings, by name. Raises SettingsInvalid with all that is wrong with them."""
    carriers: dict[str, Carrier] = {}
    problems: list[str] = []
    for name, values in settings.carriers.items():
        find = CARRIERS.get(name)
        if find is None:
            problems.append(f"PAWLINE_CARRIER_{name.upper()}_... names no carrier; known are {', '.join(CARRIERS)}.")
            continue
        try:
            carriers[name] = find()(CarrierSettings(values, recorder_of(name)))
        except ValueError as error:
            problems += str(error).splitlines()
    if problems:
        raise SettingsInvalid(problems)
    return carriers


# Loaded only where they are set: between them they bring 11 MiB.


def _twilio() -> BuildCarrier:
    from pawline.carriers.twilio.adapter import build_twilio  # noqa: PLC0415 - see above

    return build_twilio


def _telnyx() -> BuildCarrier:
    from pawline.carriers.telnyx.adapter import build_telnyx  # noqa: PLC0415 - see above

    return build_telnyx


def _vonage() -> BuildCarrier:
    from pawline.carriers.vonage.adapter import build_vonage  # noqa: PLC0415 - see above

    return build_vonage


CARRIERS: dict[str, Callable[[], BuildCarrier]] = {"twilio": _twilio, "telnyx": _telnyx, "vonage": _vonage}
