"""Which threads of the queue are mine, were handed to me or have a note that calls me: pieces of queries on ``thread t``."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.threads.triage_sql import ALL_ASLEEP

MOST_COUNTED = 100
MINE = """AND t.id IN (
    SELECT x.thread_id FROM conversation x
    WHERE x.practice_id = :practice_id AND x.assignee_id = :person_id AND x.ended_at IS NULL)"""
# To me by a colleague, and not taken yet; or to all of the clinic or of my role, by anybody but me. Of the few that are handed
# to anybody: nothing in it depends on ``t``, so that it is asked once and not for each thread.
HANDED_TO_ME = """AND t.id IN (
    SELECT x.thread_id FROM conversation x
    WHERE x.practice_id = :practice_id AND x.assignee_id = :person_id AND x.assigned_by_id <> :person_id AND x.ended_at IS NULL
    UNION SELECT x.thread_id FROM conversation x JOIN thread h ON h.practice_id = x.practice_id AND h.id = x.thread_id
    WHERE x.practice_id = :practice_id AND x.ended_at IS NULL AND num_nonnulls(x.handed_clinic_id, x.handed_role) > 0
        AND (x.handed_clinic_id = h.clinic_id OR x.handed_role = :role) AND x.assigned_by_id <> :person_id)"""
# A note that was deleted calls nobody.
MENTIONS = """AND t.id IN (
    SELECT m.thread_id FROM mention x JOIN message m ON m.practice_id = x.practice_id AND m.id = x.message_id
    WHERE x.practice_id = :practice_id AND x.staff_id = :person_id AND m.deleted_at IS NULL)"""
_UNSEEN = MENTIONS.replace("m.deleted_at IS NULL", "m.deleted_at IS NULL AND x.seen_at IS NULL")
# Where ``asleep`` lists the threads all of whose open conversations sleep.
AWAKE = "AND t.id NOT IN (SELECT s.thread_id FROM asleep s)"
_COUNTS = text(
    """
WITH asleep AS MATERIALIZED (
    {asleep}
)
SELECT
    (SELECT count(*) FROM (
        SELECT FROM thread t
        WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {mine} {awake} LIMIT :most) a) AS mine,
    (SELECT count(*) FROM (
        SELECT FROM thread t
        WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {handed} {awake} LIMIT :most) b) AS handed_to_me,
    (SELECT count(*) FROM (
        SELECT FROM thread t JOIN asleep s ON s.thread_id = t.id
        WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) LIMIT :most) d) AS snoozed,
    (SELECT count(*) FROM (
        SELECT FROM thread t
        WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {unseen} LIMIT :most) c) AS mentions
""".replace("{asleep}", ALL_ASLEEP)
    .replace("{awake}", AWAKE)
    .replace("{mine}", MINE)
    .replace("{handed}", HANDED_TO_ME)
    .replace("{unseen}", _UNSEEN)
)


async def count_assigned(connection: AsyncConnection, actor: Actor, *, clinic_ids: list[Any]) -> tuple[int, int, int, int]:
    """How many threads are mine, were handed to me, have a note for me that I have not seen, sleep; at most MOST_COUNTED each."""
    who = {"practice_id": actor.practice_id, "person_id": actor.person_id, "role": actor.role, "clinic_ids": clinic_ids}
    row = (await connection.execute(_COUNTS, {**who, "most": MOST_COUNTED, "now": clock.now()})).one()
    return row.mine, row.handed_to_me, row.mentions, row.snoozed
