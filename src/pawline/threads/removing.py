"""The practice takes a message away from everybody's eyes, after a report."""

from uuid import UUID

from sqlalchemy import update

from pawline.deliveries.service import cancel_text_of
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.threads.entries import lock_thread
from pawline.threads.models import Message
from pawline.threads.payment_rows import end_request
from pawline.threads.sealing import seal_message
from pawline.threads.service import next_revision


async def remove_message(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, message_id: UUID) -> None:
    """Leave a tombstone, as deleting does; the words are kept sealed.

    A text that still waits is withdrawn, and so is what the message asks to be paid.
    """
    thread = await lock_thread(uow, practice_id, thread_id)
    values = {"deleted_at": clock.now(), "is_removed": True}
    statement = (
        update(Message)
        .where(Message.practice_id == practice_id, Message.id == message_id, Message.deleted_at.is_(None))
        .values(revision=await next_revision(uow, thread), **values)
    )
    await uow.execute(statement)
    await cancel_text_of(uow, practice_id, message_id)
    await end_request(uow, practice_id, message_id, state="cancelled")
    await seal_message(uow, practice_id, message_id)
