"""What the carrier tells us: texts, receipts and calls."""

from collections.abc import Sequence
from typing import Literal, cast

import msgspec

from pawline.carriers.event_times import read_time
from pawline.carriers.interface import (
    CarrierEvent,
    FailureReason,
    InboundText,
    MediaLink,
    Receipt,
    ReceiptState,
    WebhookRequest,
)
from pawline.carriers.telnyx.api import Problem
from pawline.carriers.telnyx.codes import reason_of_delivery
from pawline.carriers.telnyx.voice import read_call

STATES = {
    "queued": ReceiptState.ACCEPTED,
    "sending": ReceiptState.ACCEPTED,
    "sent": ReceiptState.SENT,
    # The phone company took it and never said more: for many of them this is the last word.
    "delivery_unconfirmed": ReceiptState.SENT,
    "delivered": ReceiptState.DELIVERED,
    "read": ReceiptState.DELIVERED,
    "sending_failed": ReceiptState.FAILED,
    "delivery_failed": ReceiptState.FAILED,
    "expired": ReceiptState.FAILED,
}


class _Party(msgspec.Struct):
    phone_number: str = ""
    status: str | None = None


class _Media(msgspec.Struct):
    url: str
    content_type: str | None = None


class _Message(msgspec.Struct):
    id: str
    sender: _Party = msgspec.field(name="from")
    to: list[_Party]
    type: str = "SMS"
    text: str | None = None
    media: list[_Media] | None = None
    errors: list[Problem] | None = None
    autoresponse_type: str | None = None
    received_at: str | None = None


class _Event(msgspec.Struct):
    event_type: str = ""
    occurred_at: str | None = None
    payload: msgspec.Raw = msgspec.Raw(b"null")


class _Webhook(msgspec.Struct):
    data: _Event


def read_webhook(request: WebhookRequest) -> Sequence[CarrierEvent]:
    if "form-urlencoded" in request.headers.get("content-type", ""):
        return read_call(request.body)
    try:
        event = msgspec.json.decode(request.body, type=_Webhook).data
        if event.event_type == "message.received":
            return _read_text(msgspec.json.decode(event.payload, type=_Message), event.occurred_at)
        if event.event_type in {"message.sent", "message.finalized"}:
            return _read_receipts(msgspec.json.decode(event.payload, type=_Message), event.occurred_at)
    except msgspec.DecodeError as error:
        raise ValueError(f"not an event of this carrier: {error}") from error
    return []


def _read_text(message: _Message, at: str | None) -> list[CarrierEvent]:
    if message.type not in {"SMS", "MMS"}:
        return []
    if not message.to or not message.sender.phone_number:
        raise ValueError("a text without a sender or an addressee")
    return [
        InboundText(
            carrier_message_id=message.id,
            from_number=message.sender.phone_number,
            to_number=_our_number(message.to),
            body=message.text or "",
            media=[MediaLink(part.url, part.content_type or "") for part in message.media or []],
            sent_at=read_time(message.received_at or at),
            keyword=_read_keyword(message.autoresponse_type),
        )
    ]


def _our_number(addressees: Sequence[_Party]) -> str:
    """A text to a group names others as well; the carrier marks the one it tells us for."""
    marked = (party.phone_number for party in addressees if party.status == "webhook_delivered")
    return next(marked, addressees[0].phone_number)


def _read_keyword(answered: str | None) -> Literal["stop", "start", "help"] | None:
    word = (answered or "").lower()
    return cast("Literal['stop', 'start', 'help']", word) if word in {"stop", "start", "help"} else None


def _read_receipts(message: _Message, at: str | None) -> list[CarrierEvent]:
    state = STATES.get(message.to[0].status or "") if message.to else None
    if state is None:
        return []
    problem = next(iter(message.errors or []), Problem()) if state is ReceiptState.FAILED else Problem()
    code = str(problem.code)
    return [
        Receipt(
            carrier_message_id=message.id,
            state=state,
            reason=_read_reason(message, problem) if state is ReceiptState.FAILED else None,
            carrier_code=code,
            at=read_time(at),
        )
    ]


def _read_reason(message: _Message, problem: Problem) -> FailureReason:
    if not problem.code and message.to[0].status == "expired":
        return FailureReason.EXPIRED
    return reason_of_delivery(str(problem.code), f"{problem.title} {problem.detail}")
