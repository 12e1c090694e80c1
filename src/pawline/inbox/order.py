"""In which order threads stand: the latest message first, or whoever waits longest for an answer.

Before all of them stand those with an urgent conversation, and then those with one that is back from sleeping.
"""

from dataclasses import dataclass

from pawline.threads.waiting_sql import WAITS_FOR_ANSWER


@dataclass(frozen=True, slots=True)
class Order:
    """Pieces of ``queue.sql``. ``moment`` is the column that orders the rows; ``beyond`` holds for those after a cursor.

    ``since``: since when a family waits, for each thread there is; ``shown``: for the page alone, where the order is not by it.
    """

    moment: str
    since: str
    shown: str
    join: str
    by: str
    beyond: str


# The first message that no staff member has answered, in a conversation that is open.
_WAITING = f"""
        SELECT m.created_at AS waiting_since
        FROM message m
        JOIN conversation x ON x.practice_id = m.practice_id AND x.id = m.conversation_id AND x.ended_at IS NULL
        WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND {WAITS_FOR_ANSWER}
        ORDER BY m.seq LIMIT 1"""  # noqa: S608 - made of constants
UNANSWERED = f"AND EXISTS ({_WAITING})"

NEWEST = Order(
    moment="last_message_at",
    since="",
    shown=f"(SELECT w.waiting_since FROM (SELECT p.practice_id, p.id) t CROSS JOIN LATERAL ({_WAITING}) w)",  # noqa: S608 - made of constants
    join="",
    by="last_message_at DESC, id DESC",
    beyond="(t.last_message_at, t.id) < (:at, :id)",
)
LONGEST_WAITING = Order(
    moment="waiting_since",
    since=", w.waiting_since",
    shown="p.waiting_since",
    join=f"""
        CROSS JOIN LATERAL ({_WAITING}) w""",
    by="waiting_since, id",
    beyond="(w.waiting_since, t.id) > (:at, :id)",
)
