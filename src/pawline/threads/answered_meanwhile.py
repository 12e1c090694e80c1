"""Two of the team do not answer the same question without knowing: whoever is second is asked first.

Posts in the app are checked by the statement that stores them (may_post_staff.sql); this says why one was kept back, and checks
those that have a transaction of their own.
"""

from uuid import UUID

from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict
from pawline.threads.ages import ago
from pawline.threads.drafts import MessageDraft

_ANSWER = text("""
SELECT m.author_name, m.created_at FROM message m
WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.seq > :seen_up_to AND m.kind = 'text'
    AND m.author_kind = 'staff' AND m.author_id <> :author_id AND m.deleted_at IS NULL
ORDER BY m.seq DESC LIMIT 1
""")


class AnsweredMeanwhile(Conflict):
    code = "answered_meanwhile"


async def require_unanswered(uow: UnitOfWork, author: Actor, draft: MessageDraft, *, thread_id: UUID) -> None:
    """Raises AnsweredMeanwhile: a colleague wrote what the author's screen did not show yet.

    However long ago: a reply may have waited for the network since before that.
    """
    if not (author.is_staff and draft.asks_before):
        return
    values = {"practice_id": author.practice_id, "thread_id": thread_id, "author_id": author.person_id}
    found = (await uow.execute(_ANSWER, {**values, "seen_up_to": draft.seen_up_to})).one_or_none()
    if found is not None:
        raise AnsweredMeanwhile(f"{found.author_name} answered {ago(found.created_at)}. Send yours anyway?")
