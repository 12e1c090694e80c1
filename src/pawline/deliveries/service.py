"""Texts out: asked for here, sent by the dispatcher. A text of a message is queued in the transaction that stores the message."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import text

from pawline.consent.author_blocks import Written
from pawline.consent.changes import Category
from pawline.consent.service import Denial, may_send
from pawline.deliveries.attempt_key import AttemptKey
from pawline.deliveries.desk import Touch
from pawline.deliveries.queries import (
    GIVEN_UP,
    can_try_again,
    deliveries_of,
    delivery_history,
    delivery_view,
    delivery_views,
    latest_reminder,
)
from pawline.deliveries.receipts import read_receipt_path, record_receipt
from pawline.deliveries.states import SIGN_IN
from pawline.deliveries.views import ReminderSent
from pawline.deliveries.withdrawing import (
    cancel_bot_texts,
    cancel_queued,
    cancel_text_of,
    hold_texts_of,
    threads_of_waiting_texts,
    withdrawn_bot_texts,
)
from pawline.platform import clock
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.ids import new_id

__all__ = [
    "SIGN_IN",
    "AttemptKey",
    "DeliveryDraft",
    "NumberRow",
    "ReminderSent",
    "TextRefused",
    "Touch",
    "cancel_bot_texts",
    "cancel_queued",
    "cancel_text_of",
    "delivery_history",
    "delivery_view",
    "delivery_views",
    "enqueue",
    "hold_texts_of",
    "latest_reminder",
    "read_receipt_path",
    "record_receipt",
    "threads_of_waiting_texts",
    "try_again",
    "withdrawn_bot_texts",
]

# Counted from when it is stored, not from when its transaction began: several that wait for one thread keep their order.
_ENQUEUE = text("""
    INSERT INTO delivery (practice_id, id, message_id, clinic_id, number_id, carrier, from_number, to_number, category,
        is_automatic, confirms_opt_out, request_key, body, segments, about_at, pet_id, bot_run_id, requested_by_id, state,
        carrier_code, claims, fence, queued_at, due_at)
    VALUES (:practice_id, :id, :message_id, :clinic_id, :number_id, :carrier, :from_number, :to_number, :category,
        :is_automatic, :confirms_opt_out, :request_key, :body, :segments, :about_at, :pet_id, :bot_run_id, :requested_by_id,
        'queued', '', 0, 0, clock_timestamp(), now() + make_interval(secs => :delay_seconds))
    ON CONFLICT DO NOTHING
    RETURNING id
""")
_STORED = text("""
    SELECT d.id FROM delivery d
    WHERE d.practice_id = :practice_id AND (d.request_key = :request_key
        OR (d.message_id = :message_id AND d.to_number = :to_number AND d.state NOT IN ('failed', 'cancelled')))
    ORDER BY d.request_key = :request_key DESC LIMIT 1
""")
_NUMBER = text("""
    SELECT n.id, n.clinic_id, n.number, n.carrier, n.segments_per_second AS rate FROM number n
    WHERE n.practice_id = :practice_id AND n.id = :number_id
""")
# The thread is locked by whoever tries again, as it is by whoever deletes.
_IS_DELETED = text("""
    SELECT m.deleted_at IS NOT NULL FROM message m WHERE m.practice_id = :practice_id AND m.id = :message_id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """A clinic's text number. ``rate``: segments a second that the carrier takes."""

    id: UUID
    clinic_id: UUID
    number: str
    carrier: str
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDraft:
    """``request_key`` makes repeats harmless. ``due_at`` None: now. ``is_automatic``: waits for what people write.

    ``pet_id``: void once that pet has died.
    """

    number: NumberRow
    to_number: str
    body: str
    segments: int
    category: str
    request_key: UUID
    is_automatic: bool = False
    message_id: UUID | None = None
    bot_run_id: UUID | None = None
    about_at: datetime | None = None
    pet_id: UUID | None = None
    due_at: datetime | None = None
    requested_by_id: UUID | None = None
    confirms_opt_out: bool = False


class TextRefused(Conflict):
    """The number gets no such texts; the detail says since when, who decided it, and how it comes back."""

    code = "text_refused"

    def __init__(self, denial: Denial) -> None:
        super().__init__(denial.words)
        self.denial = denial


