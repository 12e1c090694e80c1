"""Telling open screens of the team that the practice's labels changed."""

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.realtime import Hub


class LabelFrame(msgspec.Struct, frozen=True, tag_field="type", tag="labels"):
    """Says only that they did: the screen asks for the list."""


class LabelFrames:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("labels", self.send)

    async def send(self, hint: Hint) -> None:
        frame = msgspec.json.encode(LabelFrame()).decode()
        clinic_ids = {clinic_id for actor in self._hub.actors() if _is_told(actor, hint) for clinic_id in actor.clinic_ids}
        for clinic_id in clinic_ids:
            self._hub.deliver(("clinic", clinic_id), frame, lambda actor: _is_told(actor, hint))


def _is_told(actor: Actor, hint: Hint) -> bool:
    return actor.is_staff and actor.practice_id == hint.practice_id
