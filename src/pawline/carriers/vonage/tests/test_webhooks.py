import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pawline.carriers.interface import (
    FailureReason,
    InboundText,
    MediaLink,
    NumberKind,
    OptOutRules,
    Receipt,
    ReceiptState,
    WebhookAnswer,
    WebhookRequest,
)
from pawline.carriers.vonage.adapter import Vonage
from pawline.carriers.vonage.tests.account_values import CLINIC, OLIVE, signed

PAYLOADS = Path(__file__).parent / "payloads"
MEDIA = "https://api-us.nexmo.com/v3/media/1b456509-974c-458b-aafa-45fc48a4d97"


def payload(name: str) -> bytes:
    return (PAYLOADS / name).read_bytes()


def changed(name: str, **changes: Any) -> WebhookRequest:
    return signed(json.dumps(json.loads(payload(name)) | changes).encode())


def test_a_text_with_numbers_as_everybody_else_writes_them(vonage: Vonage) -> None:
    assert [
        InboundText(
            carrier_message_id="aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab",
            from_number=OLIVE,
            to_number=CLINIC,
            body="Is Pixel ready?",
            sent_at=datetime(2026, 11, 22, 1, 29, 59, tzinfo=UTC),
            media=[],
        )
    ] == vonage.read_webhook(signed(payload("inbound_text.json")))


@pytest.mark.parametrize("sender", ["60777", "Northside"])
def test_short_codes_and_names_stay_as_they_are(vonage: Vonage, sender: str) -> None:
    [text] = vonage.read_webhook(changed("inbound_text.json", **{"from": sender}))

    assert isinstance(text, InboundText)
    assert sender == text.from_number


def test_a_picture_and_its_caption(vonage: Vonage) -> None:
    [text] = vonage.read_webhook(signed(payload("inbound_picture.json")))

    assert isinstance(text, InboundText)
    assert ("Pixel's paw", [MediaLink(f"{MEDIA}6", "image/*")]) == (text.body, text.media)


def test_every_file_of_a_text(vonage: Vonage) -> None:
    [text] = vonage.read_webhook(signed(payload("inbound_pictures.json")))

    assert isinstance(text, InboundText)
    assert "Pixel\nat the lake" == text.body
    assert [
        MediaLink(f"{MEDIA}7", "image/*"),
        MediaLink(f"{MEDIA}8", "video/*"),
        MediaLink(f"{MEDIA}9", "application/octet-stream"),
    ] == text.media


def test_a_time_we_cannot_read_does_not_lose_the_text(vonage: Vonage) -> None:
    [text] = vonage.read_webhook(changed("inbound_text.json", timestamp="yesterday"))

    assert isinstance(text, InboundText)
    assert text.sent_at is None


def test_a_text_was_sent(vonage: Vonage) -> None:
    assert [
        Receipt(
            carrier_message_id="40385f64-5717-4562-b3fc-2c963f66afa6",
            state=ReceiptState.SENT,
            at=datetime(2026, 11, 22, 1, 32, 1, tzinfo=UTC),
        )
    ] == vonage.read_webhook(signed(payload("status_submitted.json")))


def test_a_text_failed(vonage: Vonage) -> None:
    assert [
        Receipt(
            carrier_message_id="40385f64-5717-4562-b3fc-2c963f66afa6",
            state=ReceiptState.FAILED,
            reason=FailureReason.INVALID_NUMBER,
            carrier_code="1190",
            at=datetime(2026, 11, 22, 1, 32, 5, tzinfo=UTC),
        )
    ] == vonage.read_webhook(signed(payload("status_rejected.json")))


@pytest.mark.parametrize(("status", "state"), [("delivered", ReceiptState.DELIVERED), ("read", ReceiptState.DELIVERED)])
def test_a_text_arrived(vonage: Vonage, status: str, state: ReceiptState) -> None:
    [receipt] = vonage.read_webhook(changed("status_submitted.json", status=status))

    assert isinstance(receipt, Receipt)
    assert (state, None) == (receipt.state, receipt.reason)


@pytest.mark.parametrize(
    ("error", "reason", "code"),
    [
        (None, FailureReason.UNKNOWN, ""),
        ({}, FailureReason.UNKNOWN, ""),
        ({"title": "1240"}, FailureReason.OPTED_OUT, "1240"),
        ({"type": "https://developer.vonage.com/api-errors/messages#1210", "title": "No"}, FailureReason.FILTERED, "1210"),
        ({"error": {"type": "https://developer.vonage.com/x#rejected", "title": "1180"}}, FailureReason.UNREACHABLE, "1180"),
        ({"title": 9999}, FailureReason.UNKNOWN, "9999"),
    ],
)
def test_why_a_text_failed(vonage: Vonage, error: Any, reason: FailureReason, code: str) -> None:
    [receipt] = vonage.read_webhook(changed("status_rejected.json", error=error, status="undeliverable"))

    assert isinstance(receipt, Receipt)
    assert (reason, code) == (receipt.reason, receipt.carrier_code)


def test_what_is_none_of_ours_is_no_event(vonage: Vonage) -> None:
    assert [] == vonage.read_webhook(changed("inbound_text.json", channel="whatsapp"))
    assert [] == vonage.read_webhook(changed("status_submitted.json", status="new"))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"message_uuid": 1}', b'{"message_uuid": "1", "from": {}}'])
def test_nonsense_is_named_so(vonage: Vonage, body: bytes) -> None:
    with pytest.raises(ValueError, match="not an event"):
        vonage.read_webhook(signed(body))


def test_a_text_from_nobody_is_nonsense(vonage: Vonage) -> None:
    with pytest.raises(ValueError, match="sender"):
        vonage.read_webhook(changed("inbound_text.json", **{"from": ""}))


def test_nothing_is_said_to_what_we_have(vonage: Vonage) -> None:
    assert WebhookAnswer(200) == vonage.acknowledge()


def test_the_carrier_blocks_nobody_by_itself(vonage: Vonage) -> None:
    assert OptOutRules() == vonage.opt_out_rules(NumberKind.LOCAL)
