"""Telling open screens that a connection was asked for, answered or ended."""

from uuid import UUID

from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.permissions import Permission
from pawline.platform.realtime import Hub
from pawline.threads.known_pets import tell_of_pets

_CONNECTIONS = '{"type":"connections"}'
_RESYNC = '{"type":"resync"}'


async def tell_of_connection(uow: UnitOfWork, practice_id: UUID, family_id: UUID, *, clinic_id: UUID) -> None:
    """Whatever shows it: the clinic's list of new connections, the family's pets, and the threads that either has open."""
    uow.emit(asked(practice_id, clinic_id))
    uow.emit(answered(practice_id, family_id))
    await tell_of_pets(uow, practice_id, family_id)


def asked(practice_id: UUID, clinic_id: UUID) -> Hint:
    """Something in the clinic's list of new connections changed."""
    return Hint("connection_asked", practice_id, clinic_id)


def answered(practice_id: UUID, family_id: UUID) -> Hint:
    """Something about a family's own connections changed."""
    return Hint("connection_answered", practice_id, family_id)


class ConnectionFrames:
    """The frames say no more than that: the screen asks for what its reader may see."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("connection_asked", self.send_asked)
        hub.on("connection_answered", self.send_answered)

    async def send_asked(self, hint: Hint) -> None:
        self._hub.deliver(("clinic", hint.id), _CONNECTIONS, Permission.ANSWER_CONNECTIONS.allows)

    async def send_answered(self, hint: Hint) -> None:
        def is_of_family(actor: Actor) -> bool:
            return actor.family_id == hint.id

        self._hub.deliver(("family", hint.id), _RESYNC, is_of_family)
