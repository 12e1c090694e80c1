"""What the carrier tells us: texts, receipts and calls."""

from collections.abc import Sequence

import msgspec

from pawline.carriers.event_times import read_time
from pawline.carriers.interface import CarrierEvent, InboundText, MediaLink, Receipt, ReceiptState, WebhookRequest
from pawline.carriers.vonage.api import Problem
from pawline.carriers.vonage.codes import reason_of_delivery
from pawline.carriers.vonage.spelling import add_plus
from pawline.carriers.vonage.voice import read_call

STATES = {
    "submitted": ReceiptState.SENT,
    "delivered": ReceiptState.DELIVERED,
    "read": ReceiptState.DELIVERED,
    "rejected": ReceiptState.FAILED,
    "undeliverable": ReceiptState.FAILED,
}
CHANNELS = {"sms", "mms"}
# The carrier names the kind of a file, not its media type.
MEDIA_TYPES = {"image": "image/*", "audio": "audio/*", "video": "video/*", "vcard": "text/vcard"}
ANY_FILE = "application/octet-stream"


class _File(msgspec.Struct):
    url: str
    caption: str | None = None


class _Part(msgspec.Struct):
    """One of several files of a text."""

    type: str
    url: str
    caption: str | None = None


class _Message(msgspec.Struct):
    message_uuid: str
    sender: str = msgspec.field(name="from", default="")
    to: str = ""
    channel: str = "sms"
    timestamp: str | None = None
    # Of a text:
    message_type: str = ""
    text: str | None = None
    image: _File | None = None
    audio: _File | None = None
    video: _File | None = None
    vcard: _File | None = None
    file: _File | None = None
    content: list[_Part] | None = None
    # Of a receipt:
    status: str = ""
    error: msgspec.Raw = msgspec.Raw(b"null")


class _Nested(msgspec.Struct):
    error: Problem


def read_webhook(request: WebhookRequest) -> Sequence[CarrierEvent]:
    try:
        if request.method == "GET" or "message_uuid" not in msgspec.json.decode(request.body, type=dict[str, object]):
            return read_call(request)
        message = msgspec.json.decode(request.body, type=_Message)
        if message.channel not in CHANNELS:
            return []
        return _read_receipt(message) if message.status else _read_text(message)
    except msgspec.DecodeError as error:
        raise ValueError(f"not an event of this carrier: {error}") from error


def _read_text(message: _Message) -> list[CarrierEvent]:
    if not message.sender or not message.to:
        raise ValueError("a text without a sender or an addressee")
    files = _read_files(message)
    captions = [file.caption for file in files if file.caption]
    return [
        InboundText(
            carrier_message_id=message.message_uuid,
            from_number=add_plus(message.sender),
            to_number=add_plus(message.to),
            body=message.text or "\n".join(captions),
            media=[MediaLink(file.url, MEDIA_TYPES.get(file.type, ANY_FILE)) for file in files],
            sent_at=read_time(message.timestamp),
        )
    ]


def _read_files(message: _Message) -> list[_Part]:
    single = {
        "image": message.image,
        "audio": message.audio,
        "video": message.video,
        "vcard": message.vcard,
        "file": message.file,
    }
    return [_Part(kind, file.url, file.caption) for kind, file in single.items() if file] + (message.content or [])


def _read_receipt(message: _Message) -> list[CarrierEvent]:
    state = STATES.get(message.status)
    if state is None:
        return []
    code = _read_problem(message.error).code if state is ReceiptState.FAILED else ""
    return [
        Receipt(
            carrier_message_id=message.message_uuid,
            state=state,
            reason=reason_of_delivery(code) if state is ReceiptState.FAILED else None,
            carrier_code=code,
            at=read_time(message.timestamp),
        )
    ]


def _read_problem(error: msgspec.Raw) -> Problem:
    """Some channels wrap it once more."""
    try:
        return msgspec.json.decode(error, type=_Nested).error
    except msgspec.ValidationError:
        return msgspec.json.decode(error, type=Problem | None) or Problem()
