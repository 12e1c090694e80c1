"""The picture that a pet, and the logo that a clinic is known by: made safe and small, for those who may know them."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text

from pawline.platform.actor import Actor
from pawline.platform.arriving import arriving
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound, Unsupported
from pawline.platform.file_response import Asked, safe_headers, tagged
from pawline.platform.files import FileDownload, FileStore
from pawline.platform.ids import new_id
from pawline.platform.jobs import defer
from pawline.platform.portraits import portrait_key
from pawline.platform.room import require_room
from pawline.threads.access import visible_clinic_ids
from pawline.threads.desk import Desk
from pawline.threads.known_pets import knows_pet, require_known_pet, tell_of_pets
from pawline.threads.media.inspect import MediaType, read_media_type
from pawline.threads.uploads import receive_upload

FORGET_TASK = "forget_portrait"


@dataclass(frozen=True, slots=True)
class Exchange:
    """``instead_of``: what has to be there now; None: whatever is there."""

    portrait_id: UUID | None
    instead_of: UUID | None = None


_OF_PET = text("""
UPDATE pet p SET portrait_id = :portrait_id
FROM (SELECT id, portrait_id FROM pet WHERE practice_id = :practice_id AND id = :id FOR UPDATE) old
WHERE p.practice_id = :practice_id AND p.id = old.id
RETURNING old.portrait_id AS before, p.family_id
""")
_OF_CLINIC = text("""
UPDATE clinic k SET logo_id = :portrait_id
FROM (SELECT id, logo_id FROM clinic WHERE practice_id = :practice_id AND id = :id FOR UPDATE) old
WHERE k.practice_id = :practice_id AND k.id = old.id
RETURNING old.logo_id AS before
""")
_PET_SHOWN = text("SELECT p.id FROM pet p WHERE p.practice_id = :practice_id AND p.portrait_id = :portrait_id")
_CLINIC_SHOWN = text("SELECT k.id FROM clinic k WHERE k.practice_id = :practice_id AND k.logo_id = :portrait_id")


async def set_pet_portrait(desk: Desk, actor: Actor, pet_id: UUID, *, chunks: AsyncIterator[bytes]) -> UUID:
    """The id of the new picture. Open screens hear of it.

    Raises:
        NotFound: no pet that the actor knows.
        TooLarge, Unsupported, Invalid: the file itself.
    """
    async with desk.database.transaction() as uow:
        await require_known_pet(uow, actor, pet_id)  # before anything is received
    async with _made(desk, chunks) as portrait_id:
        await _show_pet(desk, actor, pet_id, exchange=Exchange(portrait_id))
    return portrait_id


async def drop_pet_portrait(desk: Desk, actor: Actor, pet_id: UUID, *, portrait_id: UUID) -> None:
    """Raises NotFound as above; Conflict: the picture is another one by now."""
    await _show_pet(desk, actor, pet_id, exchange=Exchange(None, instead_of=portrait_id))


async def set_clinic_logo(desk: Desk, actor: Actor, clinic_id: UUID, *, chunks: AsyncIterator[bytes]) -> UUID:
    """As ``set_pet_portrait``, for a clinic at which the actor works."""
    if clinic_id not in visible_clinic_ids(actor):
        raise NotFound
    async with _made(desk, chunks) as portrait_id:
        await _show_clinic(desk, actor, clinic_id, exchange=Exchange(portrait_id))
    return portrait_id


async def drop_clinic_logo(desk: Desk, actor: Actor, clinic_id: UUID, *, portrait_id: UUID) -> None:
    if clinic_id not in visible_clinic_ids(actor):
        raise NotFound
    await _show_clinic(desk, actor, clinic_id, exchange=Exchange(None, instead_of=portrait_id))


async def forget_portrait_now(files: FileStore, portrait_id: str) -> None:
    """What was shown before an exchange."""
    await files.delete(portrait_key(UUID(portrait_id)))


async def open_portrait(
    desk: Desk, actors: list[Actor], portrait_id: UUID, *, asked: Asked
) -> tuple[FileDownload | None, dict[str, str]]:
    """For whoever of ``actors`` knows the pet, or is of the clinic's practice. None: they have it.

    Raises:
        NotFound: no such picture, or not for them.
    """
    async with desk.database.transaction() as uow:
        for actor in actors:
            if await _may_see(uow, actor, portrait_id):
                break
        else:
            raise NotFound
    headers = tagged(safe_headers(MediaType.JPEG, "picture.jpg", is_download=False), portrait_id)
    return None if asked.is_known(headers) else await desk.files.open(portrait_key(portrait_id)), headers


async def _show_pet(desk: Desk, actor: Actor, pet_id: UUID, *, exchange: Exchange) -> None:
    async with desk.database.transaction() as uow:
        await require_known_pet(uow, actor, pet_id)
        changed = await _exchange(uow, _OF_PET, {"practice_id": actor.practice_id, "id": pet_id}, exchange=exchange)
        await tell_of_pets(uow, actor.practice_id, changed.family_id)


async def _show_clinic(desk: Desk, actor: Actor, clinic_id: UUID, *, exchange: Exchange) -> None:
    async with desk.database.transaction() as uow:
        await _exchange(uow, _OF_CLINIC, {"practice_id": actor.practice_id, "id": clinic_id}, exchange=exchange)


@asynccontextmanager
async def _made(desk: Desk, chunks: AsyncIterator[bytes]) -> AsyncGenerator[UUID]:
    """A picture is kept; whoever may not use it any more once it has come leaves none behind."""
    portrait_id = await _keep(desk, chunks)
    try:
        yield portrait_id
    except NotFound:
        # After any other failure nobody knows whether its row is there, and a row without its picture would be worse.
        await desk.files.delete(portrait_key(portrait_id))
        raise


async def _keep(desk: Desk, chunks: AsyncIterator[bytes]) -> UUID:
    require_room(desk.settings)
    with arriving(desk.settings.data) as folder:
        received = await receive_upload(chunks, limit_bytes=desk.settings.upload_limit_bytes, folder=folder)
        if not read_media_type(received.path).is_photo:
            raise Unsupported("Choose a picture: JPEG, PNG, WebP, GIF or HEIC.")
        image = await desk.media.make_safe_image(received.path, folder)
        portrait_id = new_id()
        await desk.files.put(portrait_key(portrait_id), image.thumbnail)
    return portrait_id


async def _exchange(uow: UnitOfWork, statement: TextClause, key: dict[str, Any], *, exchange: Exchange) -> Row[Any]:
    row = (await uow.execute(statement, {**key, "portrait_id": exchange.portrait_id})).one_or_none()
    if row is None:
        raise NotFound
    if exchange.instead_of is not None and row.before != exchange.instead_of:
        raise Conflict("Somebody has changed the picture meanwhile. Please look again.")
    if row.before is not None:
        await defer(uow, FORGET_TASK, portrait_id=str(row.before))
    return row


async def _may_see(uow: UnitOfWork, actor: Actor, portrait_id: UUID) -> bool:
    values = {"practice_id": actor.practice_id, "portrait_id": portrait_id}
    if (await uow.execute(_CLINIC_SHOWN, values)).one_or_none() is not None:
        return True
    pet_id = (await uow.execute(_PET_SHOWN, values)).scalar_one_or_none()
    return pet_id is not None and await knows_pet(uow, actor, pet_id)
