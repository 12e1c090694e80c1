"""What deleted messages said and showed, for administrators alone: each reading is recorded before anything is shown."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import insert, text

from pawline.moderation.models import DeletedReading
from pawline.moderation.queries import access
from pawline.moderation.views import DeletedReadingView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.byte_ranges import read_range
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.file_response import safe_headers
from pawline.platform.files import FileDownload, FileMissing, FileStore
from pawline.platform.ids import new_id
from pawline.threads.deleted_words import with_deleted_words
from pawline.threads.desk import Desk
from pawline.threads.file_links import VARIANTS
from pawline.threads.keeping import open_kept, open_thumbnail
from pawline.threads.media.inspect import MediaType
from pawline.threads.queries import message_views, one_message
from pawline.threads.sealed_files import find_sealed_thumbnail, open_sealed_file
from pawline.threads.sealing import sealed_contents

# Long enough to watch a video and look at it again. Whoever comes back later reads anew, which is on record as well.
FILES_OPEN_FOR = timedelta(hours=1)
_FILE = text("""
SELECT m.practice_id, m.id AS message_id, a.media_type, a.file_name, a.size_bytes, a.is_sealed, k.key,
    a.thumbnail_width IS NOT NULL AS has_thumbnail
FROM deleted_reading r
JOIN message m ON m.practice_id = r.practice_id AND m.id = r.message_id
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
JOIN attachment a ON a.practice_id = m.practice_id AND a.message_id = m.id
LEFT JOIN message_key k ON k.practice_id = m.practice_id AND k.message_id = m.id
WHERE r.practice_id = :practice_id AND r.id = :reading_id AND r.staff_id = :staff_id AND r.read_at > :since
    AND NOT r.in_transcript AND m.erased_at IS NULL AND a.id = :attachment_id AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
""")
_log = structlog.get_logger()


class Erased(Conflict):
    code = "message_erased"


@dataclass(frozen=True, slots=True)
class ReadingLinks:
    """Links to files that open to one reader, for as long as one reading lasts."""

    reading_id: UUID

    def url(self, attachment_id: UUID, variant: str) -> str:
        return f"/api/v1/deleted-readings/{self.reading_id}/files/{attachment_id}/{variant}"


@dataclass(frozen=True, slots=True)
class DeletedFile:
    reading_id: UUID
    attachment_id: UUID
    variant: str


async def read_deleted_message(uow: UnitOfWork, actor: Actor, thread_id: UUID, *, message_id: UUID) -> DeletedReadingView:
    """What a deleted message said, with links to its files. Each call is one reading on record.

    Raises:
        NotFound: no such message, the actor may not see its thread, or it is not deleted.
        Erased: nobody can read it any more.
    """
    # Whom the actor does not want to hear from, they may have to look into all the same.
    row = await one_message(uow.connection, replace(actor, blocked=()), thread_id, message_id=message_id)
    if row.deleted_at is None:
        raise NotFound
    if row.erased_at is not None:
        raise Erased(f"{row.erased_by_name} erased this message for good. Nobody can read it any more.")
    [reading_id] = await record_readings(uow, actor, [row.id])
    links = ReadingLinks(reading_id)
    views = await message_views(uow.connection, links, [row], for_team=True)
    [message] = await with_deleted_words(uow.connection, links, [row], views=views)
    return DeletedReadingView(reading_id, message)


async def record_readings(
    uow: UnitOfWork, actor: Actor, message_ids: Sequence[UUID], *, in_transcript: bool = False
) -> list[UUID]:
    """Returns the ids of the readings, in the order of the messages."""
    reader = {"practice_id": actor.practice_id, "staff_id": actor.person_id}
    how = {"read_at": clock.now(), "in_transcript": in_transcript}
    ids = [new_id() for _ in message_ids]
    read = [{"id": reading_id, "message_id": each, **reader, **how} for reading_id, each in zip(ids, message_ids, strict=True)]
    await uow.execute(insert(DeletedReading), read)
    for each in message_ids:
        _log.info("deleted_message_read", actor_id=str(actor.person_id), message_id=str(each))
    return ids


async def open_deleted_file(
    desk: Desk, actor: Actor, asked: DeletedFile, *, asked_range: str | None
) -> tuple[FileDownload, dict[str, str]]:
    """A file of a message that the actor is reading.

    Raises:
        NotFound: no such file, or the reading was somebody else's or is over.
        NotInFile: the ``Range`` header asks for what is beyond its end.
    """
    values = {**access(actor), "staff_id": actor.person_id, "since": clock.now() - FILES_OPEN_FOR}
    about = {"reading_id": asked.reading_id, "attachment_id": asked.attachment_id}
    async with desk.database.single_statements() as connection:
        row = (await connection.execute(_FILE, {**values, **about})).one_or_none()
        if row is None or asked.variant not in VARIANTS or (asked.variant == "thumbnail" and not row.has_thumbnail):
            raise NotFound
        contents = await sealed_contents(connection, row.practice_id, [row.message_id])
    content = contents.get(row.message_id)
    name = (content.file_names.get(asked.attachment_id) if content else None) or row.file_name
    if asked.variant == "thumbnail":
        return await _open_thumbnail(desk.files, asked.attachment_id, row), _headers(MediaType.JPEG, name)
    return await _open_whole(desk.files, asked.attachment_id, row, asked_range=asked_range), _headers(row.media_type, name)


async def _open_thumbnail(files: FileStore, attachment_id: UUID, row: Any) -> FileDownload:
    if not row.is_sealed:
        return await open_thumbnail(files, attachment_id)
    picture = await find_sealed_thumbnail(files, attachment_id, row.key)
    if picture is None:
        raise FileMissing
    return FileDownload(len(picture), _at_once(picture), len(picture))


async def _open_whole(files: FileStore, attachment_id: UUID, row: Any, *, asked_range: str | None) -> FileDownload:
    if not row.is_sealed:
        return await open_kept(files, attachment_id, size_bytes=row.size_bytes, asked_range=asked_range)
    part = read_range(asked_range, size_bytes=row.size_bytes)
    return await open_sealed_file(files, attachment_id, row.key, size_bytes=row.size_bytes, part=part)


async def _at_once(picture: bytes) -> AsyncIterator[bytes]:
    yield picture


def _headers(media_type: str, file_name: str) -> dict[str, str]:
    headers = safe_headers(media_type, file_name, is_download=media_type == MediaType.PDF)
    # No browser keeps what was deleted.
    return {**headers, "Cache-Control": "private, no-store"}
