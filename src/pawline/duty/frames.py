"""Telling a staff member's other screens that their duty has changed."""

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.realtime import Hub, topics_of


class DutyFrame(msgspec.Struct, frozen=True, tag_field="type", tag="duty"):
    """Says only that it has: the screen asks."""


class DutyFrames:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("duty", self.send)

    async def send(self, hint: Hint) -> None:
        frame = msgspec.json.encode(DutyFrame()).decode()

        def is_theirs(actor: Actor) -> bool:
            return (actor.practice_id, actor.person_id) == (hint.practice_id, hint.id)

        topics = {topic for actor in self._hub.actors() if is_theirs(actor) for topic in topics_of(actor)[:1]}
        for topic in topics:
            self._hub.deliver(topic, frame, is_theirs)
