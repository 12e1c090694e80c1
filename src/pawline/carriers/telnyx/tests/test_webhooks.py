import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from pawline.carriers.interface import (
    CallEnded,
    FailureReason,
    InboundCall,
    InboundText,
    MediaLink,
    NumberKind,
    Receipt,
    ReceiptState,
    WebhookAnswer,
    WebhookRequest,
)
from pawline.carriers.telnyx.adapter import Telnyx
from pawline.carriers.telnyx.tests.account_values import CLINIC, OLIVE, signed

PAYLOADS = Path(__file__).parent / "payloads"


def payload(name: str) -> bytes:
    return (PAYLOADS / name).read_bytes()


def changed(name: str, **changes: Any) -> WebhookRequest:
    event = json.loads(payload(name))
    event["data"]["payload"] |= changes
    return signed(json.dumps(event).encode())


def form(body: bytes) -> WebhookRequest:
    return signed(body, media_type="application/x-www-form-urlencoded")


def test_a_text(telnyx: Telnyx) -> None:
    assert [
        InboundText(
            carrier_message_id="84cca175-9755-4859-b67f-4730d7f58aa3",
            from_number=OLIVE,
            to_number=CLINIC,
            body="Is Pixel ready?",
            sent_at=datetime(2026, 11, 22, 1, 29, 59, tzinfo=UTC),
            media=[],
        )
    ] == telnyx.read_webhook(signed(payload("message_received.json")))


def test_every_picture_of_a_text_to_a_group(telnyx: Telnyx) -> None:
    [text] = telnyx.read_webhook(signed(payload("message_received_with_pictures.json")))

    assert isinstance(text, InboundText)
    assert (CLINIC, "") == (text.to_number, text.body)
    assert [
        MediaLink("https://media.telnyx.com/a45d09dc/1.jpg", "image/jpeg"),
        MediaLink("https://media.telnyx.com/a45d09dc/2.heic", "image/heic"),
        MediaLink("https://media.telnyx.com/a45d09dc/3", ""),
    ] == text.media


@pytest.mark.parametrize(
    ("said", "keyword"), [("STOP", "stop"), ("START", "start"), ("HELP", "help"), ("CUSTOM", None), (None, None)]
)
def test_what_the_carrier_made_of_a_text(telnyx: Telnyx, said: str | None, keyword: str | None) -> None:
    [text] = telnyx.read_webhook(changed("message_received.json", autoresponse_type=said))

    assert isinstance(text, InboundText)
    assert keyword == text.keyword


def test_a_time_we_cannot_read_does_not_lose_the_text(telnyx: Telnyx) -> None:
    [text] = telnyx.read_webhook(changed("message_received.json", received_at="yesterday"))

    assert isinstance(text, InboundText)
    assert text.sent_at is None


def test_a_text_was_sent(telnyx: Telnyx) -> None:
    assert [
        Receipt(
            carrier_message_id="40385f64-5717-4562-b3fc-2c963f66afa6",
            state=ReceiptState.SENT,
            at=datetime(2026, 11, 22, 1, 32, 1, tzinfo=UTC),
        )
    ] == telnyx.read_webhook(signed(payload("message_sent.json")))


def test_a_text_failed(telnyx: Telnyx) -> None:
    assert [
        Receipt(
            carrier_message_id="40385f64-5717-4562-b3fc-2c963f66afa6",
            state=ReceiptState.FAILED,
            reason=FailureReason.LANDLINE,
            carrier_code="40001",
            at=datetime(2026, 11, 22, 1, 32, 5, tzinfo=UTC),
        )
    ] == telnyx.read_webhook(signed(payload("message_finalized.json")))


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("delivered", ReceiptState.DELIVERED),
        ("delivery_unconfirmed", ReceiptState.SENT),
        ("sending_failed", ReceiptState.FAILED),
        ("expired", ReceiptState.FAILED),
    ],
)
def test_the_last_word_on_a_text(telnyx: Telnyx, status: str, state: ReceiptState) -> None:
    to = [{"phone_number": OLIVE, "status": status}]
    [receipt] = telnyx.read_webhook(changed("message_finalized.json", to=to))

    assert isinstance(receipt, Receipt)
    assert (state, state is ReceiptState.FAILED) == (receipt.state, receipt.reason is not None)


