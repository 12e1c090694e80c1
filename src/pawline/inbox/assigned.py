"""Which threads of the queue are mine, and which were handed to me and wait to be taken: pieces of queries on ``thread t``."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform.actor import Actor

MOST_COUNTED = 100
MINE = """AND t.id IN (
    SELECT x.thread_id FROM conversation x
    WHERE x.practice_id = :practice_id AND x.assignee_id = :person_id AND x.ended_at IS NULL)"""
# To me by a colleague, and not taken yet; or to all of the clinic or of my role, by anybody but me.
HANDED_TO_ME = """AND t.id IN (
    SELECT x.thread_id FROM conversation x
    WHERE x.practice_id = :practice_id AND x.assignee_id = :person_id AND x.assigned_by_id <> :person_id AND x.ended_at IS NULL
    UNION SELECT x.thread_id FROM conversation x
    WHERE x.practice_id = :practice_id AND x.ended_at IS NULL AND num_nonnulls(x.handed_clinic_id, x.handed_role) > 0
        AND (x.handed_clinic_id = t.clinic_id OR x.handed_role = :role) AND x.assigned_by_id <> :person_id)"""
_COUNTS = text(
    """
SELECT
    (SELECT count(*) FROM (
        SELECT FROM thread t
        WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {mine} LIMIT :most) a) AS mine,
    (SELECT count(*) FROM (
        SELECT FROM thread t
        WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {handed} LIMIT :most) b) AS handed_to_me
""".replace("{mine}", MINE).replace("{handed}", HANDED_TO_ME)
)


async def count_assigned(connection: AsyncConnection, actor: Actor, *, clinic_ids: list[Any]) -> tuple[int, int]:
    """How many threads are mine, and how many were handed to me; at most MOST_COUNTED each."""
    who = {"practice_id": actor.practice_id, "person_id": actor.person_id, "role": actor.role, "clinic_ids": clinic_ids}
    row = (await connection.execute(_COUNTS, {**who, "most": MOST_COUNTED})).one()
    return row.mine, row.handed_to_me
