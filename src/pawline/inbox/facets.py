"""What the queue can be narrowed to, all of it at once: pieces of queries on ``thread t`` and on a ``conversation c`` of it."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from pawline.inbox.order import UNANSWERED
from pawline.inbox.unread import UNREAD
from pawline.platform.text import require_storable


@dataclass(frozen=True, slots=True)
class Facets:
    """None and False narrow nothing. What is said of a conversation has to hold for one and the same.

    ``former_id``: who worked here and answered in it, or still stands as the one who does.
    """

    unread: bool = False
    unanswered: bool = False
    urgent: bool = False
    channel: Literal["app", "sms"] | None = None
    started_by: Literal["family", "practice"] | None = None
    species: str | None = None
    assignee_id: UUID | None = None
    label_id: UUID | None = None
    former_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """``matches``: which conversation of a thread it is about, to be shown in its row. ``sources``: see ``few_threads``."""

    condition: str
    matches: str
    sources: tuple[str, ...]
    values: dict[str, Any]


_LABELLED = """EXISTS (
    SELECT FROM conversation_label l
    WHERE l.practice_id = c.practice_id AND l.conversation_id = c.id AND l.label_id = :label_id)"""
# With the end of a conversation nobody answers it any more; of those who have left, what they wrote is left.
_FORMER = """c.id IN (
    SELECT m.conversation_id FROM message m
    WHERE m.practice_id = :practice_id AND m.author_id = :former_id AND m.kind = 'text' AND m.deleted_at IS NULL
    UNION SELECT v.id FROM conversation v WHERE v.practice_id = :practice_id AND v.assignee_id = :former_id)"""
# The kind written out, for the index of the few people of the one kind is found by it.
_STARTED = {
    starter: f"""EXISTS (
    SELECT FROM person n WHERE n.practice_id = c.practice_id AND n.id = c.opened_by_id AND n.kind = '{kind}')"""
    for starter, kind in (("family", "contact"), ("practice", "staff"))
}
_OF_THREAD = "c.practice_id = t.practice_id AND c.thread_id = t.id"
_OF_SPECIES = "s.practice_id = t.practice_id AND s.family_id = t.family_id AND lower(s.species) = lower(:species)"
_SPECIES = f"EXISTS (SELECT FROM pet s WHERE {_OF_SPECIES})"
_THREADS_OF_SPECIES = f"""
SELECT t.id FROM pet s JOIN thread t ON {_OF_SPECIES}
WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids)"""  # noqa: S608 - made of constants


def narrowing(facets: Facets, *, among_open: bool) -> Narrowing:
    """``among_open``: ended conversations do not count."""
    if facets.species is not None:
        require_storable("species", facets.species)
    of_conversation = [
        sql
        for is_wanted, sql in (
            (facets.urgent, "c.urgent_at IS NOT NULL"),
            (facets.channel, "c.channel = :channel"),
            (facets.started_by, _STARTED.get(facets.started_by or "", "")),
            (facets.assignee_id, "c.assignee_id = :assignee_id"),
            (facets.label_id, _LABELLED),
            (facets.former_id, _FORMER),
        )
        if is_wanted
    ]
    parts = [sql for is_wanted, sql in ((facets.unread, UNREAD), (facets.unanswered, UNANSWERED)) if is_wanted]
    sources: list[str] = []
    if facets.species is not None:
        parts.append(f"AND {_SPECIES}")
        sources.append(_THREADS_OF_SPECIES)
    if of_conversation:
        conditions = " AND ".join([*of_conversation, *(["c.ended_at IS NULL"] if among_open else [])])
        parts.append(f"AND EXISTS (SELECT FROM conversation c WHERE {_OF_THREAD} AND {conditions})")
        sources.append(f"SELECT c.thread_id FROM conversation c WHERE c.practice_id = :practice_id AND {conditions}")  # noqa: S608 - made of constants
    return Narrowing(" ".join(parts), " AND ".join(of_conversation) or "true", tuple(sources), _values(facets))


def _values(facets: Facets) -> dict[str, Any]:
    values = {
        "channel": facets.channel,
        "species": facets.species,
        "assignee_id": facets.assignee_id,
        "label_id": facets.label_id,
        "former_id": facets.former_id,
    }
    return {name: value for name, value in values.items() if value is not None}
