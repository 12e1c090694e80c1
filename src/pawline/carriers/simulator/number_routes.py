"""The carrier's API for numbers: for sale, owned, verified, hosted."""

from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pawline.carriers.simulator.dialling_plan import country_of, for_sale, is_number, read_number
from pawline.carriers.simulator.events import shortened
from pawline.carriers.simulator.own_numbers import OwnNumber, OwnNumbers
from pawline.carriers.simulator.refusals import INVALID_PARAMETER, NOT_FOUND, NUMBER_NOT_AVAILABLE, Refused
from pawline.carriers.simulator.simulator import Simulator
from pawline.carriers.simulator.wire import (
    VERSION,
    Json,
    available_number_json,
    first_of,
    own_number_json,
    page_json,
    read_form,
    verification_json,
)

SHELVES = {"TollFree": ("US", "CA"), "Local": ("US", "CA", "GB"), "Mobile": ("GB",)}
_FIELDS = {"FriendlyName": "name", "SmsUrl": "text_url", "VoiceUrl": "voice_url", "StatusCallback": "receipt_url"}


@get("/AvailablePhoneNumbers/{country:str}/{name:str}")
async def search_numbers(
    country: FromPath[str],
    name: FromPath[str],
    simulator: NamedDependency[Simulator],
    area: Annotated[str, QueryParameter(name="AreaCode")] = "",
    contains: Annotated[str, QueryParameter(name="Contains")] = "",
    size: Annotated[int, QueryParameter(name="PageSize", ge=1, le=1000)] = 30,
) -> Json:
    shelf = name.removesuffix(".json")
    if country not in SHELVES.get(shelf, ()):
        raise Refused(NOT_FOUND, f"{country}/{name}")
    digits = contains.strip().strip("+*")
    numbers = [
        number for number in for_sale(country, shelf, area) if simulator.desk.numbers.find(number) is None and digits in number
    ]
    root = f"/{VERSION}/Accounts/{simulator.desk.settings.account_sid}/AvailablePhoneNumbers/{country}/{name}"
    return {"available_phone_numbers": [available_number_json(number) for number in numbers[:size]], "uri": root}


@post("/IncomingPhoneNumbers.json", status_code=201)
async def order_number(request: Request[Any, Any, Any], simulator: NamedDependency[Simulator]) -> Json:
    form = await read_form(request)
    number = read_number(first_of(form, "PhoneNumber"))
    if not is_number(number) or not country_of(number):
        raise Refused(INVALID_PARAMETER, "PhoneNumber")
    if simulator.desk.numbers.find(number) is not None:
        raise Refused(NUMBER_NOT_AVAILABLE, number)
    own = simulator.desk.numbers.own(number)
    _set_fields(own, form)
    simulator.desk.events.log(f"number {shortened(number)} ordered")
    return own_number_json(simulator.desk.settings, own)


@get("/IncomingPhoneNumbers.json")
async def list_numbers(
    simulator: NamedDependency[Simulator], number: Annotated[str, QueryParameter(name="PhoneNumber")] = ""
) -> Json:
    wanted = read_number(number) if number else ""
    found = [own for own in simulator.desk.numbers if wanted in {"", own.number}]
    path = f"/{VERSION}/Accounts/{simulator.desk.settings.account_sid}/IncomingPhoneNumbers.json"
    rows = [own_number_json(simulator.desk.settings, own) for own in found]
    return page_json("incoming_phone_numbers", rows, path=path, page=0, size=1_000)


@get("/IncomingPhoneNumbers/{name:str}")
async def read_number_of_account(name: FromPath[str], simulator: NamedDependency[Simulator]) -> Json:
    return own_number_json(simulator.desk.settings, _require_own(simulator.desk.numbers, name))


@post("/IncomingPhoneNumbers/{name:str}", status_code=200)
async def change_number(name: FromPath[str], request: Request[Any, Any, Any], simulator: NamedDependency[Simulator]) -> Json:
    own = _require_own(simulator.desk.numbers, name)
    _set_fields(own, await read_form(request))
    return own_number_json(simulator.desk.settings, own)


