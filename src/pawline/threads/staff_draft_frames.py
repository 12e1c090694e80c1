"""Telling a staff member's other screens that they have written on one."""

from uuid import UUID

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.realtime import Hub, topics_of


class StaffDraftFrame(msgspec.Struct, frozen=True, tag_field="type", tag="draft"):
    """Without the words: a screen that shows the thread asks for them. ``revision`` 0: there is none any more."""

    thread_id: UUID
    place: str
    revision: int


def draft_changed(actor: Actor, thread_id: UUID, *, place: str, revision: int) -> Hint:
    return Hint("draft", actor.practice_id, actor.person_id, revision, {"thread_id": str(thread_id), "place": place})


class StaffDraftFrames:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("draft", self.send)

    async def send(self, hint: Hint) -> None:
        frame = StaffDraftFrame(UUID(hint.detail["thread_id"]), hint.detail["place"], hint.after)
        encoded = msgspec.json.encode(frame).decode()

        def is_theirs(actor: Actor) -> bool:
            return (actor.practice_id, actor.person_id) == (hint.practice_id, hint.id)

        topics = {topic for actor in self._hub.actors() if is_theirs(actor) for topic in topics_of(actor)[:1]}
        for topic in topics:
            self._hub.deliver(topic, encoded, is_theirs)
