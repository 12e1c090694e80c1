"""What this carrier tells us: texts, receipts and calls. Fields we do not know come and go without notice and are left alone."""

from collections.abc import Mapping, Sequence
from typing import Literal
from urllib.parse import parse_qsl

from pawline.carriers.interface import (
    CallEnded,
    CarrierEvent,
    InboundCall,
    InboundText,
    MediaLink,
    Receipt,
    ReceiptState,
    WebhookRequest,
)
from pawline.carriers.twilio.codes import STATES, reason_for

Fields = Mapping[str, str]
KEYWORDS: dict[str, Literal["stop", "start", "help"]] = {"STOP": "stop", "START": "start", "HELP": "help"}
MOST_MEDIA = 10  # as many as they put into one text


def read_webhook(request: WebhookRequest) -> Sequence[CarrierEvent]:
    fields = _fields(request)
    if "DialCallStatus" in fields:
        return [_call_ended(fields)]
    if "CallSid" in fields:
        # The same fields report on a call that goes on or has ended; only a ringing one is news.
        return [_inbound_call(fields)] if _required(fields, "CallStatus") == "ringing" else []
    if "MessageStatus" in fields:
        return [_receipt(fields)]
    return [_inbound_text(fields)]


def _fields(request: WebhookRequest) -> Fields:
    try:
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise ValueError("a webhook that is not UTF-8") from error


def _inbound_text(fields: Fields) -> InboundText:
    return InboundText(
        carrier_message_id=_required(fields, "MessageSid"),
        from_number=_required(fields, "From"),
        to_number=_required(fields, "To"),
        body=fields.get("Body", ""),
        media=_media(fields),
        keyword=KEYWORDS.get(fields.get("OptOutType", "").upper()),
    )


def _media(fields: Fields) -> Sequence[MediaLink]:
    count = fields.get("NumMedia", "0")
    if not (count.isascii() and count.isdecimal() and int(count) <= MOST_MEDIA):
        raise ValueError("a webhook whose NumMedia is no fit number")
    return tuple(
        MediaLink(url=_required(fields, f"MediaUrl{part}"), media_type=fields.get(f"MediaContentType{part}", ""))
        for part in range(int(count))
    )


def _receipt(fields: Fields) -> Receipt:
    state = STATES.get(fields["MessageStatus"].lower())
    if state is None:
        raise ValueError("a webhook whose MessageStatus is unknown")
    code = fields.get("ErrorCode", "")
    number = int(code) if code.isascii() and code.isdecimal() else None
    return Receipt(
        carrier_message_id=_required(fields, "MessageSid"),
        state=state,
        reason=reason_for(number) if state is ReceiptState.FAILED else None,
        carrier_code=code,
    )


def _inbound_call(fields: Fields) -> InboundCall:
    return InboundCall(
        carrier_call_id=_required(fields, "CallSid"),
        from_number=_required(fields, "From"),
        to_number=_required(fields, "To"),
    )


def _call_ended(fields: Fields) -> CallEnded:
    return CallEnded(
        carrier_call_id=_required(fields, "CallSid"),
        from_number=_required(fields, "From"),
        to_number=_required(fields, "To"),
        was_answered=fields["DialCallStatus"] in {"completed", "answered"},
    )


def _required(fields: Fields, name: str) -> str:
    if not fields.get(name):
        raise ValueError(f"a webhook without {name}")
    return fields[name]
