"""A signed-in contact connects pets to the clinic whose code they hold; the clinic gave the code out, so nobody has to agree."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pawline.families.connecting import NewConnection, connect_pet
from pawline.families.service import PetDraft, add_pet, pets_of
from pawline.joining.codes import entrance_of
from pawline.joining.refusals import CodeGone
from pawline.joining.views import Connected
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.threads.known_pets import tell_of_pets
from pawline.threads.opening import ensure_thread

MOST_PETS = 20


class FirstPet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    species: str
    breed: str = ""
    born_on: date | None = None


class PetsToConnect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``via``: how the person came to the code, by a poster's QR code or by a link."""

    pet_ids: Annotated[list[UUID], msgspec.Meta(max_length=MOST_PETS)] = []
    new_pets: Annotated[list[FirstPet], msgspec.Meta(max_length=MOST_PETS)] = []
    via: Literal["qr", "link"] = "link"


async def connect_pets(uow: UnitOfWork, actor: Actor, code: str, *, wish: PetsToConnect) -> Connected:
    """
    Raises:
        CodeGone: the code does not work, or is another practice's than the one the person is signed in to.
        Invalid: no pet, somebody else's, or one that has died.
    """
    entrance = await entrance_of(uow, code)
    if actor.family_id is None:
        raise NotFound
    if entrance.practice_id != actor.practice_id:
        raise CodeGone
    if not wish.pet_ids and not wish.new_pets:
        raise Invalid.field("pet_ids", "is empty; choose a pet or add one")
    pet_ids = await _own_pets(uow, actor, wish.pet_ids)
    for place, pet in enumerate(wish.new_pets):
        pet_ids.append(await _add(uow, actor, pet, path=f"new_pets[{place}]"))
    for pet_id in pet_ids:
        new = NewConnection(actor.practice_id, actor.family_id, pet_id, entrance.clinic_id, wish.via)
        await connect_pet(uow, new)
    thread_id = await ensure_thread(uow, actor.practice_id, family_id=actor.family_id, clinic_id=entrance.clinic_id)
    await tell_of_pets(uow, actor.practice_id, actor.family_id)
    return Connected(thread_id)


async def _own_pets(uow: UnitOfWork, actor: Actor, pet_ids: list[UUID]) -> list[UUID]:
    own = await pets_of(uow, actor.practice_id, actor.family_id) if actor.family_id else []
    living = {pet.id for pet in own if pet.died_on is None}
    if not living.issuperset(pet_ids):
        raise Invalid.field("pet_ids", "names a pet that is not of your family; choose from the list")
    return list(dict.fromkeys(pet_ids))


async def _add(uow: UnitOfWork, actor: Actor, pet: FirstPet, *, path: str) -> UUID:
    draft = PetDraft(pet.name, pet.species, pet.breed, pet.born_on)
    if actor.family_id is None:
        raise NotFound
    return await add_pet(uow, draft, practice_id=actor.practice_id, family_id=actor.family_id, path=path)
