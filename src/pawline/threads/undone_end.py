"""Taking back that one has just ended a conversation: it stands as before, with whoever answered it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text, update

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.reach.service import hold_colleague_at, restore_grant
from pawline.threads.models import Conversation

# Later on it is not taken back but started again: by then what was set down with it has had its time.
_UNDONE_WITHIN = timedelta(minutes=10)
# The last act, as far as it still stood when the conversation ended. Through a merge it came from a conversation that ended
# there: by whom and when it was done came along, its revision did not.
_LAST = text("""
SELECT h.to_staff_id, h.to_clinic_id, h.to_role FROM hand_off h
JOIN conversation s ON s.practice_id = h.practice_id AND s.id = h.conversation_id
JOIN conversation c ON c.practice_id = h.practice_id AND c.thread_id = s.thread_id
    AND c.assigned_by_id = h.by_id AND c.assigned_at = h.at
WHERE c.practice_id = :practice_id AND c.id = :conversation_id
ORDER BY (h.conversation_id = c.id) DESC, h.revision DESC
LIMIT 1
""")


def is_just_ended_by(actor: Actor, conversation: Any) -> bool:
    return conversation.ended_by_id == actor.person_id and clock.now() - conversation.ended_at < _UNDONE_WITHIN


async def answer_as_before(uow: UnitOfWork, thread: Any, conversation: Any) -> None:
    """Nobody answers it where whoever did so works at the clinic no more. Basic staff see no more than before the end."""
    place = {"practice_id": conversation.practice_id, "conversation_id": conversation.id}
    last = (await uow.execute(_LAST, place)).one_or_none()
    if last is None:
        return
    if last.to_staff_id is not None:
        if not await hold_colleague_at(uow, thread.practice_id, last.to_staff_id, clinic_id=thread.clinic_id):
            return
        lost = {"staff_id": last.to_staff_id, "lost_at": conversation.ended_at}
        await restore_grant(uow, thread.practice_id, thread.id, **lost)
    changed = update(Conversation).where(Conversation.practice_id == conversation.practice_id, Conversation.id == conversation.id)
    values = {"assignee_id": last.to_staff_id, "handed_clinic_id": last.to_clinic_id, "handed_role": last.to_role}
    await uow.execute(changed.values(**values))
