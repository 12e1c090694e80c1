"""Search and order local numbers. The carrier has neither toll-free verification nor text-enabling of others' numbers."""

from collections.abc import Sequence

import msgspec
import phonenumbers

from pawline.carriers.interface import AvailableNumber, CarrierFailed, NumberKind, OrderedNumber
from pawline.carriers.vonage.api import Api, Done
from pawline.carriers.vonage.spelling import add_plus, strip_plus

ENOUGH = 20
# The vendor's name for numbers that text both ways: mobile ones in Britain, ordinary ones in North America.
TWO_WAY = "mobile-lvn"
STARTS_WITH = "0"
NOT_OFFERED = {
    NumberKind.TOLL_FREE: "This carrier cannot verify toll-free numbers. Choose a local number, or another carrier.",
    NumberKind.HOSTED: "This carrier cannot text-enable a number of another phone company. Choose a new local number.",
}


class _Available(msgspec.Struct):
    msisdn: str


class _Found(msgspec.Struct):
    """Nothing at all when there is none."""

    numbers: list[_Available] = msgspec.field(default_factory=list[_Available])


async def search(api: Api, *, country: str, kind: NumberKind, area: str) -> Sequence[AvailableNumber]:
    if words := NOT_OFFERED.get(kind):
        raise CarrierFailed(words)
    fields = {"country": country, "type": TWO_WAY, "features": "SMS,VOICE", "size": str(ENOUGH)}
    if area:
        code = str(phonenumbers.country_code_for_region(country) or "")
        fields |= {"pattern": f"{code}{area.lstrip('0')}", "search_pattern": STARTS_WITH}
    found = await api.ask(api.build_number_request("GET", "/number/search", fields), _Found)
    return [AvailableNumber(add_plus(number.msisdn)) for number in found.numbers]


async def order(api: Api, number: str) -> OrderedNumber:
    """Texts, receipts and calls go where the application says."""
    place = {"country": _country(number), "msisdn": strip_plus(number)}
    # Whoever tries again after the second step failed must not be told that the number is taken: by us.
    if not await _is_ours(api, place):
        await _do(api, "/number/buy", place)
    await _do(api, "/number/update", {**place, "app_id": api.account.application_id})
    return OrderedNumber(number, strip_plus(number))


async def _is_ours(api: Api, place: dict[str, str]) -> bool:
    fields = {"country": place["country"], "pattern": place["msisdn"], "search_pattern": STARTS_WITH}
    found = await api.ask(api.build_number_request("GET", "/account/numbers", fields), _Found)
    return any(number.msisdn == place["msisdn"] for number in found.numbers)


async def _do(api: Api, path: str, fields: dict[str, str]) -> None:
    done = await api.ask(api.build_number_request("POST", path, fields), Done)
    if done.code != "200":
        raise CarrierFailed(f"The carrier refused: {done.label or done.code}")


def _country(number: str) -> str:
    """Raises CarrierFailed."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException as error:
        raise CarrierFailed(f"{number} is not a phone number with its country.") from error
    # Twenty countries share the code 1. Elsewhere the main one of a code is the one that the carrier sells numbers of.
    shared = phonenumbers.region_code_for_number(parsed) if parsed.country_code == 1 else None
    return shared or phonenumbers.region_code_for_country_code(parsed.country_code or 0)
