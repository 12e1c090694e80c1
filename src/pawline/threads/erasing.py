"""Erasing a deleted message: its key is destroyed, its place says who did it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.threads.models import Message
from pawline.threads.sealing import destroy_key, seal_message
from pawline.threads.service import next_revision


async def erase_content(uow: UnitOfWork, actor: Actor, thread: Any, *, message_id: UUID, now: datetime) -> None:
    """Of a message that is deleted. ``thread``: its row, held by this transaction."""
    await seal_message(uow, thread.practice_id, message_id)  # if it is not yet, for the hash that stays
    await destroy_key(uow, thread.practice_id, message_id)
    statement = update(Message).where(Message.practice_id == thread.practice_id, Message.id == message_id)
    revision = await next_revision(uow, thread)
    await uow.execute(statement.values(erased_at=now, erased_by_name=actor.name, revision=revision))
