"""Files that came with a text: they join a message that is already there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.arriving import arriving
from pawline.platform.db import UnitOfWork
from pawline.platform.room import require_room
from pawline.platform.settings import Settings
from pawline.threads.entries import touch_message
from pawline.threads.keeping import KeptFile, Workshop, make_safe
from pawline.threads.models import Attachment, Message
from pawline.threads.uploads import ReceivedFile, receive_upload

_KINDS = {"image": "photo", "video": "video"}


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """``key`` tells a repeat from another file; ``position`` is that within its message, from 1."""

    practice_id: UUID
    message_id: UUID
    key: UUID
    position: int


@dataclass(frozen=True, slots=True)
class SafeFile:
    received_sha256: bytes
    kept: KeptFile


async def keep_arrived_file(workshop: Workshop, chunks: AsyncIterator[bytes], settings: Settings) -> SafeFile:
    """Receive and make safe; raises TooLarge, Unsupported or Invalid for what cannot be kept, Unavailable for now."""
    require_room(settings)
    with arriving(settings.data) as folder:
        received: ReceivedFile = await receive_upload(chunks, limit_bytes=settings.upload_limit_bytes, folder=folder)
        return SafeFile(bytes.fromhex(received.sha256), await make_safe(workshop, received, folder=folder))


async def attach(uow: UnitOfWork, file: ArrivedFile, safe: SafeFile) -> UUID | None:
    """Show the file with its message. None: it was there before."""
    author = select(Message.thread_id, Message.author_id).where(
        Message.practice_id == file.practice_id, Message.id == file.message_id
    )
    message = (await uow.execute(author)).one()
    statement = insert(Attachment).values(
        practice_id=file.practice_id,
        thread_id=message.thread_id,
        message_id=file.message_id,
        position=file.position,
        uploader_id=message.author_id,
        upload_key=file.key,
        sha256=safe.received_sha256,
        created_at=clock.now(),
        **safe.kept.columns(_name(safe.kept.media_type, file.position)),
    )
    keys = ["practice_id", "uploader_id", "upload_key"]
    made = await uow.execute(statement.on_conflict_do_nothing(index_elements=keys).returning(Attachment.id))
    return made.scalar_one_or_none()


async def settle_waiting_file(uow: UnitOfWork, practice_id: UUID, message_id: UUID, *, has_come: bool) -> None:
    """One file less to wait for; screens follow."""
    statement = update(Message).where(Message.practice_id == practice_id, Message.id == message_id)
    arrived = {"has_attachments": True} if has_come else {}
    await uow.execute(statement.values(files_waiting=Message.files_waiting - 1, **arrived))
    await touch_message(uow, practice_id, message_id)


def _name(media_type: str, position: int) -> str:
    """Carriers tell no names; the ending becomes that of the kind."""
    return f"{_KINDS.get(media_type.partition('/')[0], 'file')}-{position}.file"
