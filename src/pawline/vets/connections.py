"""Connecting a pet without being asked, and ending a connection from either side."""

from uuid import UUID

from pawline.families.deciding import connect_by_team, end_connection
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.threads.known_pets import require_known_pet
from pawline.threads.opening import ensure_thread
from pawline.vets.telling import tell_of_connection


async def connect_as_team(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, clinic_id: UUID) -> None:
    """The practice says that it treats the pet; whatever its owner has asked is answered by it. Safe to repeat.

    Raises:
        NotFound: no such pet or clinic for this actor.
        UpToFamily, Conflict: see ``connect_by_team``.
    """
    if clinic_id not in actor.clinic_ids:
        raise NotFound
    await require_known_pet(uow, actor, pet_id)
    family_id = await connect_by_team(uow, actor, pet_id, clinic_id=clinic_id)
    if family_id is not None:
        await ensure_thread(uow, actor.practice_id, family_id=family_id, clinic_id=clinic_id)
        await tell_of_connection(uow, actor.practice_id, family_id, clinic_id=clinic_id)


async def end(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, clinic_id: UUID) -> None:
    """Nobody writes about the pet from now on; what was written stays. Safe to repeat, and for both sides at once.

    Raises:
        NotFound: no such connection for this actor.
        Conflict: it is not in force.
    """
    if actor.is_staff and clinic_id not in actor.clinic_ids:
        raise NotFound
    family_id = await end_connection(uow, actor, pet_id, clinic_id=clinic_id)
    if family_id is not None:
        await tell_of_connection(uow, actor.practice_id, family_id, clinic_id=clinic_id)
