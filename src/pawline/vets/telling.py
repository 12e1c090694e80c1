"""Telling open screens that a connection was asked for or answered."""

from uuid import UUID

from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.permissions import Permission
from pawline.platform.realtime import Hub

_CONNECTIONS = '{"type":"connections"}'
_RESYNC = '{"type":"resync"}'


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
