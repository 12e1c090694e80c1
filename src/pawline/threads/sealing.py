"""Sealing what was deleted: the words leave the message and its search index at once, encrypted under a key of their own.

Files and the copies elsewhere follow in a job (moderation/sealed_copies.py); a sweep sees to what a job did not finish.
"""

import hashlib
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.jobs import defer
from pawline.platform.sealing import Seal, new_key
from pawline.threads.models import Attachment, Message
from pawline.threads.sealed_model import MessageKey, SealedMessage

SETTLE_TASK = "settle_sealed_message"


class SealedContent(msgspec.Struct, frozen=True):
    """``file_names`` by the ids of the files."""

    body: str
    file_names: dict[UUID, str]


async def seal_message(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
    """In the transaction that deletes it, or later; repeating it changes nothing."""
    statement = select(Message.body).where(
        Message.practice_id == practice_id,
        Message.id == message_id,
        Message.deleted_at.is_not(None),
        Message.is_sealed.is_(False),
    )
    body = (await uow.execute(statement.with_for_update())).scalar_one_or_none()
    if body is None:
        return
    key = new_key()
    content = msgspec.json.encode(SealedContent(body, await _take_file_names(uow, practice_id, message_id)))
    ids = {"practice_id": practice_id, "message_id": message_id}
    await uow.execute(insert(MessageKey).values(**ids, key=key))
    await uow.execute(
        insert(SealedMessage).values(
            **ids,
            content=_seal_of(key, message_id).close(content),
            body_sha256=hashlib.sha256(body.encode()).digest(),
            changed_at=clock.now(),
        )
    )
    emptied = update(Message).where(Message.practice_id == practice_id, Message.id == message_id)
    await uow.execute(emptied.values(body="", is_sealed=True))
    await settle_soon(uow, practice_id, message_id)


async def destroy_key(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
    """From the commit on nobody can read what the message said, and neither can whoever has the database."""
    await uow.execute(delete(MessageKey).where(MessageKey.practice_id == practice_id, MessageKey.message_id == message_id))
    erased = update(SealedMessage).where(SealedMessage.practice_id == practice_id, SealedMessage.message_id == message_id)
    await uow.execute(erased.values(content=None, is_settled=False, changed_at=clock.now()))
    await settle_soon(uow, practice_id, message_id)


async def settle_soon(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
    await defer(uow, SETTLE_TASK, practice_id=str(practice_id), message_id=str(message_id))


async def sealed_contents(connection: AsyncConnection, practice_id: UUID, message_ids: list[UUID]) -> dict[UUID, SealedContent]:
    """Of those that are sealed and not erased."""
    statement = (
        select(SealedMessage.message_id, SealedMessage.content, MessageKey.key)
        .join(
            MessageKey,
            (MessageKey.practice_id == SealedMessage.practice_id) & (MessageKey.message_id == SealedMessage.message_id),
        )
        .where(SealedMessage.practice_id == practice_id, SealedMessage.message_id.in_(message_ids))
    )
    return {
        row.message_id: msgspec.json.decode(_seal_of(row.key, row.message_id).open(row.content), type=SealedContent)
        for row in await connection.execute(statement)
    }


async def key_of_sealed_file(connection: AsyncConnection, practice_id: UUID, attachment_id: UUID) -> bytes | None:
    """None: the file is not sealed yet, or was erased."""
    statement = (
        select(MessageKey.key)
        .join(Attachment, (Attachment.practice_id == MessageKey.practice_id) & (Attachment.message_id == MessageKey.message_id))
        .where(MessageKey.practice_id == practice_id, Attachment.id == attachment_id, Attachment.is_sealed)
    )
    return (await connection.execute(statement)).scalar_one_or_none()


def _seal_of(key: bytes, message_id: UUID) -> Seal:
    return Seal(key, f"message:{message_id}")


async def _take_file_names(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> dict[UUID, str]:
    of_message = (Attachment.practice_id == practice_id, Attachment.message_id == message_id)
    names = {row.id: row.file_name for row in await uow.execute(select(Attachment.id, Attachment.file_name).where(*of_message))}
    if names:
        await uow.execute(update(Attachment).where(*of_message).values(file_name=""))
    return names
