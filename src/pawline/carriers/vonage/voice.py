"""Calls to the text number: the carrier asks with a query or JSON and is answered with a list of actions (NCCO)."""

import json
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

import msgspec

from pawline.carriers.interface import CallEnded, CarrierEvent, InboundCall, WebhookAnswer, WebhookRequest
from pawline.carriers.vonage.spelling import add_plus, strip_plus

RING_SECONDS = 20
LONGEST_CALL_SECONDS = 3600
UNANSWERED = {"unanswered", "timeout", "busy", "rejected", "failed", "cancelled"}


class _Call(msgspec.Struct):
    conversation_uuid: str
    sender: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    status: str = ""
    direction: str = ""


def read_call(request: WebhookRequest) -> Sequence[CarrierEvent]:
    """A call is known by its conversation: both legs, the client's and the clinic's, share it.

    What ends names the numbers of the clinic's leg, which is all that the carrier says.
    """
    call = _read(request)
    if not call.sender or not call.to:
        return []
    from_number, to_number = add_plus(call.sender), add_plus(call.to)
    if not call.status:
        return [InboundCall(carrier_call_id=call.conversation_uuid, from_number=from_number, to_number=to_number)]
    if call.direction == "inbound" or call.status not in {*UNANSWERED, "completed"}:
        return []
    return [
        CallEnded(
            carrier_call_id=call.conversation_uuid,
            from_number=from_number,
            to_number=to_number,
            was_answered=call.status == "completed",
        )
    ]


def _read(request: WebhookRequest) -> _Call:
    if request.method == "GET":
        return msgspec.convert(dict(parse_qsl(urlsplit(request.url).query)), type=_Call)
    return msgspec.json.decode(request.body, type=_Call)


def build_forward(to_number: str, done_url: str) -> WebhookAnswer:
    # Without "from": the carrier shows no number but one of ours, and here it is not known which one was called.
    return _answer(
        {
            "action": "connect",
            "timeout": RING_SECONDS,
            "limit": LONGEST_CALL_SECONDS,
            # What is answered at that address when nobody picks up replaces this list.
            "eventType": "synchronous",
            "eventUrl": [done_url],
            "endpoint": [{"type": "phone", "number": strip_plus(to_number)}],
        }
    )


def build_end(words: str) -> WebhookAnswer:
    """The carrier hangs up when the list is at its end."""
    talk: dict[str, object] = {"action": "talk", "text": words}
    return _answer(*[talk] if words else [])


def _answer(*actions: dict[str, object]) -> WebhookAnswer:
    return WebhookAnswer(200, "application/json", json.dumps(actions))
