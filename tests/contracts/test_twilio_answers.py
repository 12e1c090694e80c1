"""Our answers to Twilio's calls against those its own library makes."""

from xml.etree.ElementTree import canonicalize

import pytest

from pawline.carriers.interface import WebhookAnswer
from pawline.carriers.twilio import twiml
from tests.contracts.twilio_library import DIAL, MESSAGING_RESPONSE, VOICE_RESPONSE

DONE_URL = "https://pawline.example/hooks/twilio/voice/done?a=1&b=2"
WORDS = ['Please text this number. We read every text & answer "soon" <b>.', "Zoë's — 🐶", "]]>", " "]


def assert_same(expected: object, answer: WebhookAnswer) -> None:
    assert (200, "text/xml") == (answer.status, answer.media_type)
    assert canonicalize(str(expected)) == canonicalize(answer.body)


def test_saying_nothing() -> None:
    assert_same(MESSAGING_RESPONSE(), twiml.say_nothing())


def test_forwarding_a_call() -> None:
    """V2P-9: whoever calls the text number is put through to the practice."""
    expected = VOICE_RESPONSE()
    dial = DIAL(action=f"{DONE_URL}#rc=5&rp=all", answer_on_bridge=True, method="POST", time_limit=3600, timeout=25)
    dial.number("+12125550100")
    expected.append(dial)

    assert_same(expected, twiml.forward_call(to_number="+12125550100", done_url=DONE_URL))


@pytest.mark.parametrize("words", WORDS)
def test_ending_a_call_with_words(words: str) -> None:
    expected = VOICE_RESPONSE()
    expected.say(words)
    expected.hangup()

    assert_same(expected, twiml.end_call(words))


def test_ending_a_call_without_words() -> None:
    expected = VOICE_RESPONSE()
    expected.hangup()

    assert_same(expected, twiml.end_call(""))


def test_characters_that_xml_cannot_hold_do_not_break_the_call() -> None:
    answer = twiml.end_call("Bye\x00\x0b\ud800bye")

    assert "<Say>Bye   bye</Say>" in answer.body
