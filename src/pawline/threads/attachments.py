"""Photos and PDFs of a thread: received, made safe, kept, and handed out again to those who may see them."""

import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.file_response import safe_headers
from pawline.platform.files import FileDownload
from pawline.platform.ids import new_id
from pawline.threads.access import may_see_thread, visible_kinds
from pawline.threads.desk import Desk
from pawline.threads.file_links import VARIANTS, FileLink, storage_key
from pawline.threads.media.inspect import MediaType, read_media_type
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a received file was kept; sizes in pixels are those of the kept picture."""

    attachment_id: UUID
    media_type: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


async def keep_upload(desk: Desk, uploader: Actor, upload: Upload) -> AttachmentView:
    """Receive a file for a message that is yet to be posted. Only a file made safe is ever kept.

    Raises:
        NotFound: no such thread, or the uploader may not see it.
        TooLarge, Unsupported, Invalid: the file itself.
        Conflict: another file came under the same key before.
    """
    async with desk.database.single_statements() as connection:
        await visible_to(connection, uploader, upload.thread_id)
    with tempfile.TemporaryDirectory(prefix="pawline-upload-") as name:
        received = await receive_upload(upload.chunks, limit_bytes=desk.settings.upload_limit_bytes, folder=Path(name))
        known = await _known_upload(desk, uploader, upload.key)
        if known is None:
            kept = await _make_safe(desk, received, folder=Path(name))
            known = await _record(desk, uploader, upload, received=received, kept=kept)
    if known.thread_id != upload.thread_id or known.sha256.hex() != received.sha256:
        raise Conflict("Another file was uploaded under this Idempotency-Key. Make a new key for a new file.")
    return attachment_view(known, desk.links)


async def open_file(desk: Desk, actors: list[Actor], link: FileLink) -> tuple[FileDownload, dict[str, str]]:
    """A file for whoever of ``actors`` may see its message; its uploader may see it before it is posted."""
    if not desk.links.is_good(link):
        raise NotFound
    row = None
    for actor in actors:
        row = row or await _visible_file(desk, actor, link.attachment_id)
    if row is None or (link.variant == "thumbnail" and row.thumbnail_width is None):
        raise NotFound
    media_type = "image/jpeg" if link.variant == "thumbnail" else row.media_type
    file = await desk.files.open(storage_key(link.attachment_id, link.variant))
    return file, safe_headers(media_type, row.file_name, is_download=media_type == MediaType.PDF)


async def _known_upload(desk: Desk, uploader: Actor, key: UUID) -> Any | None:
    statement = select(Attachment.__table__).where(
        Attachment.practice_id == uploader.practice_id, Attachment.uploader_id == uploader.person_id, Attachment.upload_key == key
    )
    async with desk.database.single_statements() as connection:
        return (await connection.execute(statement)).one_or_none()


async def _make_safe(desk: Desk, received: ReceivedFile, *, folder: Path) -> _Kept:
    attachment_id = new_id()
    media_type = read_media_type(received.path)
    if media_type.is_photo:
        image = await desk.media.make_safe_image(received.path, folder)
        await desk.files.put(storage_key(attachment_id, "thumbnail"), image.thumbnail)
        size_bytes = (await desk.files.put(storage_key(attachment_id, "file"), image.display)).size_bytes
        return _Kept(
            attachment_id,
            image.display_type,
            size_bytes,
            width=image.width,
            height=image.height,
            thumbnail_width=image.thumb_width,
            thumbnail_height=image.thumb_height,
        )
    pdf = await desk.media.make_safe_pdf(received.path, folder)
    return _Kept(attachment_id, media_type, (await desk.files.put(storage_key(attachment_id, "file"), pdf.document)).size_bytes)


async def _record(desk: Desk, uploader: Actor, upload: Upload, *, received: ReceivedFile, kept: _Kept) -> Any:
    """The row under this key: ours, or the one that another request with the same key stored first."""
    statement = insert(Attachment).values(
        practice_id=uploader.practice_id,
        id=kept.attachment_id,
        thread_id=upload.thread_id,
        position=0,
        uploader_id=uploader.person_id,
        upload_key=upload.key,
        sha256=bytes.fromhex(received.sha256),
        media_type=kept.media_type,
        file_name=_shown_name(upload.file_name, kept.media_type),
        size_bytes=kept.size_bytes,
        width=kept.width,
        height=kept.height,
        thumbnail_width=kept.thumbnail_width,
        thumbnail_height=kept.thumbnail_height,
        created_at=clock.now(),
    )
    async with desk.database.transaction() as uow:
        await uow.execute(statement.on_conflict_do_nothing(index_elements=["practice_id", "uploader_id", "upload_key"]))
    return await _known_upload(desk, uploader, upload.key)


async def _visible_file(desk: Desk, actor: Actor, attachment_id: UUID) -> Any | None:
    statement = (
        select(
            Attachment.media_type,
            Attachment.file_name,
            Attachment.thumbnail_width,
            Attachment.uploader_id,
            Thread.clinic_id,
            Thread.family_id,
            Message.kind,
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
    is_visible = row.kind in visible_kinds(actor) if row.kind is not None else row.uploader_id == actor.person_id
    return row if is_visible else None


def _shown_name(file_name: str, media_type: str) -> str:
    """The sender's name for the file, with the ending of what it has become."""
    endings = {"image/jpeg": ".jpg", "image/gif": ".gif", "application/pdf": ".pdf"}
    printable = "".join(character for character in file_name if character.isprintable())
    stem = printable.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "photo"
    return stem[:100] + endings[media_type]


def storage_keys(attachment_id: UUID) -> list[str]:
    """Under which keys the files of an attachment may be stored."""
    return [storage_key(attachment_id, variant) for variant in VARIANTS]
