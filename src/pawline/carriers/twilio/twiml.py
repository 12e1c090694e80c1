"""Our answers to this carrier's webhooks, in its XML."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from pawline.carriers.interface import WebhookAnswer
from pawline.carriers.twilio.api import TRY_AGAIN

RINGS_SECONDS = 25  # shorter than the voice mail of most phones takes to answer
LONGEST_CALL_SECONDS = 3600
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def say_nothing() -> WebhookAnswer:
    return _answer(Element("Response"))


def forward_call(*, to_number: str, done_url: str) -> WebhookAnswer:
    """Whoever calls hears ringing until the clinic answers, and the clinic sees the caller's number."""
    response = Element("Response")
    attributes = {
        "action": done_url + TRY_AGAIN,
        "answerOnBridge": "true",
        "method": "POST",
        "timeLimit": str(LONGEST_CALL_SECONDS),
        "timeout": str(RINGS_SECONDS),
    }
    dial = SubElement(response, "Dial", attributes)
    SubElement(dial, "Number").text = to_number
    return _answer(response)


def end_call(words: str) -> WebhookAnswer:
    response = Element("Response")
    if words:
        SubElement(response, "Say").text = NOT_IN_XML.sub(" ", words)
    SubElement(response, "Hangup")
    return _answer(response)


def _answer(response: Element) -> WebhookAnswer:
    return WebhookAnswer(200, "text/xml", tostring(response, encoding="UTF-8", xml_declaration=True).decode())
