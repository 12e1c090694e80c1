"""The pet owner's first screen: pets, the clinics that treat them, and what is unread."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from pawline.families.connections import FamilyConnection, connections_of
from pawline.families.service import pets_of
from pawline.families.views import PetView
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.practices.service import clinic_views
from pawline.practices.views import ClinicView
from pawline.threads.access import visible_threads
from pawline.threads.desk import Desk
from pawline.threads.latest import latest_messages
from pawline.threads.models import Thread
from pawline.threads.queries import unread_of
from pawline.threads.turned_away import clinics_closed_to, clinics_switched_off, has_chat_disabled, is_turned_away
from pawline.threads.views import MessageView, UnreadMessage


class PetConnection(msgspec.Struct, frozen=True):
    """``thread_id`` is there once the clinic has accepted, and stays after the end, to read what was written."""

    clinic: ClinicView
    state: str
    thread_id: UUID | None


class OwnPet(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    species: str
    breed: str
    born_on: date | None
    died_on: date | None
    weight_grams: int | None
    portrait: str | None
    threads: list[PetConnection]


class OwnThread(msgspec.Struct, frozen=True):
    thread_id: UUID
    clinic: ClinicView
    revision: int
    last_seq: int
    last_message_at: datetime
    last_message: MessageView | None
    unread: list[UnreadMessage]


class OwnPets(msgspec.Struct, frozen=True):
    """A pet's badge: unread messages tagged with it, untagged ones on an only pet; the rest counts on the thread.

    ``is_turned_away``: the practice has blocked this person; ``is_chat_disabled``: it has switched chat off for them;
    ``closed_clinic_ids``: clinics whose chat is for chosen contacts, and this person is none of them;
    ``silent_clinic_ids``: those whose chat is switched off. In each case no messages from them are taken in the app.
    """

    pets: list[OwnPet]
    threads: list[OwnThread]
    is_turned_away: bool
    is_chat_disabled: bool
    closed_clinic_ids: list[UUID]
    silent_clinic_ids: list[UUID]


async def own_pets(desk: Desk, actor: Actor, family_id: UUID) -> OwnPets:
    async with desk.database.transaction() as uow:
        clinics = {clinic.id: clinic for clinic in await clinic_views(uow, actor.practice_id)}
        threads = (await uow.execute(select(Thread.__table__).where(visible_threads(actor)).order_by(Thread.created_at))).all()
        thread_ids = {thread.clinic_id: thread.id for thread in threads}
        connections = await connections_of(uow, actor.practice_id, family_id)
        return OwnPets(
            pets=[
                _own_pet(pet, connections, clinics=clinics, thread_ids=thread_ids)
                for pet in await pets_of(uow, actor.practice_id, family_id)
            ],
            threads=await _own_threads(uow, desk, actor, threads=threads, clinics=clinics),
            is_turned_away=await is_turned_away(uow, actor),
            is_chat_disabled=await has_chat_disabled(uow, actor),
            closed_clinic_ids=await clinics_closed_to(uow, actor),
            silent_clinic_ids=await clinics_switched_off(uow, actor),
        )


def _own_pet(
    pet: PetView, connections: list[FamilyConnection], *, clinics: dict[UUID, ClinicView], thread_ids: dict[UUID, UUID]
) -> OwnPet:
    own = [
        PetConnection(clinics[each.clinic_id], each.state, thread_ids.get(each.clinic_id) if each.was_treated else None)
        for each in connections
        if each.pet_id == pet.id
    ]
    return OwnPet(**msgspec.structs.asdict(pet), threads=own)


async def _own_threads(
    uow: UnitOfWork, desk: Desk, actor: Actor, *, threads: Any, clinics: dict[UUID, ClinicView]
) -> list[OwnThread]:
    latest = await latest_messages(uow.connection, desk.links, actor, thread_ids=[thread.id for thread in threads])
    return [
        OwnThread(
            thread_id=thread.id,
            clinic=clinics[thread.clinic_id],
            revision=thread.revision,
            last_seq=thread.last_seq,
            last_message_at=thread.last_message_at,
            last_message=latest.get(thread.id),
            unread=await unread_of(uow.connection, actor, thread),
        )
        for thread in threads
    ]