@pytest.mark.parametrize(
    ("errors", "reason"),
    [
        ([], FailureReason.UNKNOWN),
        ([{"code": 40002}], FailureReason.FILTERED),
        ([{"code": "49999"}], FailureReason.UNKNOWN),
        ([{"code": "40008", "title": "Undeliverable"}], FailureReason.REFUSED_BY_PHONE_COMPANY),
        ([{"code": "40008", "title": "Blocked due to STOP message"}], FailureReason.OPTED_OUT),
        ([{"code": "40300", "title": "Blocked due to STOP message"}], FailureReason.OPTED_OUT),
        ([{"code": "40300", "title": "The number has no profile"}], FailureReason.UNKNOWN),
    ],
)
def test_why_a_text_failed(telnyx: Telnyx, errors: list[Any], reason: FailureReason) -> None:
    [receipt] = telnyx.read_webhook(changed("message_finalized.json", errors=errors))

    assert isinstance(receipt, Receipt)
    assert reason is receipt.reason


@pytest.mark.parametrize(
    "event",
    [
        {"data": {"event_type": "10dlc.brand.update", "payload": {}}},
        {"data": {"event_type": "message.received", "payload": {"id": "1", "type": "RCS", "from": {}, "to": []}}},
        {"data": {"event_type": "message.sent", "payload": {"id": "1", "from": {}, "to": [{"status": "new"}]}}},
    ],
)
def test_what_is_none_of_ours_is_no_event(telnyx: Telnyx, event: Any) -> None:
    assert [] == telnyx.read_webhook(signed(json.dumps(event).encode()))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"data": {"event_type": "message.received", "payload": {}}}',
        b'{"data": {"event_type": "message.sent"}}',
    ],
)
def test_nonsense_is_named_so(telnyx: Telnyx, body: bytes) -> None:
    with pytest.raises(ValueError, match="not an event"):
        telnyx.read_webhook(signed(body))


def test_a_text_from_nobody_is_nonsense(telnyx: Telnyx) -> None:
    with pytest.raises(ValueError, match="sender"):
        telnyx.read_webhook(changed("message_received.json", **{"from": {}}))


def test_a_call_and_what_became_of_it(telnyx: Telnyx) -> None:
    """V2P-9: the carrier is told to ring the clinic, and tells whether somebody picked up."""
    call = {"carrier_call_id": "v3:KcV0bQfmFQ", "from_number": OLIVE, "to_number": CLINIC}
    answered = payload("call_done.form").replace(b"no-answer", b"completed")

    assert [InboundCall(**call)] == telnyx.read_webhook(form(payload("call.form")))
    assert [CallEnded(**call, was_answered=False)] == telnyx.read_webhook(form(payload("call_done.form")))
    assert [CallEnded(**call, was_answered=True)] == telnyx.read_webhook(form(answered))
    assert [] == telnyx.read_webhook(form(payload("call.form").replace(b"ringing", b"completed")))


def test_a_form_that_is_no_call_is_nonsense(telnyx: Telnyx) -> None:
    with pytest.raises(ValueError, match="CallSid"):
        telnyx.read_webhook(form(b"From=%2B1"))


def test_a_call_is_forwarded(telnyx: Telnyx) -> None:
    answer = telnyx.forward_call(to_number="+12125550142", done_url="https://pawline.example/done?a=1&b=2")
    dial = fromstring(answer.body)[0]  # noqa: S314 - our own answer

    assert (200, "application/xml") == (answer.status, answer.media_type)
    assert ("Dial", "https://pawline.example/done?a=1&b=2", "POST") == (dial.tag, dial.get("action"), dial.get("method"))
    assert [("Number", "+12125550142")] == [(part.tag, part.text) for part in dial]


def test_a_call_ends_with_words_or_without(telnyx: Telnyx) -> None:
    assert "<Response><Say>Text us &amp; wait</Say><Hangup /></Response>" == telnyx.end_call("Text us & wait").body
    assert "<Response><Hangup /></Response>" == telnyx.end_call("").body


def test_nothing_is_said_to_what_we_have(telnyx: Telnyx) -> None:
    assert WebhookAnswer(200) == telnyx.acknowledge()


def test_a_stop_blocks_a_whole_profile_by_seven_words(telnyx: Telnyx) -> None:
    rules = telnyx.opt_out_rules(NumberKind.TOLL_FREE)

    assert {"STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"} == set(rules.stop)
    assert {"START", "UNSTOP"} == set(rules.start)
