"""What owners have asked the clinics of a staff member: listed, accepted or declined."""

from uuid import UUID

import msgspec

from pawline.families.asking import AskedConnection, answer_connection, connections_asked_for
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.threads.opening import ensure_thread
from pawline.vets.telling import tell_of_connection
from pawline.vets.views import AcceptedInvitation


class NewConnections(msgspec.Struct, frozen=True):
    connections: list[AskedConnection]


async def new_connections(uow: UnitOfWork, actor: Actor) -> NewConnections:
    return NewConnections(await connections_asked_for(uow, actor.practice_id, actor.clinic_ids))


async def accept_connection(uow: UnitOfWork, actor: Actor, connection_id: UUID) -> AcceptedInvitation:
    """From now on the family can write to the clinic."""
    found = await answer_connection(uow, actor.practice_id, connection_id, clinic_ids=actor.clinic_ids, answer="accepted")
    thread_id = await ensure_thread(uow, actor.practice_id, family_id=found.family_id, clinic_id=found.clinic_id)
    await tell_of_connection(uow, actor.practice_id, found.family_id, clinic_id=found.clinic_id)
    return AcceptedInvitation(found.family_id, thread_id)


async def decline_connection(uow: UnitOfWork, actor: Actor, connection_id: UUID) -> None:
    found = await answer_connection(uow, actor.practice_id, connection_id, clinic_ids=actor.clinic_ids, answer="declined")
    await tell_of_connection(uow, actor.practice_id, found.family_id, clinic_id=found.clinic_id)
