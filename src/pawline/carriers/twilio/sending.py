"""Texts out: sending one, and looking up what became of one whose outcome is unknown."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import msgspec

from pawline.carriers.exchange import call, retry_after_seconds
from pawline.carriers.interface import (
    Accepted,
    CarrierFailed,
    FailureReason,
    OutcomeUnknown,
    ReceiptState,
    SendFailed,
    SentText,
    TextToSend,
)
from pawline.carriers.twilio.api import TRY_AGAIN, Api, Fields, read_refusal
from pawline.carriers.twilio.codes import STATES, is_refusal, reason_for

# An answer of a clinic that arrives half a day later does more harm than none; their default is ten hours.
VALIDITY_SECONDS = 4 * 3600
PAGE_SIZE = 100
MOST_PAGES = 10
# Nothing was sent yet when one of these strikes.
BEFORE_ANYTHING_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class Message(msgspec.Struct):
    sid: str
    status: str
    body: str | None = None
    direction: str = ""
    error_code: int | None = None
    date_created: str | None = None
    date_sent: str | None = None


class Page(msgspec.Struct):
    messages: list[Message]
    next_page_uri: str | None = None


async def send(api: Api, text: TextToSend) -> Accepted:
    fields = {
        "To": text.to_number,
        "From": text.from_number,
        "Body": text.body,
        "StatusCallback": text.receipt_url + TRY_AGAIN,
        "ValidityPeriod": str(VALIDITY_SECONDS),
        # We have counted and shown the segments of what was written, not of what they would make of it.
        "SmartEncoded": "false",
    }
    request = api.client.build_request("POST", f"{api.account.resources_url}/Messages.json", data=fields)
    try:
        response = await call(api.client, api.record, request, reference=text.reference)
    except BEFORE_ANYTHING_LEFT as error:
        raise SendFailed(FailureReason.CARRIER_TROUBLE, carrier_code=type(error).__name__) from error
    except httpx.HTTPError as error:
        raise OutcomeUnknown(type(error).__name__) from error
    return _read_answer(response)


def _read_answer(response: httpx.Response) -> Accepted:
    if not response.is_success:
        raise _refused(response)
    try:
        message = msgspec.json.decode(response.content, type=Message)
    except msgspec.DecodeError as error:
        raise OutcomeUnknown("an answer that cannot be read") from error
    if STATES.get(message.status) is ReceiptState.FAILED:
        raise SendFailed(reason_for(message.error_code), carrier_code=_spelt(message.error_code))
    return Accepted(message.sid)


def _refused(response: httpx.Response) -> SendFailed | OutcomeUnknown:
    refusal = read_refusal(response)
    is_certain = is_refusal(refusal.code) or (response.is_client_error and response.status_code != 408)
    if not is_certain:
        return OutcomeUnknown(f"status {response.status_code}")
    reason = _reason_for_status(response.status_code) if refusal.code is None else reason_for(refusal.code)
    return SendFailed(
        reason,
        carrier_code=_spelt(refusal.code) or f"status {response.status_code}",
        retry_after_seconds=retry_after_seconds(response),
    )


def _reason_for_status(status: int) -> FailureReason:
    """When something in front of their API refuses, without a code of theirs."""
    if status == 429:
        return FailureReason.TOO_MANY
    return FailureReason.ACCOUNT_REFUSED if status in {401, 403} else FailureReason.UNKNOWN


async def find_sent(api: Api, *, from_number: str, to_number: str, since: datetime) -> list[SentText]:
    """Asks twice: a text that still waits in their queue has no date of sending, which the filter by date may leave out."""
    pair = {"To": to_number, "From": from_number, "PageSize": str(PAGE_SIZE)}
    url = f"{api.account.resources_url}/Messages.json"
    newest = await api.read(Page, url, fields=pair)
    sent = await _all_pages(api, url, fields={**pair, "DateSent>": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")})
    found = {message.sid: message for message in (*newest.messages, *sent) if message.direction != "inbound"}
    second = since.replace(microsecond=0)  # theirs have no fractions
    return [_sent_text(message) for message in found.values() if (_date(message.date_created) or second) >= second]


async def _all_pages(api: Api, url: str, *, fields: Fields) -> list[Message]:
    page = await api.read(Page, url, fields=fields)
    found = page.messages
    for _ in range(MOST_PAGES):
        if not page.next_page_uri:
            return found
        page = await api.read(Page, _same_host(url, page.next_page_uri))
        found = [*found, *page.messages]
    # A list cut short would say that a text is not there.
    raise CarrierFailed("The carrier lists too many texts between two numbers to look through.")


def _same_host(url: str, uri: str) -> str:
    """Credentials go with the request, so an address of theirs must not lead elsewhere."""
    here, there = httpx.URL(url), httpx.URL(url).join(uri)
    if (here.scheme, here.host, here.port) != (there.scheme, there.host, there.port):
        raise CarrierFailed("The carrier's list of texts goes on at another host.")
    return str(there)


def _sent_text(message: Message) -> SentText:
    state = STATES.get(message.status, ReceiptState.ACCEPTED)
    return SentText(
        carrier_message_id=message.sid,
        body=message.body or "",
        sent_at=_date(message.date_sent) or _date(message.date_created),
        state=state,
        reason=reason_for(message.error_code) if state is ReceiptState.FAILED else None,
        carrier_code=_spelt(message.error_code),
    )


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError as error:
        raise CarrierFailed("The carrier's date cannot be read.") from error


def _spelt(code: int | None) -> str:
    return "" if code is None else str(code)
