"""Giving back to the queue what somebody answers who cannot go on with it: they left, or see the thread no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.inbox.hand_off_acts import Act, carry_out
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict
from pawline.threads.assigning import NOBODY, HeldConversation, conversation_view
from pawline.threads.entries import lock_thread

_ANSWERED = text("""
SELECT c.id, c.thread_id FROM conversation c
JOIN thread t ON t.practice_id = c.practice_id AND t.id = c.thread_id
WHERE c.practice_id = :practice_id AND c.assignee_id = :staff_id AND c.ended_at IS NULL
    AND t.clinic_id <> ALL(CAST(:kept_clinic_ids AS uuid[]))
ORDER BY c.thread_id, c.id
""")


@dataclass(frozen=True, slots=True)
class Ceasing:
    """Whose conversations: all but those of ``kept_clinic_ids``, where they go on."""

    practice_id: UUID
    staff_id: UUID
    kept_clinic_ids: Sequence[UUID] = ()

    def values(self) -> dict[str, Any]:
        kept = list(self.kept_clinic_ids)
        return {"practice_id": self.practice_id, "staff_id": self.staff_id, "kept_clinic_ids": kept}


async def hold_conversations_of(
    uow: UnitOfWork, ceasing: Ceasing, *, with_threads: Iterable[UUID] = ()
) -> list[HeldConversation]:
    """The open ones that they answer. ``with_threads``: what else the caller needs held, as all are locked in one order.

    To be asked for before the row of the staff member is changed: a hand-off holds first the thread and then that row.
    """
    rows = (await uow.execute(_ANSWERED, ceasing.values())).all()
    thread_ids = sorted({row.thread_id for row in rows}.union(with_threads))
    threads = {thread_id: await lock_thread(uow, ceasing.practice_id, thread_id) for thread_id in thread_ids}
    views = [(threads[row.thread_id], await conversation_view(uow, threads[row.thread_id], row.id)) for row in rows]
    held = [HeldConversation(thread, view) for thread, view in views]
    return [each for each in held if each.assignee_id == ceasing.staff_id]


async def return_to_queue(uow: UnitOfWork, actor: Actor, ceasing: Ceasing, *, held: Sequence[HeldConversation], why: str) -> None:
    """After the staff member's row was changed. The team reads ``why``.

    Raises:
        Conflict: a colleague handed them another one at this moment.
    """
    for each in held:
        act = Act("given_back", NOBODY, f"{why}, so this conversation is back in the queue")
        await carry_out(uow, actor, each, act=act)
    if (await uow.execute(_ANSWERED, ceasing.values())).first() is not None:
        raise Conflict("A colleague handed them a conversation at this moment. Please try again.")