async def enqueue(uow: UnitOfWork, practice_id: UUID, draft: DeliveryDraft) -> UUID:
    """Queue a text; it leaves after the commit, if it may still go then.

    Raises:
        TextRefused: it may not go even now.
    """
    stored = await _stored(uow, practice_id, draft)
    if stored is not None:
        return stored
    if not draft.confirms_opt_out:
        await _require_allowed(uow, practice_id, draft)
    delivery_id = (await uow.execute(_ENQUEUE, _columns(practice_id, draft))).scalar_one_or_none()
    if delivery_id is None:
        return await _twin(uow, practice_id, draft)
    uow.emit(Hint("delivery", practice_id, delivery_id))
    return delivery_id


async def try_again(uow: UnitOfWork, practice_id: UUID, message_id: UUID, *, requested_by_id: UUID) -> UUID:
    """Send a message's text anew. Pressed twice it is one text: the second press gets the first one's id.

    Raises:
        NotFound: the message was never a text.
        Conflict: it went out, or is of a kind that goes out once.
        TextRefused: see ``enqueue``.
    """
    earlier = await deliveries_of(uow, practice_id, message_id)
    if not earlier:
        raise NotFound
    last = earlier[0]
    if last.request_key in {_key_of_next(each.id) for each in earlier} and last.state not in GIVEN_UP:
        return last.id
    if not can_try_again(last):
        raise Conflict("This text cannot be sent again.")
    if (await uow.execute(_IS_DELETED, {"practice_id": practice_id, "message_id": message_id})).scalar_one():
        raise Conflict("This message was deleted, so it cannot be sent again. Write it anew.")
    found = await uow.execute(_NUMBER, {"practice_id": practice_id, "number_id": last.number_id})
    number = NumberRow(**found.mappings().one())
    return await enqueue(uow, practice_id, _again(last, number, requested_by_id))


async def _stored(uow: UnitOfWork, practice_id: UUID, draft: DeliveryDraft) -> UUID | None:
    keys = {"request_key": draft.request_key, "message_id": draft.message_id, "to_number": draft.to_number}
    return (await uow.execute(_STORED, {"practice_id": practice_id, **keys})).scalar_one_or_none()


async def _twin(uow: UnitOfWork, practice_id: UUID, draft: DeliveryDraft) -> UUID:
    """What was queued at the same moment, for the same request or message."""
    stored = await _stored(uow, practice_id, draft)
    if stored is None:
        raise Conflict("This text was queued and withdrawn at the same moment. Please try again.")
    return stored


async def _require_allowed(uow: UnitOfWork, practice_id: UUID, draft: DeliveryDraft) -> None:
    category = Category.TWO_WAY if draft.category == SIGN_IN else Category(draft.category)
    written = Written(draft.message_id, draft.requested_by_id) if draft.message_id else None
    number_id, to_number = draft.number.id, draft.to_number
    denial = await may_send(uow, practice_id, number_id=number_id, contact_number=to_number, category=category, written=written)
    if denial is not None:
        raise TextRefused(denial)


def _columns(practice_id: UUID, draft: DeliveryDraft) -> dict[str, Any]:
    # The queue runs by the database's clock, whatever time the caller's clock shows.
    delay_seconds = 0.0 if draft.due_at is None else max(0.0, (draft.due_at - clock.now()).total_seconds())
    return {
        "practice_id": practice_id,
        "id": new_id(),
        "message_id": draft.message_id,
        "clinic_id": draft.number.clinic_id,
        "number_id": draft.number.id,
        "carrier": draft.number.carrier,
        "from_number": draft.number.number,
        "to_number": draft.to_number,
        "category": draft.category,
        "is_automatic": draft.is_automatic,
        "confirms_opt_out": draft.confirms_opt_out,
        "request_key": draft.request_key,
        "body": draft.body,
        "segments": draft.segments,
        "about_at": draft.about_at,
        "pet_id": draft.pet_id,
        "bot_run_id": draft.bot_run_id,
        "requested_by_id": draft.requested_by_id,
        "delay_seconds": delay_seconds,
    }


def _again(last: Any, number: NumberRow, requested_by_id: UUID) -> DeliveryDraft:
    return DeliveryDraft(
        number=number,
        to_number=last.to_number,
        body=last.body,
        segments=last.segments,
        category=last.category,
        request_key=_key_of_next(last.id),
        message_id=last.message_id,
        bot_run_id=last.bot_run_id,
        about_at=last.about_at,
        requested_by_id=requested_by_id,
    )


def _key_of_next(delivery_id: UUID) -> UUID:
    return uuid5(delivery_id, "again")
