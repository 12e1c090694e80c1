"""Telling open screens to load a thread anew: its people or pets have changed, or it has become part of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import Hint
from pawline.platform.realtime import Hub
from pawline.threads.access import may_see_thread


class ThreadAnewFrame(msgspec.Struct, frozen=True, tag_field="type", tag="thread_anew"):
    """Under ``kept_id`` it is found from now on; that is another one after two families were made one."""

    thread_id: UUID
    kept_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """``family_ids``: of whoever has the thread now, and the former one of those who have just come in."""

    thread_id: UUID
    clinic_id: UUID
    family_ids: Sequence[UUID]


def thread_anew(practice_id: UUID, thread_id: UUID, kept: Kept) -> Hint:
    detail = {"kept_id": str(kept.thread_id), "clinic_id": str(kept.clinic_id), "family_ids": " ".join(map(str, kept.family_ids))}
    return Hint("thread_anew", practice_id, thread_id, detail=detail)


class ThreadAnewFrames:
    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        hub.on("thread_anew", self.send)

    async def send(self, hint: Hint) -> None:
        kept_id, clinic_id = (UUID(hint.detail[name]) for name in ("kept_id", "clinic_id"))
        family_ids = [UUID(each) for each in hint.detail["family_ids"].split()]
        frame = msgspec.json.encode(ThreadAnewFrame(hint.id, kept_id)).decode()

        def permits(actor: Actor) -> bool:
            return any(may_see_thread(actor, clinic_id=clinic_id, family_id=each) for each in family_ids)

        for topic in (("clinic", clinic_id), *(("family", each) for each in family_ids)):
            self._hub.deliver(topic, frame, permits)
