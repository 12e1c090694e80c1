"""Conversations that sleep while their threads become one: they sleep on, unless one of the two wants to be looked at."""

from uuid import UUID

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.threads.triage_sql import WOKEN

# Of two open conversations one goes on. The later time counts, but not against the other one: woken by the family or by its
# time, or awake with something to do. ``snoozed_seq`` may then be the latest: nothing up to there is news.
_INHERIT = text(f"""
WITH pair AS (
    SELECT x.id, x.snoozed_until, x.snoozed_by_id, x.back_at, x.snoozed_until <= :now AS is_due,
        CASE WHEN x.snoozed_until IS NOT NULL THEN x.snoozed_until <= :now OR {WOKEN}
            ELSE x.urgent_at IS NOT NULL OR x.back_at IS NOT NULL OR coalesce((
                SELECT w.author_kind = 'contact' FROM message w
                WHERE w.practice_id = x.practice_id AND w.conversation_id = x.id AND w.kind = 'text' AND w.deleted_at IS NULL
                ORDER BY w.seq DESC LIMIT 1), false)
        END AS is_wanted
    FROM conversation x
    WHERE x.practice_id = :practice_id AND x.id IN (:source_id, :target_id)
), asleep AS (
    SELECT b.snoozed_until, b.snoozed_by_id FROM pair b
    WHERE b.snoozed_until IS NOT NULL AND NOT EXISTS (SELECT FROM pair w WHERE w.is_wanted)
    ORDER BY b.snoozed_until DESC LIMIT 1
)
UPDATE conversation t
SET snoozed_until = (SELECT a.snoozed_until FROM asleep a), snoozed_by_id = (SELECT a.snoozed_by_id FROM asleep a),
    snoozed_seq = (
        SELECT h.last_seq FROM asleep a JOIN thread h ON h.practice_id = :practice_id AND h.id = t.thread_id),
    back_at = (SELECT max(CASE WHEN b.is_due THEN CAST(:now AS timestamptz) ELSE b.back_at END) FROM pair b)
WHERE t.practice_id = :practice_id AND t.id = :target_id
""")  # noqa: S608 - made of constants
_RENUMBER = text("""
WITH ordered AS (
    SELECT row_number() OVER (ORDER BY m.created_at, m.thread_id, m.seq) AS place, m.seq, m.thread_id
    FROM message m WHERE m.practice_id = :practice_id AND m.thread_id IN (:source, :target)
)
UPDATE conversation c
SET snoozed_seq = coalesce((SELECT max(o.place) FROM ordered o WHERE o.thread_id = c.thread_id AND o.seq <= c.snoozed_seq), 0)
WHERE c.practice_id = :practice_id AND c.thread_id IN (:source, :target) AND c.snoozed_seq IS NOT NULL
""")


async def inherit_sleep(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID) -> None:
    """Of two open conversations; before anything of their threads is moved."""
    now = clock.now()
    await uow.execute(_INHERIT, {"practice_id": practice_id, "source_id": source_id, "target_id": target_id, "now": now})


async def renumber_sleep(uow: UnitOfWork, practice_id: UUID, *, source: UUID, target: UUID) -> None:
    """From when on the family wakes them, by the numbers of the thread to come; before its messages are moved."""
    await uow.execute(_RENUMBER, {"practice_id": practice_id, "source": source, "target": target})
