"""Who is typing, and who of the team is looking: told to others, kept nowhere."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import msgspec

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.realtime import Hub
from pawline.threads.access import is_unheard, may_see_thread
from pawline.threads.desk import Desk
from pawline.threads.queries import visible_to


@dataclass(frozen=True, slots=True)
class Activity:
    thread_id: UUID
    state: Literal["typing", "viewing", "idle"]


class ActivityFrame(msgspec.Struct, frozen=True, tag_field="type", tag="activity"):
    thread_id: UUID
    person_id: UUID
    person_name: str
    person_kind: str
    state: str


async def tell_activity(desk: Desk, actor: Actor, activity: Activity) -> None:
    """Raises NotFound for a thread the actor may not see."""
    async with desk.database.single_statements() as connection:
        thread = await visible_to(connection, actor, activity.thread_id)
    detail = {
        "clinic_id": str(thread.clinic_id),
        "family_id": str(thread.family_id),
        "person_id": str(actor.person_id),
        "name": actor.name,
        "kind": actor.kind,
        "state": activity.state,
    }
    desk.hub.publish(Hint("activity", actor.practice_id, activity.thread_id, detail=detail))


class ActivityFrames:
    """Sends what was told to those who may know: that staff look at a thread stays within the practice."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("activity", self.send)

    async def send(self, hint: Hint) -> None:
        detail = hint.detail
        person_id, clinic_id, family_id = (UUID(detail[key]) for key in ("person_id", "clinic_id", "family_id"))
        frame = msgspec.json.encode(ActivityFrame(hint.id, person_id, detail["name"], detail["kind"], detail["state"])).decode()

        def permits(actor: Actor) -> bool:
            if actor.person_id == person_id or is_unheard(actor, author_id=person_id, written_at=clock.now()):
                return False
            return may_see_thread(actor, clinic_id=clinic_id, family_id=family_id)

        self._hub.deliver(("clinic", clinic_id), frame, permits)
        if detail["kind"] == "contact" or detail["state"] == "typing":
            self._hub.deliver(("family", family_id), frame, permits)
