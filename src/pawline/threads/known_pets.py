"""Pets that somebody may know of, what is known of them, and saying that one has died."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from pawline.families.lifetimes import set_died_on
from pawline.families.service import change_pet
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.threads.access import sql_visible
from pawline.threads.anew import Kept, thread_anew
from pawline.threads.models import Thread

_KNOWN_PET = """
SELECT 1 FROM pet p
WHERE p.practice_id = :practice_id AND p.id = :pet_id AND (p.family_id = :own_family_id OR EXISTS (
    SELECT FROM thread t
    WHERE t.practice_id = p.practice_id AND t.family_id = p.family_id AND {visible}))
"""


async def require_known_pet(uow: UnitOfWork, actor: Actor, pet_id: UUID) -> None:
    """Raises NotFound: no such pet, or it is of no family of the actor's."""
    if not await knows_pet(uow, actor, pet_id):
        raise NotFound


async def knows_pet(uow: UnitOfWork, actor: Actor, pet_id: UUID) -> bool:
    visible, access = sql_visible(actor)
    values = {"practice_id": actor.practice_id, "pet_id": pet_id, "own_family_id": actor.family_id, **access}
    return (await uow.execute(text(_KNOWN_PET.format(visible=visible)), values)).one_or_none() is not None


async def change_known_pet(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, change: dict[str, Any]) -> None:
    """Open screens hear of it.

    Raises:
        NotFound: see ``require_known_pet``.
        Invalid: what ``change`` says of its fields cannot be.
    """
    await require_known_pet(uow, actor, pet_id)
    await tell_of_pets(uow, actor.practice_id, await change_pet(uow, actor.practice_id, pet_id, change=change))


async def say_died(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, died_on: date | None) -> None:
    """Reminders about the pet stop; its messages, pictures and connections stay. None takes it back. Open screens hear of it.

    Raises:
        NotFound: see ``require_known_pet``.
        Invalid: in the future, or before the pet was born.
    """
    await require_known_pet(uow, actor, pet_id)
    family_id = await set_died_on(uow, actor.practice_id, pet_id, died_on=died_on)
    if family_id is not None:
        await tell_of_pets(uow, actor.practice_id, family_id)


async def tell_of_pets(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> None:
    """Whoever has a thread of the family open loads anew what is known of its pets."""
    threads = select(Thread.id, Thread.clinic_id).where(Thread.practice_id == practice_id, Thread.family_id == family_id)
    for thread in await uow.execute(threads):
        kept = Kept(thread_id=thread.id, clinic_id=thread.clinic_id, family_ids=[family_id])
        uow.emit(thread_anew(practice_id, thread.id, kept))