@delete("/IncomingPhoneNumbers/{name:str}", status_code=204)
async def release_number(name: FromPath[str], simulator: NamedDependency[Simulator]) -> None:
    own = _require_own(simulator.desk.numbers, name)
    del simulator.desk.numbers.numbers[own.number]


number_routes = [search_numbers, order_number, list_numbers, read_number_of_account, change_number, release_number]


@post("/Tollfree/Verifications", status_code=201)
async def ask_verification(request: Request[Any, Any, Any], simulator: NamedDependency[Simulator]) -> Json:
    settings = simulator.desk.settings
    verification = simulator.desk.numbers.verify(await read_form(request), takes_seconds=settings.verification_seconds)
    simulator.desk.events.log(f"verification of {shortened(verification.number)} asked")
    return verification_json(settings, verification)


@get("/Tollfree/Verifications")
async def list_verifications(
    simulator: NamedDependency[Simulator], number_sid: Annotated[str, QueryParameter(name="TollfreePhoneNumberSid")] = ""
) -> Json:
    all_asked = simulator.desk.numbers.verifications.values()
    found = [asked for asked in all_asked if number_sid in {"", asked.number_sid}]
    url = f"{simulator.desk.settings.public_url}/v1/Tollfree/Verifications"
    return {
        "verifications": [verification_json(simulator.desk.settings, asked) for asked in found],
        "meta": {"first_page_url": url, "key": "verifications", "next_page_url": None, "page": 0, "page_size": 50, "url": url},
    }


@get("/Tollfree/Verifications/{sid:str}")
async def read_verification(sid: FromPath[str], simulator: NamedDependency[Simulator]) -> Json:
    verification = simulator.desk.numbers.verifications.get(sid)
    if verification is None:
        raise Refused(NOT_FOUND, sid)
    return verification_json(simulator.desk.settings, verification)


class NumberToHost(msgspec.Struct, frozen=True):
    phone_number: str


class HostingAsked(msgspec.Struct, frozen=True):
    phone_numbers: list[NumberToHost]


@post("/HostedNumber/Eligibility", status_code=200)
async def check_hosting(request: Request[Any, Any, Any], simulator: NamedDependency[Simulator]) -> Json:
    """A number that ends in an even digit may carry texts here."""
    try:
        asked = msgspec.json.decode(await request.body(), type=HostingAsked)
    except msgspec.DecodeError as error:
        raise Refused(INVALID_PARAMETER, "phone_numbers") from error
    return {"results": [_eligibility(number.phone_number, simulator) for number in asked.phone_numbers]}


verification_routes = [ask_verification, list_verifications, read_verification, check_hosting]


def _eligibility(spelt: str, simulator: Simulator) -> Json:
    number = read_number(spelt)
    reason, next_step = None, "CREATE_HOSTED_NUMBER_ORDER"
    if not is_number(number):
        reason, next_step = "NUMBER_FORMAT_INELIGIBLE", "EDIT_INELIGIBLE_NUMBER"
    elif int(number[-1]) % 2:
        reason, next_step = "VOICE_PROVIDER_DOES_NOT_ALLOW_HOSTING", "CONTACT_YOUR_VOICE_PROVIDER"
    return {
        "account_sid": simulator.desk.settings.account_sid,
        "eligibility_status": "INELIGIBLE" if reason else "ELIGIBLE",
        "eligibility_sub_status": reason,
        "hosting_order_sid": None,
        "hosting_order_status": None,
        "ineligibility_reason": reason,
        "iso_country_code": country_of(number) or None,
        "next_step": next_step,
        "phone_number": spelt,
    }


def _require_own(numbers: OwnNumbers, name: str) -> OwnNumber:
    own = numbers.find_by_sid(name.removesuffix(".json"))
    if own is None:
        raise Refused(NOT_FOUND, name)
    return own


def _set_fields(own: OwnNumber, form: dict[str, list[str]]) -> None:
    for field, attribute in _FIELDS.items():
        if field in form:
            setattr(own, attribute, first_of(form, field))
