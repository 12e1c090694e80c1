"""Files that are about to be sent with a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from pawline.platform.db import UnitOfWork
from pawline.threads.models import Attachment


@dataclass(frozen=True, slots=True)
class FileRow:
    id: UUID
    media_type: str
    file_name: str


async def files_to_send(
    uow: UnitOfWork, practice_id: UUID, attachment_ids: Sequence[UUID], *, uploader_id: UUID
) -> list[FileRow]:
    """The uploader's own files that no message has taken yet, in the order asked for, held until the commit."""
    statement = (
        select(Attachment.id, Attachment.media_type, Attachment.file_name)
        .where(
            Attachment.practice_id == practice_id,
            Attachment.id.in_(attachment_ids),
            Attachment.uploader_id == uploader_id,
            Attachment.message_id.is_(None),
        )
        .with_for_update()
    )
    found = {row.id: FileRow(row.id, row.media_type, row.file_name) for row in await uow.execute(statement)}
    return [found[attachment_id] for attachment_id in attachment_ids if attachment_id in found]


async def give_files_to(uow: UnitOfWork, practice_id: UUID, attachment_ids: Sequence[UUID], *, message_id: UUID) -> None:
    for position, attachment_id in enumerate(attachment_ids, start=1):
        statement = update(Attachment).where(Attachment.practice_id == practice_id, Attachment.id == attachment_id)
        await uow.execute(statement.values(message_id=message_id, position=position))
