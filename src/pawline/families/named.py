"""Families by the beginnings of words in their own names and those of their contacts and pets: the one rule of such searches."""

from typing import Any
from uuid import UUID

from pawline.platform.text import require_storable
from pawline.platform.word_index import FAMILY, to_tsquery, words_in

# One of the words; ``{word}`` is the value with its query.
_ONE_WORD = """
    SELECT y.id FROM family y WHERE y.practice_id = :practice_id AND y.words @@ CAST(:{word} AS tsquery)
    UNION SELECT c.family_id FROM person n JOIN contact c ON c.practice_id = n.practice_id AND c.id = n.id
        WHERE n.practice_id = :practice_id AND n.words @@ CAST(:{word} AS tsquery)
    UNION SELECT a.family_id FROM pet a WHERE a.practice_id = :practice_id AND a.words @@ CAST(:{word} AS tsquery)"""
_BY_EMAIL = """
    UNION SELECT c.family_id FROM contact c
        WHERE c.practice_id = :practice_id AND c.email_words @@ CAST(:{word} AS tsquery)"""
# OFFSET keeps PostgreSQL from collecting all that have the word first.
_HAS_WORD = """(
    EXISTS (SELECT FROM family y
        WHERE y.practice_id = :practice_id AND y.id = t.family_id AND y.words @@ CAST(:{word} AS tsquery) OFFSET 0)
    OR EXISTS (SELECT FROM contact c JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
        WHERE c.practice_id = :practice_id AND c.family_id = t.family_id
            AND (n.words @@ CAST(:{word} AS tsquery) OR c.email_words @@ CAST(:{word} AS tsquery)) OFFSET 0)
    OR EXISTS (SELECT FROM pet a
        WHERE a.practice_id = :practice_id AND a.family_id = t.family_id AND a.words @@ CAST(:{word} AS tsquery) OFFSET 0))"""


def sql_families_named(practice_id: UUID, field: str, query: str, *, with_email: bool = False) -> tuple[str, dict[str, Any]]:
    """A query on the ids of the families that have every word typed, though not all in one name, and its values.

    None at all for a query without a word in it.
    """
    words = _words(field, query)
    one = _ONE_WORD + _BY_EMAIL if with_email else _ONE_WORD
    queries = [f"({one.replace('{word}', f'word_{place}')})" for place in range(len(words))]
    values = {f"word_{place}": to_tsquery(practice_id, [word]) for place, word in enumerate(words)}
    return " INTERSECT ".join(queries) or "SELECT CAST(NULL AS uuid) WHERE false", values


def sql_is_named(field: str, query: str) -> str:
    """The same with e-mail addresses, as a condition on ``t.family_id``, where only some families come into question."""
    words = _words(field, query)
    return " AND ".join(_HAS_WORD.replace("{word}", f"word_{place}") for place in range(len(words))) or "false"


def _words(field: str, query: str) -> list[str]:
    """Half of all families are called "… family", so that this is nothing to tell them by; but people type it."""
    require_storable(field, query)
    words = words_in(query)
    return [word for word in words if not FAMILY.startswith(word)] or words
