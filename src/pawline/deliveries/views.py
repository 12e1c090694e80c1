"""What the API shows of texts on their way."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

State = Literal["queued", "sending", "accepted", "sent", "delivered", "failed", "unknown", "held", "cancelled"]


class DeliveryView(msgspec.Struct, frozen=True):
    """``words`` are for the team. ``reason`` says why it failed, was cancelled, or waits for another try.

    ``no_receipt`` is the reason of one that was accepted or sent three days ago and never heard of again.
    """

    id: UUID
    state: State
    words: str
    reason: str | None
    can_try_again: bool
    to_number: str
    segments: int
    changed_at: datetime


class AttemptView(msgspec.Struct, frozen=True):
    """``outcome`` None: under way. ``is_possible_duplicate``: an earlier attempt may have gone out unseen."""

    id: UUID
    begun_at: datetime
    ended_at: datetime | None
    outcome: Literal["accepted", "refused", "unknown", "not_found"] | None
    reason: str | None
    carrier_code: str
    carrier_message_id: str | None
    searches: int
    is_possible_duplicate: bool


class ReceiptView(msgspec.Struct, frozen=True):
    """``at`` is the carrier's time, if it gave one."""

    attempt_id: UUID
    carrier_message_id: str
    state: str
    reason: str | None
    carrier_code: str
    at: datetime | None
    recorded_at: datetime


class ExchangeView(msgspec.Struct, frozen=True):
    """Redacted. ``status`` None: no answer came."""

    method: str
    url: str
    request: str
    status: int | None
    answer: str
    seconds: float
    at: datetime


class DeliveryHistory(msgspec.Struct, frozen=True):
    """One delivery of a message with all that happened to it; the exchanges are for administrators."""

    delivery: DeliveryView
    carrier: str
    from_number: str
    queued_at: datetime
    attempts: list[AttemptView]
    receipts: list[ReceiptView]
    exchanges: list[ExchangeView]


class ReminderSent(msgspec.Struct, frozen=True):
    """``reached_at``: the best that is known of when it reached the phone."""

    delivery_id: UUID
    category: Literal["health_reminders", "appointment_confirmations"]
    body: str
    about_at: datetime | None
    reached_at: datetime
