"""The carrier's JSON and forms, field by field (its OpenAPI files say which; the SDK reads them)."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

from litestar import Request

from pawline.carriers.simulator.dialling_plan import NumberType, carries_pictures, country_of, type_of
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.own_numbers import OwnNumber, Verification
from pawline.carriers.simulator.settings import SimulatorSettings

VERSION = "2010-04-01"
Json = dict[str, Any]

_DIRECTIONS = {"outbound": "outbound-api", "inbound": "inbound", "carrier": "outbound-reply"}


async def read_form(request: Request[Any, Any, Any]) -> dict[str, list[str]]:
    return parse_qs((await request.body()).decode(), keep_blank_values=True)


def first_of(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]


def message_json(settings: SimulatorSettings, entry: Entry) -> Json:
    uri = f"/{VERSION}/Accounts/{settings.account_sid}/Messages/{entry.sid}"
    is_inbound = entry.kind == "inbound"
    return {
        "account_sid": settings.account_sid,
        "api_version": VERSION,
        "body": entry.body,
        "date_created": _rfc2822(entry.at),
        "date_sent": _rfc2822(entry.at if is_inbound else entry.sent_at),
        "date_updated": _rfc2822(entry.arrived_at or entry.sent_at or entry.at),
        "direction": _DIRECTIONS[entry.kind],
        "error_code": entry.error_code,
        "error_message": None,
        "from": entry.from_number,
        "messaging_service_sid": None,
        "num_media": str(len(entry.pictures) + len(entry.media_links)),
        "num_segments": str(entry.segments),
        "price": None,
        "price_unit": "USD",
        "sid": entry.sid,
        "status": "received" if is_inbound else entry.state,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": entry.to_number,
        "uri": f"{uri}.json",
    }


def media_json(settings: SimulatorSettings, entry: Entry, sid: str) -> Json:
    picture = next(picture for picture in entry.pictures if picture.sid == sid)
    return {
        "account_sid": settings.account_sid,
        "content_type": picture.media_type,
        "date_created": _rfc2822(entry.at),
        "date_updated": _rfc2822(entry.at),
        "parent_sid": entry.sid,
        "sid": sid,
        "uri": f"/{VERSION}/Accounts/{settings.account_sid}/Messages/{entry.sid}/Media/{sid}.json",
    }


def page_json(name: str, items: list[Json], *, path: str, page: int, size: int) -> Json:
    """One page of a list, as the 2010 API pages. ``path`` has the query of the search, without the page."""
    rows = items[page * size : (page + 1) * size]
    joined = f"{path}&" if "?" in path else f"{path}?"
    has_more = (page + 1) * size < len(items)
    return {
        "end": page * size + max(len(rows) - 1, 0),
        "first_page_uri": f"{joined}PageSize={size}&Page=0",
        "next_page_uri": f"{joined}PageSize={size}&Page={page + 1}" if has_more else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": f"{joined}PageSize={size}&Page={page - 1}" if page else None,
        "start": page * size,
        "uri": f"{joined}PageSize={size}&Page={page}",
        name: rows,
    }


def available_number_json(number: str) -> Json:
    country = country_of(number)
    is_local = type_of(number) is NumberType.LOCAL
    return {
        "address_requirements": "any" if country == "GB" else "none",
        "beta": False,
        "capabilities": _capabilities(number),
        "friendly_name": f"({number[2:5]}) {number[5:8]}-{number[8:]}" if country != "GB" else number,
        "iso_country": country,
        "lata": None,
        "latitude": None,
        "locality": "San Francisco" if is_local and number[2:5] == "415" else None,
        "longitude": None,
        "phone_number": number,
        "postal_code": None,
        "rate_center": None,
        "region": "CA" if is_local and number[2:5] == "415" else None,
    }


def own_number_json(settings: SimulatorSettings, own: OwnNumber) -> Json:
    return {
        "account_sid": settings.account_sid,
        "address_requirements": "none",
        "api_version": VERSION,
        "beta": False,
        "capabilities": _capabilities(own.number),
        "date_created": _rfc2822(own.at),
        "date_updated": _rfc2822(own.at),
        "friendly_name": own.name or own.number,
        "origin": "twilio",
        "phone_number": own.number,
        "sid": own.sid,
        "sms_method": "POST",
        "sms_url": own.text_url,
        "status": "in-use",
        "status_callback": own.receipt_url,
        "status_callback_method": "POST",
        "uri": f"/{VERSION}/Accounts/{settings.account_sid}/IncomingPhoneNumbers/{own.sid}.json",
        "voice_method": "POST",
        "voice_url": own.voice_url,
    }


def verification_json(settings: SimulatorSettings, verification: Verification) -> Json:
    status = verification.status
    at = verification.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        **{_snake(name): values[0] for name, values in verification.fields.items()},
        "account_sid": settings.account_sid,
        "date_created": at,
        "date_updated": at,
        "edit_allowed": status == "TWILIO_REJECTED",
        "opt_in_image_urls": verification.fields["OptInImageUrls"],
        "rejection_reason": verification.rejection if status == "TWILIO_REJECTED" else None,
        "rejection_reasons": [{"code": 30489, "reason": verification.rejection}] if status == "TWILIO_REJECTED" else None,
        "sid": verification.sid,
        "status": status,
        "tollfree_phone_number": verification.number,
        "tollfree_phone_number_sid": verification.number_sid,
        "url": f"{settings.public_url}/v1/Tollfree/Verifications/{verification.sid}",
        "use_case_categories": verification.fields["UseCaseCategories"],
    }


def _capabilities(number: str) -> Json:
    mms = carries_pictures(number)
    return {"fax": False, "mms": mms, "MMS": mms, "sms": True, "SMS": True, "voice": True}


def _rfc2822(moment: datetime | None) -> str | None:
    return format_datetime(moment.replace(microsecond=0)) if moment is not None else None


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
