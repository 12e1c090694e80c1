"""Telling open screens that something in a schedule changed."""

from uuid import UUID

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.realtime import Hub


class ScheduleFrame(msgspec.Struct, frozen=True, tag_field="type", tag="schedule"):
    clinic_id: UUID


def schedule_changed(practice_id: UUID, clinic_id: UUID, *, family_id: UUID) -> Hint:
    return Hint("schedule", practice_id, clinic_id, detail={"family_id": str(family_id)})


class ScheduleFrames:
    """The frame says no more than where: the screen asks for what its reader may see."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("schedule", self.send)

    async def send(self, hint: Hint) -> None:
        frame = msgspec.json.encode(ScheduleFrame(hint.id)).decode()
        family_id = UUID(hint.detail["family_id"])

        def permits(actor: Actor) -> bool:
            return actor.family_id == family_id or hint.id in actor.clinic_ids

        self._hub.deliver(("clinic", hint.id), frame, permits)
        self._hub.deliver(("family", family_id), frame, permits)
