import pytest

from tools.check_way_out import CALLER, CLAIM, findings_in, findings_in_caller, findings_in_claim
from tools.findings import Source

GOOD = [
    ("src/pawline/deliveries/attempts.py", "carrier.send(TextToSend())\n"),
    ("src/pawline/deliveries/claiming.py", "Claimed()\n"),
    ("src/pawline/deliveries/beginning.py", "Attempt(claimed, key)\n"),
    ("src/pawline/carriers/fake.py", "carrier.send(TextToSend())\n"),
    ("src/pawline/texting/service.py", "connection.send(frame)\ncarrier.find_sent()\n"),
    ("src/pawline/texting/service.py", "carrier.send(test_text)  # way out: a text to ourselves\n"),
]
BAD = [
    ("src/pawline/texting/service.py", "carrier.send(text)\n"),
    ("src/pawline/texting/service.py", "desk.carriers[number.carrier].send(text)\n"),
    ("src/pawline/texting/service.py", "vendor.send(text)\n"),
    ("src/pawline/reminders/service.py", "TextToSend(body='Pixel is due')\n"),
    ("src/pawline/reminders/service.py", "claiming.Claimed()\n"),
    ("src/pawline/deliveries/service.py", "Attempt(claimed, key)\n"),
    ("src/pawline/deliveries/attempts.py", "Claimed()\n"),
]


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_texts_go_out_behind_the_claim(path: str, text: str) -> None:
    """I4."""
    assert [] == list(findings_in(Source(path, text)))


@pytest.mark.parametrize(("path", "text"), BAD)
def test_no_other_call_reaches_a_carrier(path: str, text: str) -> None:
    """I4."""
    assert 1 == len(list(findings_in(Source(path, text))))


def test_the_claim_asks_for_consent() -> None:
    """I4."""
    assert [] == list(findings_in_claim(Source(CLAIM, "SELECT {sendable}")))
    assert 1 == len(list(findings_in_claim(Source(CLAIM, "SELECT 1"))))


def test_there_is_one_call_and_no_more() -> None:
    """I4."""
    assert [] == list(findings_in_caller(Source(CALLER, "carrier.send(text)\n")))
    assert 1 == len(list(findings_in_caller(Source(CALLER, "carrier.send(text)\ncarrier.send(text)\n"))))
    assert 1 == len(list(findings_in_caller(Source(CALLER, ""))))
