"""Captured webhooks, scrubbed: numbers are for use in fiction, ids are made up."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import pytest

from pawline.carriers.interface import (
    CallEnded,
    FailureReason,
    InboundCall,
    InboundText,
    MediaLink,
    Receipt,
    ReceiptState,
    WebhookRequest,
)
from pawline.carriers.twilio.adapter import Twilio
from pawline.carriers.twilio.tests.account_values import ACCOUNT, CLINIC, OLIVE
from pawline.carriers.twilio.webhooks import read_webhook

PAYLOADS = Path(__file__).parent / "payloads"
TEXT_ID = f"SM{'2c' * 16}"
PICTURES_ID = f"MM{'3d' * 16}"
CALL_ID = f"CA{'4e' * 16}"


def request(body: bytes) -> WebhookRequest:
    headers = {"content-type": "application/x-www-form-urlencoded; charset=UTF-8"}
    return WebhookRequest("POST", "https://pawline.example/hooks/twilio/text", headers, body)


def captured(name: str) -> WebhookRequest:
    return request((PAYLOADS / f"{name}.form").read_bytes())


def test_a_text_keeps_every_character() -> None:
    """Not even the space at its end is trimmed."""
    expected = InboundText(carrier_message_id=TEXT_ID, from_number=OLIVE, to_number=CLINIC, body="Is Pixel ready? \U0001f436 ")

    assert [expected] == read_webhook(captured("inbound_text"))


def test_every_part_of_a_text_with_several_files_is_taken() -> None:
    [event] = read_webhook(captured("inbound_pictures"))

    assert isinstance(event, InboundText)
    folder = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{PICTURES_ID}/Media/ME"
    assert (
        MediaLink(folder + "5f" * 16, "image/jpeg"),
        MediaLink(folder + "6a" * 16, "image/heic"),
        MediaLink(folder + "7b" * 16, "text/x-vcard"),
    ) == event.media


def test_what_the_carrier_made_of_a_keyword_is_passed_on() -> None:
    [event] = read_webhook(captured("inbound_stop"))

    assert isinstance(event, InboundText)
    assert ("Stop", "stop") == (event.body, event.keyword)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("receipt_delivered", Receipt(carrier_message_id=TEXT_ID, state=ReceiptState.DELIVERED)),
        (
            "receipt_undelivered",
            Receipt(carrier_message_id=TEXT_ID, state=ReceiptState.FAILED, reason=FailureReason.LANDLINE, carrier_code="30006"),
        ),
    ],
)
def test_receipts(name: str, expected: Receipt) -> None:
    assert [expected] == read_webhook(captured(name))


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("queued", "accepted"),
        ("accepted", "accepted"),
        ("sending", "accepted"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("read", "delivered"),
        ("undelivered", "failed"),
        ("failed", "failed"),
        ("canceled", "failed"),
    ],
)
def test_each_of_their_words_is_one_of_our_states(status: str, state: Literal["accepted", "sent", "delivered", "failed"]) -> None:
    [event] = read_webhook(request(urlencode({"MessageSid": "SM1", "MessageStatus": status}).encode()))

    assert isinstance(event, Receipt)
    assert (state, state == "failed") == (event.state, event.reason is FailureReason.UNKNOWN)


def test_a_call_is_news_while_it_rings() -> None:
    """V2P-9"""
    assert [InboundCall(carrier_call_id=CALL_ID, from_number=OLIVE, to_number=CLINIC)] == read_webhook(captured("call_ringing"))
    assert [] == read_webhook(captured("call_over"))


@pytest.mark.parametrize(("name", "was_answered"), [("call_forwarded", True), ("call_missed", False)])
def test_what_became_of_a_forwarded_call(name: str, *, was_answered: bool) -> None:
    """V2P-9"""
    expected = CallEnded(carrier_call_id=CALL_ID, from_number=OLIVE, to_number=CLINIC, was_answered=was_answered)

    assert [expected] == read_webhook(captured(name))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"From": OLIVE, "To": CLINIC, "Body": "no id"},
        {"MessageSid": "SM1", "To": CLINIC, "Body": "no sender"},
        {"MessageSid": "SM1", "From": OLIVE, "To": CLINIC, "NumMedia": "1"},
        {"MessageSid": "SM1", "From": OLIVE, "To": CLINIC, "NumMedia": "-1"},
        {"MessageSid": "SM1", "From": OLIVE, "To": CLINIC, "NumMedia": "1000000"},
        {"MessageSid": "SM1", "From": OLIVE, "To": CLINIC, "NumMedia": "²"},
        {"MessageSid": "SM1", "MessageStatus": "teleported"},
        {"MessageStatus": "sent"},
        {"CallSid": "CA1"},
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a webhook"):
        read_webhook(request(urlencode(fields).encode()))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError, match="UTF-8"):
        read_webhook(request(b"MessageSid=SM1&From=1&To=2&Body=%ff"))


def test_the_adapter_answers_in_their_xml(twilio: Twilio) -> None:
    """V2P-9: a call is forwarded; to a text the carrier says nothing by itself."""
    answers = [
        twilio.acknowledge(),
        twilio.forward_call(to_number="+12125550100", done_url="https://pawline.example/hooks/twilio/voice/done"),
        twilio.end_call("Please text this number."),
    ]

    assert {(200, "text/xml")} == {(answer.status, answer.media_type) for answer in answers}
    assert [CLINIC in answer.body for answer in answers] == [False] * 3
    assert "<Number>+12125550100</Number>" in answers[1].body
    assert "<Say>Please text this number.</Say><Hangup />" in answers[2].body
