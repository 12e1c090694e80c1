"""Telling open screens: administrators', that there is something to look at or no more; a contact's, of a block;
and those of a clinic, for whom its chat is."""

from uuid import UUID

from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.permissions import Permission
from pawline.platform.realtime import Hub
from pawline.threads.access import visible_clinic_ids

_REPORTS = '{"type":"reports"}'
_RESYNC = '{"type":"resync"}'


def reports_changed(practice_id: UUID, clinic_id: UUID) -> Hint:
    return Hint("reports", practice_id, clinic_id)


def practice_block_changed(practice_id: UUID, contact_id: UUID, *, family_id: UUID) -> Hint:
    return Hint("practice_block", practice_id, contact_id, detail={"family_id": str(family_id)})


class ModerationFrames:
    """The frames say no more than that: the screen asks for what its reader may see."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("reports", self.send_reports)
        hub.on("practice_block", self.send_block)
        hub.on("clinic_chat", self.send_clinic_chat)

    async def send_reports(self, hint: Hint) -> None:
        self._hub.deliver(("clinic", hint.id), _REPORTS, _resolves_reports)

    async def send_block(self, hint: Hint) -> None:
        topic = ("family", UUID(hint.detail["family_id"]))
        self._hub.deliver(topic, _RESYNC, lambda actor: actor.person_id == hint.id)

    async def send_clinic_chat(self, hint: Hint) -> None:
        """To the clinic's team, for their place to write, and to all families of the practice: it seldom happens."""
        self._hub.deliver(("clinic", hint.id), _RESYNC, lambda actor: hint.id in visible_clinic_ids(actor))
        actors = self._hub.actors()
        for family_id in {actor.family_id for actor in actors if actor.practice_id == hint.practice_id and actor.family_id}:
            self._hub.deliver(("family", family_id), _RESYNC, lambda actor: actor.practice_id == hint.practice_id)


def _resolves_reports(actor: Actor) -> bool:
    return Permission.RESOLVE_REPORTS.allows(actor)
