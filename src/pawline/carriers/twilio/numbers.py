"""Numbers: which are for sale, buying one, and whether a clinic's own number may carry texts here."""

from collections.abc import Mapping

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
from pawline.carriers.twilio.api import TRY_AGAIN, Api

# What can send texts right away in each country. In Britain that is a mobile number.
SHELVES = {
    ("US", NumberKind.TOLL_FREE): "TollFree",
    ("CA", NumberKind.TOLL_FREE): "TollFree",
    ("GB", NumberKind.LOCAL): "Mobile",
}
PAGE_SIZE = 20
VERDICTS = {"ELIGIBLE": HostingVerdict.ELIGIBLE, "INELIGIBLE": HostingVerdict.NOT_ELIGIBLE}


class ForSale(msgspec.Struct):
    phone_number: str
    locality: str | None = None


class Shelf(msgspec.Struct):
    available_phone_numbers: list[ForSale]


class Bought(msgspec.Struct):
    sid: str
    phone_number: str


class Eligibility(msgspec.Struct):
    eligibility_status: str
    ineligibility_reason: str | None = None
    next_step: str | None = None


class Eligibilities(msgspec.Struct):
    results: list[Eligibility]


async def search_numbers(api: Api, *, country: str, kind: NumberKind, area: str) -> list[AvailableNumber]:
    """``area``: the digits a number starts with after the country's code."""
    shelf = SHELVES.get((country, kind))
    if shelf is None:
        raise CarrierFailed(f"The carrier has no {kind.value.replace('_', '-')} numbers for texts in {country}.")
    url = f"{api.account.resources_url}/AvailablePhoneNumbers/{country}/{shelf}.json"
    found = await api.read(Shelf, url, fields=_wanted(country, area))
    return [AvailableNumber(number.phone_number, number.locality or "") for number in found.available_phone_numbers]


def _wanted(country: str, area: str) -> dict[str, str]:
    wanted = {"SmsEnabled": "true", "VoiceEnabled": "true", "PageSize": str(PAGE_SIZE)}
    if area and not (area.isascii() and area.isdecimal()):
        raise CarrierFailed("An area is asked for by its digits.")
    if country == "GB":
        return {**wanted, "Contains": f"+44{area.lstrip('0')}*"} if area else wanted
    return {**wanted, "MmsEnabled": "true", **({"AreaCode": area} if area else {})}


async def order_number(api: Api, number: str, *, hooks: HookUrls) -> OrderedNumber:
    fields = {
        "PhoneNumber": number,
        "SmsUrl": hooks.text + TRY_AGAIN,
        "SmsMethod": "POST",
        "SmsFallbackUrl": hooks.text,
        "SmsFallbackMethod": "POST",
        "VoiceUrl": hooks.voice + TRY_AGAIN,
        "VoiceMethod": "POST",
        "StatusCallback": hooks.receipt,
        "StatusCallbackMethod": "POST",
        **(_british_papers(api) if number.startswith("+44") else {}),
    }
    bought = await api.post(Bought, f"{api.account.resources_url}/IncomingPhoneNumbers.json", fields=fields)
    return OrderedNumber(bought.phone_number, bought.sid)


def _british_papers(api: Api) -> Mapping[str, str]:
    papers = {"BundleSid": api.account.gb_bundle_sid, "AddressSid": api.account.gb_address_sid}
    return {name: sid for name, sid in papers.items() if sid}


async def check_hosting(api: Api, number: str) -> Hosting:
    body = {
        "friendly_name": f"Texts for {number}",
        "phone_numbers": [{"phone_number": number, "hosting_account_sid": api.account.account_sid}],
    }
    found = await api.post_json(Eligibilities, f"{api.account.numbers_url}/v1/HostedNumber/Eligibility", body=body)
    if not found.results:
        raise CarrierFailed("The carrier says nothing about this number.")
    result = found.results[0]
    verdict = VERDICTS.get(result.eligibility_status.upper(), HostingVerdict.PENDING)
    words = [] if verdict is HostingVerdict.ELIGIBLE else [result.ineligibility_reason, result.next_step]
    return Hosting(verdict, ". ".join(_readable(word) for word in words if word))


def _readable(code: str) -> str:
    return code.replace("_", " ").capitalize()
