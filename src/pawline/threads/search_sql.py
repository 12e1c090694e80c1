"""Ways to the newest messages with certain words: they find the same; which is soonest depends on the words and on who asks."""

from functools import lru_cache, reduce
from typing import Literal

from sqlalchemy import TextClause, text

# "few": by the index, if not more than ``RARE`` messages have the words: those are sorted by date in no time. "latest": by
# reading back a while from the newest message. "latest_seen": the same, but of messages in other people's threads no more than
# an entry of the index is read. "many": by the index, however many. "own_threads": by reading all one may see.
Way = Literal["few", "latest", "latest_seen", "many", "own_threads"]

RARE = 3_000
# Expected no more often than this, the index is asked first.
VERY_RARE = 1_000

_FILE_MATCHES = """EXISTS (
    SELECT FROM attachment a
    WHERE a.practice_id = m.practice_id AND a.message_id = m.id AND a.words @@ CAST(:file_query AS tsquery))"""
_MATCHES = f"(m.words @@ CAST(:query AS tsquery) OR m.has_attachments AND {_FILE_MATCHES})"
# Thousands of rows may be kept until they are sorted: without what is only looked for.
_SHOWN = """m.practice_id, m.id, m.thread_id, m.conversation_id, m.seq, m.created_at, m.author_id, m.author_name, m.author_kind,
            m.kind, m.channel, m.body, m.has_attachments, m.deleted_at"""
_ALL = f"""
        SELECT {_SHOWN} FROM message m
        WHERE m.practice_id = :practice_id AND m.words @@ CAST(:query AS tsquery) {{inner}}
        UNION ALL
        SELECT {_SHOWN} FROM message m
        WHERE m.practice_id = :practice_id AND (m.words @@ CAST(:query AS tsquery)) IS NOT TRUE {{inner}} AND m.id IN (
            SELECT a.message_id FROM attachment a
            WHERE a.practice_id = :practice_id AND a.words @@ CAST(:file_query AS tsquery))"""  # noqa: S608 - made of constants
_FOUND: dict[Way, str] = {
    "latest": """
        SELECT * FROM (
            SELECT m.* FROM message m
            WHERE m.practice_id = :practice_id {inner}
            ORDER BY m.created_at DESC, m.id DESC
            LIMIT :window) m
        WHERE {matches}""",
    # One row after the other, in the order of the index, until the page is full: nothing here can be joined in another way.
    "latest_seen": f"""
        SELECT m.* FROM (
            SELECT m.practice_id, m.id, m.thread_id, m.created_at FROM message m
            WHERE m.practice_id = :practice_id {{inner}}
            ORDER BY m.created_at DESC, m.id DESC
            LIMIT :window) k
        CROSS JOIN LATERAL (
            SELECT FROM thread t WHERE t.practice_id = k.practice_id AND t.id = k.thread_id AND {{visible}} LIMIT 1) t
        CROSS JOIN LATERAL (
            SELECT {_SHOWN} FROM message m
            WHERE m.practice_id = k.practice_id AND m.id = k.id AND {{matches}} AND {{shown}} LIMIT 1) m
        ORDER BY k.created_at DESC, k.id DESC
        LIMIT :limit""",  # noqa: S608 - made of constants
    "few": f"SELECT * FROM ({_ALL}) m LIMIT :rare + 1",  # noqa: S608 - made of constants
    "many": _ALL,
    # Nothing that has an index may be asked of the words here: the threads come first.
    "own_threads": """
        SELECT m.* FROM (SELECT t.id FROM thread t WHERE t.practice_id = :practice_id AND {visible} OFFSET 0) s
        JOIN message m ON m.practice_id = :practice_id AND m.thread_id = s.id
        WHERE ({matches}) IS TRUE {inner}""",
}
# A row of nulls when there is nothing to show: how many were found is told in any case.
_PAGE = """
WITH found AS ({found})
SELECT k.found_count, p.*
FROM (SELECT {found_count} AS found_count) k
LEFT JOIN LATERAL (
    SELECT m.id, m.thread_id, m.seq, m.created_at, m.author_name, m.author_kind, m.kind, m.channel, m.body,
        c.title AS conversation_title, f.name AS family_name, m.clinic_id, CASE WHEN m.has_attachments THEN (
            SELECT json_agg(a.file_name ORDER BY a.position) FROM attachment a
            WHERE a.practice_id = m.practice_id AND a.message_id = m.id AND a.words @@ CAST(:file_query AS tsquery)) END AS files
    FROM (
        SELECT m.*, t.clinic_id, t.family_id FROM found m
        JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
        WHERE {visible} AND {shown}
        ORDER BY m.created_at DESC, m.id DESC
        LIMIT :limit) m
    JOIN conversation c ON c.practice_id = m.practice_id AND c.id = m.conversation_id
    JOIN family f ON f.practice_id = m.practice_id AND f.id = m.family_id) p ON true
ORDER BY p.created_at DESC, p.id DESC
"""


# What the planner would reckon with; it looks into its statistics only.
EXPECTED = text("""
EXPLAIN (FORMAT JSON) SELECT FROM message m WHERE m.practice_id = :practice_id AND m.words @@ CAST(:query AS tsquery)
""")


@lru_cache(maxsize=256)
def build_page(way: Way, *, visible: str, heard: str, inner: str, filters: str) -> TextClause:
    """``visible`` is a condition on ``thread t``; ``inner``, where to look, and ``filters``, what to show, on ``message m``."""
    pieces = {
        "{found}": _FOUND[way],
        "{found_count}": "(SELECT count(*) FROM found)" if way == "few" else "0",  # to count them, all have to be found
        "{matches}": _MATCHES,
        "{shown}": "m.kind = ANY(:kinds) AND m.deleted_at IS NULL {heard} {filters}",
        "{visible}": visible,
        "{heard}": heard,
        "{inner}": inner,
        "{filters}": filters,
    }
    return text(reduce(lambda page, piece: page.replace(*piece), pieces.items(), _PAGE))
