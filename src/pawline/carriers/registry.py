"""The carriers there are. A new one is a folder beside this file and a line here."""

from collections.abc import Callable

from pawline.carriers.interface import BuildCarrier, Carrier, CarrierSettings, RecordExchange
from pawline.carriers.telnyx.adapter import build_telnyx
from pawline.carriers.twilio.adapter import build_twilio
from pawline.carriers.vonage.adapter import build_vonage
from pawline.platform.settings import Settings, SettingsInvalid

CARRIERS: dict[str, BuildCarrier] = {
    "twilio": build_twilio,
    "telnyx": build_telnyx,
    "vonage": build_vonage,
}


def build_carriers(settings: Settings, recorder_of: Callable[[str], RecordExchange]) -> dict[str, Carrier]:
    """Every carrier that has settings, by name. Raises SettingsInvalid with all that is wrong with them."""
    carriers: dict[str, Carrier] = {}
    problems: list[str] = []
    for name, values in settings.carriers.items():
        build = CARRIERS.get(name)
        if build is None:
            problems.append(f"PAWLINE_CARRIER_{name.upper()}_... names no carrier; known are {', '.join(CARRIERS)}.")
            continue
        try:
            carriers[name] = build(CarrierSettings(values, recorder_of(name)))
        except ValueError as error:
            problems += str(error).splitlines()
    if problems:
        raise SettingsInvalid(problems)
    return carriers
