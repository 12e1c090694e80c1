"""An owner's pet that no vet here treats yet: adding it, and asking a clinic of the practice to connect it."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from pawline.families.asking import ask_for_connection, take_back_asking
from pawline.families.connecting import NewConnection
from pawline.families.service import PetDraft, add_pet, pets_of
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.practices.service import clinic_views
from pawline.threads.known_pets import tell_of_pets
from pawline.vets.telling import answered, tell_of_connection
from pawline.vets.views import AddedPet

MOST_PETS = 50
Line = Annotated[str, msgspec.Meta(max_length=200)]


class OwnNewPet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: Line
    species: Line
    breed: Line = ""
    born_on: date | None = None


async def add_own_pet(uow: UnitOfWork, actor: Actor, pet: OwnNewPet) -> AddedPet:
    """
    Raises:
        Invalid: born in the future, or without a name.
        Conflict: more pets than a family has.
    """
    if actor.family_id is None:
        raise NotFound
    if len(await pets_of(uow, actor.practice_id, actor.family_id)) >= MOST_PETS:
        raise Conflict(f"Your family has {MOST_PETS} pets here. Ask your practice to add more.")
    draft = PetDraft(pet.name, pet.species, pet.breed, pet.born_on)
    pet_id = await add_pet(uow, draft, practice_id=actor.practice_id, family_id=actor.family_id, path="")
    uow.emit(answered(actor.practice_id, actor.family_id))
    await tell_of_pets(uow, actor.practice_id, actor.family_id)
    return AddedPet(pet_id)


async def ask_clinic(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, clinic_id: UUID) -> None:
    """The clinic sees it among its new connections; nothing can be written before somebody there accepts."""
    family_id = await require_own_pet(uow, actor, pet_id)
    if not await clinic_views(uow, actor.practice_id, [clinic_id]):
        raise NotFound
    await ask_for_connection(uow, NewConnection(actor.practice_id, family_id, pet_id, clinic_id, "owner"))
    await tell_of_connection(uow, actor.practice_id, family_id, clinic_id=clinic_id)


async def take_back(uow: UnitOfWork, actor: Actor, pet_id: UUID, *, clinic_id: UUID) -> None:
    if actor.family_id is None:
        raise NotFound
    await take_back_asking(uow, actor, pet_id=pet_id, clinic_id=clinic_id)
    await tell_of_connection(uow, actor.practice_id, actor.family_id, clinic_id=clinic_id)


async def require_own_pet(uow: UnitOfWork, actor: Actor, pet_id: UUID) -> UUID:
    """The family of the living pet, if it is the actor's own."""
    own = await pets_of(uow, actor.practice_id, actor.family_id) if actor.family_id else []
    if actor.family_id is None or not any(pet.id == pet_id and pet.died_on is None for pet in own):
        raise NotFound
    return actor.family_id
