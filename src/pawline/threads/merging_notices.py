"""Up to where people were told of two threads that become one. Other features keep it, which know of threads: their tables are
named here.

Whoever was told of both has one mark afterwards, and it stands before the first message that they were not told of: rather is
something told twice than never. Who was told of one alone was not meant by the other, and goes on from their mark.
"""

from uuid import UUID

from sqlalchemy import TextClause, text

from pawline.platform.db import UnitOfWork

_ORDERED = """
WITH ordered AS (
    SELECT row_number() OVER (ORDER BY m.created_at, m.thread_id, m.seq) AS place, m.seq, m.thread_id
    FROM message m WHERE m.practice_id = :practice_id AND m.thread_id IN (:source, :target)
)"""
# Rows are changed and not made anew: a worker may be sending one of them. On their way to the new numbers they stand far above,
# where none is in another's way. An e-mail that waits tells of the gap as well; of those sent, none stands behind it.
_PLACE = """{ordered},
placed AS (
    SELECT n.id, n.{person} AS person_id, n.thread_id, f.place AS first, u.place AS up_to,
        n.state IN ('queued', 'sending') AS is_waiting,
        row_number() OVER (PARTITION BY n.{person}, n.thread_id ORDER BY n.first_seq DESC) = 1 AS is_last
    FROM {table} n
    JOIN ordered f ON f.thread_id = n.thread_id AND f.seq = n.first_seq
    JOIN ordered u ON u.thread_id = n.thread_id AND u.seq = n.up_to_seq
    WHERE n.practice_id = :practice_id AND n.thread_id IN (:source, :target)
),
gap AS (
    SELECT l.person_id, min(o.place) AS place, max(l.up_to) AS told_up_to,
        bool_or(l.is_waiting) AS is_waiting, max(l.first) FILTER (WHERE l.is_waiting) AS waiting
    FROM placed l
    LEFT JOIN ordered o ON o.thread_id = l.thread_id AND o.place > l.up_to
    WHERE l.is_last
    GROUP BY l.person_id
    HAVING count(DISTINCT l.thread_id) = 2 AND min(o.place) < max(l.up_to)
),
gone AS (
    DELETE FROM {table} n USING placed p JOIN gap g ON g.person_id = p.person_id
    WHERE n.practice_id = :practice_id AND n.id = p.id AND NOT g.is_waiting AND p.first > g.place
)
UPDATE {table} n
SET thread_id = :target,
    first_seq = :far + CASE WHEN p.first = g.waiting THEN least(p.first, g.place) ELSE p.first END,
    up_to_seq = :far + CASE WHEN p.first = g.waiting THEN g.told_up_to
        WHEN NOT g.is_waiting AND p.up_to > g.place THEN g.place - 1 ELSE p.up_to END
FROM placed p LEFT JOIN gap g ON g.person_id = p.person_id
WHERE n.practice_id = :practice_id AND n.id = p.id AND NOT coalesce(NOT g.is_waiting AND p.first > g.place, false)
"""
_LAND = """
UPDATE {table} SET first_seq = first_seq - :far, up_to_seq = up_to_seq - :far
WHERE practice_id = :practice_id AND thread_id = :target AND first_seq > :far
"""
_MARKS = text(f"""{_ORDERED},
placed AS (
    SELECT d.subscription_id, d.thread_id, coalesce(max(o.place), 0) AS up_to
    FROM push_told d LEFT JOIN ordered o ON o.thread_id = d.thread_id AND o.seq <= d.up_to_seq
    WHERE d.practice_id = :practice_id AND d.thread_id IN (:source, :target)
    GROUP BY d.subscription_id, d.thread_id
)
SELECT p.subscription_id, coalesce(least(max(p.up_to), min((
    SELECT min(o.place) - 1 FROM ordered o WHERE o.thread_id = p.thread_id AND o.place > p.up_to))), 0) AS up_to_seq
FROM placed p GROUP BY p.subscription_id
""")  # noqa: S608 - made of constants
_FORGET = text("DELETE FROM push_told WHERE practice_id = :practice_id AND thread_id IN (:source, :target)")
_KEEP = text("""
INSERT INTO push_told (practice_id, subscription_id, thread_id, up_to_seq)
VALUES (:practice_id, :subscription_id, :target, :up_to_seq)
""")
_FAR = 1 << 40


def _statements(table: str, person: str) -> tuple[TextClause, TextClause]:
    return text(_PLACE.format(ordered=_ORDERED, table=table, person=person)), text(_LAND.format(table=table))


_NOTICES = (_statements("unread_notice", "contact_id"), _statements("staff_notice", "staff_id"))


async def place_notices(uow: UnitOfWork, practice_id: UUID, *, source: UUID, target: UUID) -> None:
    """Before the messages are moved: by their new numbers."""
    values = {"practice_id": practice_id, "source": source, "target": target}
    for place, land in _NOTICES:
        await uow.execute(place, {**values, "far": _FAR})
        await uow.execute(land, {"practice_id": practice_id, "target": target, "far": _FAR})
    marks = [dict(row) for row in (await uow.execute(_MARKS, values)).mappings()]
    await uow.execute(_FORGET, values)
    if marks:
        await uow.execute(_KEEP, [{"practice_id": practice_id, "target": target, **mark} for mark in marks])
