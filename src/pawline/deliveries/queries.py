"""Reading texts on their way."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Row, Select, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.deliveries.models import CarrierExchange, Delivery, DeliveryAttempt, DeliveryEvent
from pawline.deliveries.views import (
    AttemptView,
    DeliveryHistory,
    DeliveryView,
    ExchangeView,
    ReceiptView,
    ReminderSent,
    State,
)
from pawline.deliveries.words import NO_RECEIPT, NO_RECEIPT_AFTER, words_for
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.person import Person

View = TypeVar("View", bound=msgspec.Struct)
REMINDERS = ("health_reminders", "appointment_confirmations")
GIVEN_UP = ("failed", "cancelled")
_FOR_GOOD = ("bot_stopped", "message_deleted")
_AUTHOR = Person.name.label("requested_by_name")
_IS_AUTHOR = (Person.practice_id == Delivery.practice_id) & (Person.id == Delivery.requested_by_id)
_SHOWN = {"leased": "queued", "attempting": "sending"}


async def delivery_views(connection: AsyncConnection, practice_id: UUID, message_ids: Iterable[UUID]) -> dict[UUID, DeliveryView]:
    """The latest delivery of each message that has one."""
    statement = (
        select(Delivery.__table__, _AUTHOR)
        .outerjoin(Person, _IS_AUTHOR)
        .where(Delivery.practice_id == practice_id, Delivery.message_id.in_(list(message_ids)))
        .ext(distinct_on(Delivery.message_id))
        .order_by(Delivery.message_id, Delivery.queued_at.desc(), Delivery.id.desc())
    )
    return {row.message_id: delivery_view(row) for row in await connection.execute(statement)}


def delivery_view(row: Row[Any]) -> DeliveryView:
    """Of a delivery with ``requested_by_name``."""
    # It goes no way by itself any more, but somebody is to decide.
    stored = "held" if row.reason == "author_left" else row.state
    state: State = msgspec.convert(_SHOWN.get(stored, stored), State)
    reason = NO_RECEIPT if _is_silent(row) else row.reason
    moments = (row.queued_at, row.accepted_at, row.sent_at, row.delivered_at, row.ended_at)
    return DeliveryView(
        id=row.id,
        state=state,
        words=words_for(state, reason, author=row.requested_by_name),
        reason=reason,
        can_try_again=can_try_again(row),
        to_number=row.to_number,
        segments=row.segments,
        changed_at=max(moment for moment in moments if moment is not None),
    )


def can_try_again(row: Row[Any]) -> bool:
    """The answer to STOP goes out once, and so do a bot's questions. A deleted message does not go out any more."""
    return row.state in GIVEN_UP and row.message_id is not None and not row.confirms_opt_out and row.reason not in _FOR_GOOD


def _is_silent(row: Row[Any]) -> bool:
    """The carrier took it, and has said nothing since."""
    taken_at = row.sent_at or row.accepted_at
    return row.state in ("accepted", "sent") and taken_at is not None and clock.now() - taken_at >= NO_RECEIPT_AFTER


async def deliveries_of(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> Sequence[Row[Any]]:
    """The newest first."""
    found = select(Delivery.__table__, _AUTHOR).outerjoin(Person, _IS_AUTHOR)
    statement = found.where(Delivery.practice_id == practice_id, Delivery.message_id == message_id)
    return (await uow.execute(statement.order_by(Delivery.queued_at.desc(), Delivery.id.desc()))).all()


async def delivery_history(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> list[DeliveryHistory]:
    """Every delivery of a message, the newest first."""
    return [await _history(uow, row) for row in await deliveries_of(uow, practice_id, message_id)]


async def latest_reminder(
    uow: UnitOfWork, practice_id: UUID, number_id: UUID, *, to_number: str, since: datetime
) -> ReminderSent | None:
    """The last reminder or confirmation that the carrier took for this pair of numbers, if that was not before ``since``."""
    reached_at = func.coalesce(Delivery.delivered_at, Delivery.sent_at, Delivery.accepted_at)
    statement = (
        select(Delivery.id, Delivery.category, Delivery.body, Delivery.about_at, reached_at.label("reached_at"))
        .where(
            Delivery.practice_id == practice_id,
            Delivery.number_id == number_id,
            Delivery.to_number == to_number,
            Delivery.category.in_(REMINDERS),
            Delivery.state.in_(("accepted", "sent", "delivered")),
            reached_at >= since,
        )
        .order_by(reached_at.desc(), Delivery.id.desc())
        .limit(1)
    )
    row = (await uow.execute(statement)).one_or_none()
    if row is None:
        return None
    return ReminderSent(
        delivery_id=row.id, category=row.category, body=row.body, about_at=row.about_at, reached_at=row.reached_at
    )


async def _history(uow: UnitOfWork, row: Row[Any]) -> DeliveryHistory:
    practice_id, delivery_id = row.practice_id, row.id
    attempts = select(DeliveryAttempt.__table__).where(
        DeliveryAttempt.practice_id == practice_id, DeliveryAttempt.delivery_id == delivery_id
    )
    receipts = select(DeliveryEvent.__table__).where(
        DeliveryEvent.practice_id == practice_id, DeliveryEvent.delivery_id == delivery_id
    )
    exchanges = select(CarrierExchange.__table__).where(
        CarrierExchange.practice_id == practice_id, CarrierExchange.delivery_id == delivery_id
    )
    return DeliveryHistory(
        delivery=delivery_view(row),
        carrier=row.carrier,
        from_number=row.from_number,
        queued_at=row.queued_at,
        attempts=await _read(uow, attempts.order_by(DeliveryAttempt.begun_at, DeliveryAttempt.id), AttemptView),
        receipts=await _read(uow, receipts.order_by(DeliveryEvent.id), ReceiptView),
        exchanges=await _read(uow, exchanges.order_by(CarrierExchange.id), ExchangeView),
    )


async def _read(uow: UnitOfWork, statement: Select[Any], view: type[View]) -> list[View]:
    rows = (await uow.execute(statement)).mappings()
    return [msgspec.convert({name: row[name] for name in view.__struct_fields__}, view) for row in rows]
