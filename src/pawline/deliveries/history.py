"""Writing texts of the past: for imports from other systems and for the demo. Nothing is sent, nobody is told."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert

from pawline.deliveries.models import Delivery, DeliveryAttempt, DeliveryEvent
from pawline.platform.db import UnitOfWork

Row = dict[str, Any]
_ACCEPTED, _SENT, _ARRIVED = timedelta(milliseconds=300), timedelta(milliseconds=900), timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDelivery:
    """A text that arrived, or that failed for ``reason``. ``message_id`` None: a reminder."""

    id: UUID
    message_id: UUID | None
    clinic_id: UUID
    number_id: UUID
    carrier: str
    from_number: str
    to_number: str
    category: str
    body: str
    segments: int
    queued_at: datetime
    is_automatic: bool = False
    requested_by_id: UUID | None = None
    reason: str | None = None
    carrier_code: str = ""

    @property
    def carrier_message_id(self) -> str:
        return uuid5(self.id, "carrier").hex

    @property
    def state(self) -> str:
        return "delivered" if self.reason is None else "failed"


async def write_past_deliveries(uow: UnitOfWork, practice_id: UUID, past: Sequence[PastDelivery]) -> None:
    """After the messages they belong to."""
    if not past:
        return
    await uow.execute(insert(Delivery), [{"practice_id": practice_id, **_delivery_row(found)} for found in past])
    await uow.execute(insert(DeliveryAttempt), [{"practice_id": practice_id, **_attempt_row(found)} for found in past])
    events = [{"practice_id": practice_id, **row} for found in past for row in _event_rows(found)]
    await uow.execute(insert(DeliveryEvent), events)


def _delivery_row(past: PastDelivery) -> Row:
    ended_at = past.queued_at + _ARRIVED
    return {
        "id": past.id,
        "message_id": past.message_id,
        "clinic_id": past.clinic_id,
        "number_id": past.number_id,
        "carrier": past.carrier,
        "from_number": past.from_number,
        "to_number": past.to_number,
        "category": past.category,
        "is_automatic": past.is_automatic,
        "request_key": uuid5(past.id, "request"),
        "body": past.body,
        "segments": past.segments,
        "requested_by_id": past.requested_by_id,
        "state": past.state,
        "reason": past.reason,
        "carrier_code": past.carrier_code,
        "carrier_message_id": past.carrier_message_id,
        "claims": 1,
        "fence": 1,
        "due_at": past.queued_at,
        "queued_at": past.queued_at,
        "accepted_at": past.queued_at + _ACCEPTED,
        "sent_at": past.queued_at + _SENT,
        "delivered_at": ended_at if past.reason is None else None,
        "ended_at": ended_at if past.reason is not None else None,
    }


def _attempt_row(past: PastDelivery) -> Row:
    return {
        "id": _attempt_id(past),
        "delivery_id": past.id,
        "fence": 1,
        "body_sha256": hashlib.sha256(past.body.encode()).digest(),
        "begun_at": past.queued_at,
        "ended_at": past.queued_at + _ACCEPTED,
        "outcome": "accepted",
        "carrier_message_id": past.carrier_message_id,
    }


def _event_rows(past: PastDelivery) -> Iterator[Row]:
    for state, after in (("sent", _SENT), (past.state, _ARRIVED)):
        yield {
            "id": uuid5(past.id, state),
            "delivery_id": past.id,
            "attempt_id": _attempt_id(past),
            "carrier_message_id": past.carrier_message_id,
            "state": state,
            "reason": past.reason if state == "failed" else None,
            "carrier_code": past.carrier_code if state == "failed" else "",
            "at": past.queued_at + after,
            "recorded_at": past.queued_at + after,
        }


def _attempt_id(past: PastDelivery) -> UUID:
    return uuid5(past.id, "attempt")
