"""Search and order numbers, and ask whether somebody else's number can carry texts here."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

import msgspec

from pawline.carriers.interface import (
    AvailableNumber,
    CarrierFailed,
    HookUrls,
    Hosting,
    HostingVerdict,
    NumberKind,
    OrderedNumber,
)
from pawline.carriers.telnyx.api import Api

ENOUGH = 20
AREA_CODE = "national_destination_code"
TOLL_FREE_CODES = ("888", "877", "866", "855", "844", "833")
UK_MOBILE = "+447"
# The carrier's own words are short and in capitals; an administrator gets these.
NOT_HOSTED = {
    "NUMBER_CAN_NOT_BE_REPEATED": "The number was asked for twice.",
    "NUMBER_CAN_NOT_BE_VALIDATED": "The carrier could not check the number.",
    "NUMBER_CAN_NOT_BE_WIRELESS": "It is a mobile number. Only landlines and toll-free numbers can be text-enabled.",
    "NUMBER_CAN_NOT_BE_ACTIVE_IN_YOUR_ACCOUNT": "The number is in your account at the carrier already.",
    "NUMBER_CAN_NOT_HOSTED_WITH_A_TELNYX_SUBSCRIBER": "Another business texts from this number through the same carrier.",
    "NUMBER_CAN_NOT_BE_IN_TELNYX": "The number is at the carrier already; it needs no hosting.",
    "NUMBER_IS_NOT_A_US_NUMBER": "It is not a US number.",
    "NUMBER_IS_NOT_A_VALID_ROUTING_NUMBER": "Calls to the number are routed in a way that carries no texts.",
    "NUMBER_IS_NOT_IN_E164_FORMAT": "It is not a phone number.",
    "BILLING_ACCOUNT_CHECK_FAILED": "The carrier could not check your account's billing.",
    "BILLING_ACCOUNT_IS_ABOLISHED": "Your account at the carrier is closed.",
}


class _Region(msgspec.Struct):
    region_type: str = ""
    region_name: str = ""


class _Available(msgspec.Struct):
    phone_number: str
    region_information: list[_Region] | None = None


class _Found(msgspec.Struct):
    data: list[_Available]


class _Ordered(msgspec.Struct):
    status: str = ""


class _Order(msgspec.Struct):
    data: _Ordered


class _Eligible(msgspec.Struct):
    phone_number: str = ""
    eligible: bool = False
    eligible_status: str | None = None
    detail: str | None = None


class _Eligibility(msgspec.Struct):
    phone_numbers: list[_Eligible]


async def search(api: Api, *, country: str, kind: NumberKind, area: str) -> Sequence[AvailableNumber]:
    if kind is NumberKind.HOSTED:
        raise CarrierFailed("A number that you have already needs no search.")
    if kind is NumberKind.LOCAL:
        return await _search_once(api, country, (AREA_CODE if area.isdigit() else "locality", area))
    found: list[AvailableNumber] = []
    # The vendor has changed how a search names the type of a number. Area codes tell toll-free numbers just as well.
    for code in [area] if area else TOLL_FREE_CODES:
        if len(found) < ENOUGH:
            found += await _search_once(api, country, (AREA_CODE, code))
    return found


async def _search_once(api: Api, country: str, narrowed_by: tuple[str, str]) -> list[AvailableNumber]:
    query = {"filter[country_code]": country, "filter[features]": "sms", "filter[limit]": str(ENOUGH)}
    name, value = narrowed_by
    if value:
        query[f"filter[{name}]"] = value
    found = await api.ask(api.build_request("GET", f"/available_phone_numbers?{urlencode(query)}"), _Found)
    # Of British numbers only mobile ones can be answered by text.
    return [_read_available(number) for number in found.data if country != "GB" or number.phone_number.startswith(UK_MOBILE)]


def _read_available(number: _Available) -> AvailableNumber:
    names = {region.region_type: region.region_name for region in number.region_information or []}
    return AvailableNumber(number.phone_number, names.get("rate_center") or names.get("location") or names.get("state") or "")


async def order(api: Api, number: str, hooks: HookUrls) -> OrderedNumber:
    """Texts go where the profile says, and calls where the TeXML application of ``connection_id`` says."""
    account = api.account
    # First what may be repeated: a number that is ordered before this fails would be paid for and deaf.
    profile = {"webhook_url": hooks.text, "webhook_api_version": "2"}
    path = f"/messaging_profiles/{quote(account.messaging_profile_id, safe='')}"
    await api.ask(api.build_request("PATCH", path, body=profile), dict[str, object])
    body: dict[str, object] = {
        "phone_numbers": [{"phone_number": number}],
        "messaging_profile_id": account.messaging_profile_id,
    }
    if account.connection_id:
        body["connection_id"] = account.connection_id
    ordered = await api.ask(api.build_request("POST", "/number_orders", body=body), _Order)
    if ordered.data.status == "failure":
        raise CarrierFailed("The carrier could not order this number. Choose another one.")
    # The carrier knows a number by itself wherever we name one.
    return OrderedNumber(number, number)


async def check_hosting(api: Api, number: str) -> Hosting:
    body = {"phone_numbers": [number]}
    request = api.build_request("POST", "/messaging_hosted_number_orders/eligibility_numbers_check", body=body)
    answer = await api.ask(request, _Eligibility)
    if not answer.phone_numbers:
        raise CarrierFailed("The carrier said nothing about this number.")
    verdict = answer.phone_numbers[0]
    if verdict.eligible:
        return Hosting(HostingVerdict.ELIGIBLE)
    words = NOT_HOSTED.get(verdict.eligible_status or "") or verdict.detail or "The carrier does not say why."
    return Hosting(HostingVerdict.NOT_ELIGIBLE, words)
