"""Payment requests as messages carry them, and how they end."""

from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import JSON, literal_column, select, update

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict
from pawline.platform.jobs import defer
from pawline.threads.payment_model import PaymentRequest
from pawline.threads.views import PaymentView

CLOSE_TASK = "close_checkout"
# Families pay when the month's money comes.
OPEN_FOR = timedelta(days=30)
# What a message ``m`` asks to be paid, as JSON; null with all that cannot ask. In the same statement as the message, for the
# reason that mentions are.
PAYMENT = """CASE WHEN m.author_kind = 'staff' AND m.kind = 'text' AND m.channel = 'app' AND m.deleted_at IS NULL THEN (
    SELECT json_build_object('amount_minor', y.amount_minor, 'currency', y.currency, 'state', y.state,
        'changed_at', y.changed_at, 'expires_at', y.expires_at) FROM payment_request y
    WHERE y.practice_id = m.practice_id AND y.message_id = m.id) END"""
payment_column = literal_column(PAYMENT.replace("m.", "message."), JSON).label("payment")

# Whoever pays in the moment in which it is cancelled has paid: their money decides.
_BEFORE = {"paid": ("requested", "cancelled", "expired"), "cancelled": ("requested",), "expired": ("requested",)}


def payment_of(row: Any) -> PaymentView | None:
    return msgspec.convert(row.payment, PaymentView) if row.payment else None


async def end_request(
    uow: UnitOfWork, practice_id: UUID, message_id: UUID, *, state: Literal["paid", "cancelled", "expired"]
) -> bool:
    """Whether it is so from now on. The thread's row is held, and the message is still to be touched.

    A checkout that somebody has opened is closed once this is committed.
    """
    statement = (
        update(PaymentRequest)
        .where(
            PaymentRequest.practice_id == practice_id,
            PaymentRequest.message_id == message_id,
            PaymentRequest.state.in_(_BEFORE[state]),
        )
        .values(state=state, changed_at=clock.now())
        .returning(PaymentRequest.session_id)
    )
    ended = (await uow.execute(statement)).one_or_none()
    if ended is not None and ended.session_id is not None and state != "paid":
        await defer(uow, CLOSE_TASK, session_id=ended.session_id)
    return ended is not None


async def withdraw_request(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
    """The message goes away, and what it asks for with it. Raises Conflict where that was paid."""
    if await end_request(uow, practice_id, message_id, state="cancelled"):
        return
    statement = select(PaymentRequest.state).where(
        PaymentRequest.practice_id == practice_id, PaymentRequest.message_id == message_id
    )
    if (await uow.execute(statement)).scalar_one_or_none() == "paid":
        raise Conflict("This was paid, so it stays where both sides can see it.")
