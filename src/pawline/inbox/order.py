"""In which order threads stand: the latest message first, or whoever waits longest for an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """Pieces of ``queue.sql``. ``moment`` is the column that orders the rows; ``beyond`` holds for those after a cursor."""

    moment: str
    since: str
    join: str
    by: str
    beyond: str


NEWEST = Order(
    moment="last_message_at",
    since="CAST(NULL AS timestamptz)",
    join="",
    by="last_message_at DESC, id DESC",
    beyond="AND (t.last_message_at, t.id) < (:at, :id)",
)
# Since the first message that no staff member has answered, in a conversation that is open. Automatic replies are no answer.
LONGEST_WAITING = Order(
    moment="waiting_since",
    since="w.waiting_since",
    join="""
    CROSS JOIN LATERAL (
        SELECT m.created_at AS waiting_since
        FROM message m
        JOIN conversation x ON x.practice_id = m.practice_id AND x.id = m.conversation_id AND x.ended_at IS NULL
        WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.kind = 'text' AND m.author_kind = 'contact'
            AND m.deleted_at IS NULL AND m.seq > coalesce((
                SELECT s.seq FROM message s
                WHERE s.practice_id = t.practice_id AND s.thread_id = t.id AND s.kind = 'text' AND s.author_kind = 'staff'
                ORDER BY s.seq DESC LIMIT 1), 0)
        ORDER BY m.seq LIMIT 1) w""",
    by="waiting_since, id",
    beyond="AND (w.waiting_since, t.id) > (:at, :id)",
)
