"""Files that arrive in parts: what has come is kept, so that an upload goes on where a lost connection cut it off.

The parts are files of their own in the file store, which every process of Pawline reaches, and never change. The row in
the database names those that count and in which order; whatever lies in the upload's folder beside them is swept with it.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.errors import Conflict, Invalid, NotFound, TooLarge, Unsupported
from pawline.platform.files import FileMissing, FileStore
from pawline.platform.ids import new_id
from pawline.platform.room import require_room
from pawline.threads.attachments import Upload, keep_upload, uploaded_before
from pawline.threads.desk import Desk
from pawline.threads.partial_upload_model import PartialUpload
from pawline.threads.queries import visible_to
from pawline.threads.uploads import in_pieces, require_within
from pawline.threads.views import AttachmentView

MOST_OPEN = 20


@dataclass(frozen=True, slots=True)
class AnnouncedUpload:
    """``key`` is made by the client, as that of an upload in one piece."""

    thread_id: UUID
    key: UUID
    file_name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class UploadProgress:
    received_bytes: int
    size_bytes: int


async def begin_upload(desk: Desk, uploader: Actor, announced: AnnouncedUpload) -> UploadProgress:
    """Make room for a file, if need be that of this person's oldest. Safe to repeat: says how much of it has come already.

    Raises:
        NotFound: no such thread, or the uploader may not see it.
        TooLarge, Invalid: the size.
        Conflict: another file came under the same key before.
        StorageFull: see there.
    """
    require_within(announced.size_bytes, desk.settings.upload_limit_bytes)
    async with desk.database.single_statements() as connection:
        await visible_to(connection, uploader, announced.thread_id)
    if await uploaded_before(desk, uploader, announced.key) is not None:
        return UploadProgress(announced.size_bytes, announced.size_bytes)
    require_room(desk.settings)
    await _announce(desk, uploader, announced)
    await _make_room(desk, uploader, announced.key)
    row = await _own(desk, uploader, announced.key)
    if (row.thread_id, row.size_bytes) != (announced.thread_id, announced.size_bytes):
        raise Conflict("Another file was begun under this Idempotency-Key. Make a new key for a new file.")
    return UploadProgress(row.received_bytes, row.size_bytes)


async def progress_of(desk: Desk, uploader: Actor, key: UUID) -> UploadProgress:
    """Raises NotFound for what this person has not begun, or has finished."""
    row = await _own(desk, uploader, key)
    return UploadProgress(row.received_bytes, row.size_bytes)


async def receive_part(desk: Desk, uploader: Actor, key: UUID, *, at: int, chunks: AsyncIterator[bytes]) -> int:
    """Add what comes to what is there, piece by piece; returns how much there is now. When ``chunks`` break off, what came stays.

    Raises:
        NotFound: no such upload of this person.
        Conflict: ``at`` is not where the upload has got to, or another request went on with it meanwhile.
        TooLarge: more comes than was announced.
        StorageFull: see there; what came before stays.
    """
    row = await _own(desk, uploader, key)
    _require_place(at, row.received_bytes)
    require_room(desk.settings)
    async for piece in in_pieces(chunks):
        require_within(at + len(piece), row.size_bytes)
        await _keep_piece(desk, row, piece, at=at)
        at += len(piece)
    return at


async def finish_upload(desk: Desk, uploader: Actor, key: UUID) -> AttachmentView:
    """Make one attachment of the parts. Safe to repeat.

    Raises:
        NotFound: no such upload of this person.
        Conflict: it is not whole yet.
        Unsupported, Invalid: the file itself; it is forgotten then.
        Unavailable: it could not be prepared now; what has come of it stays.
    """
    if (made := await uploaded_before(desk, uploader, key)) is not None:
        return made
    row = await _own(desk, uploader, key)
    if row.received_bytes < row.size_bytes:
        raise Conflict("This upload is not whole yet. Send the rest of it first.")
    try:
        made = await keep_upload(desk, uploader, Upload(row.thread_id, key, row.file_name, _joined(desk.files, row)))
    except FileMissing:  # a repeat of this request has been faster
        if (made := await uploaded_before(desk, uploader, key)) is None:
            raise
    except (Unsupported, Invalid, TooLarge):
        await forget_upload(desk, row.practice_id, row.id)
        raise
    await forget_upload(desk, row.practice_id, row.id)
    return made


async def drop_upload(desk: Desk, uploader: Actor, key: UUID) -> None:
    """Its uploader has thought better of it. Raises NotFound for what this person has not begun, or has finished."""
    row = await _own(desk, uploader, key)
    await _drop(desk, row.practice_id, row.id)


async def forget_upload(desk: Desk, practice_id: UUID, upload_id: UUID) -> None:
    await remove_parts(desk.files, upload_id)
    async with desk.database.transaction() as uow:
        await uow.execute(delete(PartialUpload).where(PartialUpload.practice_id == practice_id, PartialUpload.id == upload_id))


async def remove_parts(files: FileStore, upload_id: UUID) -> None:
    """Those that count, and those of requests that came too late."""
    async for key in files.list(_folder(upload_id)):
        await files.delete(key)


async def _announce(desk: Desk, uploader: Actor, announced: AnnouncedUpload) -> None:
    statement = insert(PartialUpload).values(
        practice_id=uploader.practice_id,
        id=new_id(),
        thread_id=announced.thread_id,
        uploader_id=uploader.person_id,
        upload_key=announced.key,
        file_name=announced.file_name,
        size_bytes=announced.size_bytes,
        part_names=[],
        created_at=clock.now(),
    )
    async with desk.database.transaction() as uow:
        await uow.execute(statement.on_conflict_do_nothing(index_elements=["practice_id", "uploader_id", "upload_key"]))


async def _make_room(desk: Desk, uploader: Actor, key: UUID) -> None:
    """Whoever still sends one that is dropped begins it anew."""
    own = (PartialUpload.practice_id == uploader.practice_id, PartialUpload.uploader_id == uploader.person_id)
    others = select(PartialUpload.id).where(*own, PartialUpload.upload_key != key)
    oldest = others.order_by(PartialUpload.created_at.desc(), PartialUpload.id.desc()).offset(MOST_OPEN - 1)
    async with desk.database.single_statements() as connection:
        surplus = (await connection.execute(oldest)).scalars().all()
    for upload_id in surplus:
        await _drop(desk, uploader.practice_id, upload_id)


async def _drop(desk: Desk, practice_id: UUID, upload_id: UUID) -> None:
    await forget_upload(desk, practice_id, upload_id)
    await remove_parts(desk.files, upload_id)  # a part that came in between: without the row nobody finds it any more


async def _own(desk: Desk, uploader: Actor, key: UUID) -> Any:
    statement = select(PartialUpload.__table__).where(
        PartialUpload.practice_id == uploader.practice_id,
        PartialUpload.uploader_id == uploader.person_id,
        PartialUpload.upload_key == key,
    )
    async with desk.database.single_statements() as connection:
        row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return row


async def _keep_piece(desk: Desk, row: Any, piece: bytes, *, at: int) -> None:
    # A name of its own: a request that was thought dead may still be writing at the same place.
    name = f"{at:012}-{token_hex(4)}"
    await desk.files.put(_key(row.id, name), piece)
    statement = (
        update(PartialUpload)
        .where(PartialUpload.practice_id == row.practice_id, PartialUpload.id == row.id, PartialUpload.received_bytes == at)
        .values(received_bytes=at + len(piece), part_names=func.array_append(PartialUpload.part_names, name))
        .returning(PartialUpload.received_bytes)
    )
    async with desk.database.transaction() as uow:
        has_room = (await uow.execute(statement)).one_or_none() is not None
    if not has_room:
        await desk.files.delete(_key(row.id, name))
        _require_place(at, None)


async def _joined(files: FileStore, row: Any) -> AsyncIterator[bytes]:
    for name in row.part_names:
        yield await files.get(_key(row.id, name))


def _require_place(at: int, received_bytes: int | None) -> None:
    if at != received_bytes:
        raise Conflict("The upload has got to another place than this. Ask for its Upload-Offset and go on from there.")


def _folder(upload_id: UUID) -> str:
    return f"uploads/{upload_id}"


def _key(upload_id: UUID, name: str) -> str:
    return f"{_folder(upload_id)}/{name}"
