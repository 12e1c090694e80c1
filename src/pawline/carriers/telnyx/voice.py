"""Calls to the text number: the carrier asks in a form and is answered in TeXML."""

from collections.abc import Sequence
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element, SubElement, tostring

from pawline.carriers.interface import CallEnded, CarrierEvent, InboundCall, WebhookAnswer

RING_SECONDS = 20
LONGEST_CALL_SECONDS = 3600
BEGINNINGS = {"", "queued", "initiated", "ringing", "in-progress"}


def read_call(body: bytes) -> Sequence[CarrierEvent]:
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    try:
        call_id, from_number, to_number = fields["CallSid"], fields["From"], fields["To"]
    except KeyError as error:
        raise ValueError(f"a call without {error}") from error
    if outcome := fields.get("DialCallStatus"):
        was_answered = outcome in {"completed", "answered"}
        return [CallEnded(carrier_call_id=call_id, from_number=from_number, to_number=to_number, was_answered=was_answered)]
    if fields.get("CallStatus", "") in BEGINNINGS:
        return [InboundCall(carrier_call_id=call_id, from_number=from_number, to_number=to_number)]
    return []


def build_forward(to_number: str, done_url: str) -> WebhookAnswer:
    response = Element("Response")
    dial = SubElement(response, "Dial", action=done_url, method="POST")
    dial.set("timeout", str(RING_SECONDS))
    dial.set("timeLimit", str(LONGEST_CALL_SECONDS))
    SubElement(dial, "Number").text = to_number
    return _answer(response)


def build_end(words: str) -> WebhookAnswer:
    response = Element("Response")
    if words:
        SubElement(response, "Say").text = words
    SubElement(response, "Hangup")
    return _answer(response)


def _answer(response: Element) -> WebhookAnswer:
    return WebhookAnswer(200, "application/xml", tostring(response, encoding="unicode"))
