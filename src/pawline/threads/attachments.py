"""Photos, videos and PDFs of a thread: received, made safe, kept, and handed out again to those who may see them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.arriving import arriving
from pawline.platform.clashes import note_replay
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.failpoints import reach
from pawline.platform.file_response import Asked, safe_headers, tagged
from pawline.platform.files import FileDownload
from pawline.platform.room import require_room
from pawline.threads.access import is_unheard, may_see_thread, visible_kinds
from pawline.threads.desk import Desk
from pawline.threads.file_links import VARIANTS, FileLink, storage_key
from pawline.threads.keeping import KeptFile, make_safe, open_kept, open_thumbnail
from pawline.threads.media.inspect import MediaType
from pawline.threads.models import Attachment, Message, Thread
from pawline.threads.queries import attachment_view, visible_to
from pawline.threads.uploads import ReceivedFile, receive_upload
from pawline.threads.views import AttachmentView


@dataclass(frozen=True, slots=True)
class Upload:
    """``key`` is made by the client: repeating an upload with it stores nothing twice."""

    thread_id: UUID
    key: UUID
    file_name: str
    chunks: AsyncIterator[bytes]


async def keep_upload(desk: Desk, uploader: Actor, upload: Upload) -> AttachmentView:
    """Receive a file for a message that is yet to be posted. Only a file made safe is ever kept.

    Raises:
        NotFound: no such thread, or the uploader may not see it.
        TooLarge, Unsupported, Invalid: the file itself.
        Conflict: another file came under the same key before.
        StorageFull, FilesUnavailable: of ours; the same file may come again.
    """
    async with desk.database.single_statements() as connection:
        await visible_to(connection, uploader, upload.thread_id)
    require_room(desk.settings)
    with arriving(desk.settings.data) as folder:
        received = await receive_upload(upload.chunks, limit_bytes=desk.settings.upload_limit_bytes, folder=folder)
        known = await _known_upload(desk, uploader, upload.key)
        if known is not None:
            note_replay()
        else:
            kept = await make_safe(desk, received, folder=folder)
            await reach("uploads.before_row")
            known = await _record(desk, uploader, upload, received=received, kept=kept)
    if known.thread_id != upload.thread_id or known.sha256.hex() != received.sha256:
        raise Conflict("Another file was uploaded under this Idempotency-Key. Make a new key for a new file.")
    return attachment_view(known, desk.links)


async def uploaded_before(desk: Desk, uploader: Actor, key: UUID) -> AttachmentView | None:
    """What this person has uploaded whole under ``key``."""
    known = await _known_upload(desk, uploader, key)
    if known is None:
        return None
    note_replay()
    return attachment_view(known, desk.links)


async def open_file(
    desk: Desk, actors: list[Actor], link: FileLink, *, asked: Asked
) -> tuple[FileDownload | None, dict[str, str]]:
    """A file for whoever of ``actors`` may see its message; its uploader may see it before it is posted. None: they have it.

    Raises:
        NotFound: no such file, or nobody of ``actors`` may see it.
        NotInFile: the ``Range`` header asks for what is beyond its end.
    """
    if not desk.links.is_good(link):
        raise NotFound
    row, reader = None, None
    for actor in actors:
        if row is None and (row := await _visible_file(desk, actor, link.attachment_id)) is not None:
            reader = actor
    if row is None or reader is None or (link.variant == "thumbnail" and row.thumbnail_width is None):
        raise NotFound
    if link.variant == "thumbnail":
        headers = tagged(safe_headers(MediaType.JPEG, row.file_name, is_download=False), f"{link.attachment_id}-thumbnail")
        return None if asked.is_known(headers) else await open_thumbnail(desk.files, link.attachment_id), headers
    # A thumbnail came with the thread, which was recorded.
    await desk.openings.record(desk.database, reader, row.thread_id)
    is_download = row.media_type == MediaType.PDF
    headers = tagged(safe_headers(row.media_type, row.file_name, is_download=is_download), link.attachment_id)
    if asked.is_known(headers):
        return None, headers
    return await open_kept(desk.files, link.attachment_id, size_bytes=row.size_bytes, asked_range=asked.part), headers


async def _known_upload(desk: Desk, uploader: Actor, key: UUID) -> Any | None:
    statement = select(Attachment.__table__).where(
        Attachment.practice_id == uploader.practice_id, Attachment.uploader_id == uploader.person_id, Attachment.upload_key == key
    )
    async with desk.database.single_statements() as connection:
        return (await connection.execute(statement)).one_or_none()


async def _record(desk: Desk, uploader: Actor, upload: Upload, *, received: ReceivedFile, kept: KeptFile) -> Any:
    """The row under this key: ours, or the one that another request with the same key stored first."""
    statement = insert(Attachment).values(
        practice_id=uploader.practice_id,
        thread_id=upload.thread_id,
        position=0,
        uploader_id=uploader.person_id,
        upload_key=upload.key,
        sha256=bytes.fromhex(received.sha256),
        created_at=clock.now(),
        **kept.columns(upload.file_name),
    )
    async with desk.database.transaction() as uow:
        await uow.execute(statement.on_conflict_do_nothing(index_elements=["practice_id", "uploader_id", "upload_key"]))
    return await _known_upload(desk, uploader, upload.key)


async def _visible_file(desk: Desk, actor: Actor, attachment_id: UUID) -> Any | None:
    statement = (
        select(
            Attachment.thread_id,
            Attachment.media_type,
            Attachment.file_name,
            Attachment.size_bytes,
            Attachment.thumbnail_width,
            Attachment.uploader_id,
            Thread.clinic_id,
            Thread.family_id,
            Message.kind,
            Message.author_id,
            Message.is_from_shared_number,
            Message.created_at,
            Message.deleted_at,
        )
        .join(Thread, (Thread.practice_id == Attachment.practice_id) & (Thread.id == Attachment.thread_id))
        .outerjoin(Message, (Message.practice_id == Attachment.practice_id) & (Message.id == Attachment.message_id))
        .where(Attachment.practice_id == actor.practice_id, Attachment.id == attachment_id)
    )
    async with desk.database.single_statements() as connection:
        row = (await connection.execute(statement)).one_or_none()
    if row is None or not may_see_thread(actor, clinic_id=row.clinic_id, family_id=row.family_id) or row.deleted_at is not None:
        return None
    return row if _is_visible(row, actor) else None


def _is_visible(row: Any, actor: Actor) -> bool:
    if row.kind is None:  # not posted yet
        return row.uploader_id == actor.person_id
    if row.kind not in visible_kinds(actor):
        return False
    return row.is_from_shared_number or not is_unheard(actor, author_id=row.author_id, written_at=row.created_at)


def storage_keys(attachment_id: UUID) -> list[str]:
    """Under which keys the files of an attachment may be stored."""
    return [storage_key(attachment_id, variant) for variant in VARIANTS]
