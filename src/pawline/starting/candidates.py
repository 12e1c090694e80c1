"""With whom a conversation can be started: in the app by name, by text by last name."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.families.chat import SQL_OBSTACLES, read_obstacles
from pawline.families.named import sql_families_named
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.platform.phone_numbers import ABROAD, format_for_people, is_textable
from pawline.platform.text import sql_folded, word_beginnings
from pawline.starting.views import Candidate, ChatCandidates, TextCandidate, TextCandidates
from pawline.threads.access import visible_clinic_ids


@dataclass(frozen=True, slots=True)
class CandidateRequest:
    """``query``: beginnings of words, accents aside; ``cursor`` is the ``next_cursor`` of the page before."""

    clinic_id: UUID
    query: str = ""
    cursor: str | None = None
    limit: int = 25


class _Place(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Where a page ends: what its list is ordered by."""

    is_unavailable: bool
    name: str
    contact_id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class _Way:
    """``words``: what is searched, folded; it takes the place of ``{words}`` in the statement."""

    statement: str
    words: str


_START = _Place(False, "", UUID(int=0), "")
# Half of all families are called "… family"; nobody types that to find one of them.
_FAMILY = r"regexp_replace(y.name, '\mfamily\M', '', 'gi')"
_PETS = "(SELECT string_agg(a.name, ' ') FROM pet a WHERE a.practice_id = c.practice_id AND a.family_id = c.family_id)"
_BY_NAME = sql_folded(f"concat_ws(' ', p.name, {_FAMILY}, {_PETS})")
_LAST_NAME = "CASE WHEN p.name LIKE '% %' THEN substr(p.name, strpos(p.name, ' ') + 1) ELSE p.name END"
_BY_LAST_NAME = sql_folded(f"concat_ws(' ', {_LAST_NAME}, {_FAMILY})")
_SHOWN = """
    (SELECT t.id FROM thread t WHERE t.practice_id = f.practice_id AND t.family_id = f.family_id AND t.clinic_id = :clinic_id
    ) AS thread_id,
    ARRAY(SELECT a.name FROM pet a WHERE a.practice_id = f.practice_id AND a.family_id = f.family_id AND a.died_on IS NULL
          ORDER BY a.created_at, a.name) AS pets"""
_CHAT = f"""
WITH found AS (
    SELECT c.practice_id, c.id AS contact_id, p.name, c.family_id, y.name AS family_name, {SQL_OBSTACLES} AS chat_obstacles
    FROM contact c
    JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
    JOIN family y ON y.practice_id = c.practice_id AND y.id = c.family_id
    JOIN clinic k ON k.practice_id = c.practice_id AND k.id = :clinic_id
    WHERE c.practice_id = :practice_id AND c.family_id IN (
        SELECT n.family_id FROM connection n
        WHERE n.practice_id = :practice_id AND n.clinic_id = :clinic_id AND n.state = 'accepted') {{words}}
)
SELECT f.*, {_SHOWN}
FROM found f
WHERE (f.chat_obstacles <> '{{}}', f.name, f.contact_id) > (:is_unavailable, :name, CAST(:contact_id AS uuid))
ORDER BY f.chat_obstacles <> '{{}}', f.name, f.contact_id
LIMIT :limit
"""  # noqa: S608 - made of constants
_TEXT = f"""
WITH found AS (
    SELECT c.practice_id, c.id AS contact_id, p.name, c.family_id, y.name AS family_name, o.number,
        {SQL_OBSTACLES} AS chat_obstacles
    FROM contact_number o
    JOIN contact c ON c.practice_id = o.practice_id AND c.id = o.contact_id
    JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
    JOIN family y ON y.practice_id = c.practice_id AND y.id = c.family_id
    JOIN clinic k ON k.practice_id = c.practice_id AND k.id = :clinic_id
    WHERE o.practice_id = :practice_id AND o.is_landline IS NOT TRUE AND (
        EXISTS (SELECT FROM connection n WHERE n.practice_id = c.practice_id AND n.family_id = c.family_id
                AND n.clinic_id = :clinic_id AND n.state = 'accepted')
        OR EXISTS (SELECT FROM thread t WHERE t.practice_id = c.practice_id AND t.family_id = c.family_id
                   AND t.clinic_id = :clinic_id)) {{words}}
)
SELECT f.*, {_SHOWN}, EXISTS (
    SELECT FROM conversation v WHERE v.practice_id = f.practice_id AND v.contact_number = f.number) AS has_texted
FROM found f
WHERE (f.name, f.contact_id, f.number) > (:name, CAST(:contact_id AS uuid), :number)
ORDER BY f.name, f.contact_id, f.number
LIMIT :limit
"""  # noqa: S608 - made of constants
_IN_APP, _BY_TEXT = _Way(_CHAT, _BY_NAME), _Way(_TEXT, _BY_LAST_NAME)


async def chat_candidates(uow: UnitOfWork, actor: Actor, request: CandidateRequest) -> ChatCandidates:
    """Contacts of families that the clinic treats, by their own, their family's or a pet's name; all of them without a query.

    Those with whom chat is not available are among them, with every reason.

    Raises NotFound for a clinic whose families the actor does not see.
    """
    rows = await _rows(uow, actor, request, way=_IN_APP, after=_read_cursor(request.cursor))
    shown = rows[: request.limit]
    return ChatCandidates([Candidate(**_fields(row)) for row in shown], _next_cursor(rows, request.limit))


async def text_candidates(uow: UnitOfWork, actor: Actor, request: CandidateRequest) -> TextCandidates:
    """Contacts with a number that takes texts, by last name. Of numbering plans the query knows nothing."""
    found: list[Any] = []
    after, is_end = _read_cursor(request.cursor), False
    while len(found) <= request.limit and not is_end:
        rows = await _rows(uow, actor, request, way=_BY_TEXT, after=after)
        found += [row for row in rows if is_textable(row.number)]
        is_end = len(rows) <= request.limit
        after = _place(rows[-1]) if rows else after
    return TextCandidates([_text_candidate(row) for row in found[: request.limit]], _next_cursor(found, request.limit))


async def _rows(uow: UnitOfWork, actor: Actor, request: CandidateRequest, *, way: _Way, after: _Place) -> list[Any]:
    """One more than the limit if there are more."""
    if request.clinic_id not in visible_clinic_ids(actor):
        raise NotFound
    typed = word_beginnings("q", request.query)
    values: dict[str, Any] = {
        **msgspec.structs.asdict(after),
        "practice_id": actor.practice_id,
        "clinic_id": request.clinic_id,
        "limit": request.limit + 1,
    }
    if not typed:
        return list((await uow.execute(text(way.statement.replace("{words}", "")), values)).all())
    # The index knows the families that come into question; the few that are left are looked at one by one.
    named, words = sql_families_named(actor.practice_id, "q", request.query)
    beginnings = f"AND {way.words} ~ ALL(CAST(:words AS text[]))" + (f" AND c.family_id IN ({named})" if words else "")
    values |= {"words": typed, **words}
    return list((await uow.execute(text(way.statement.replace("{words}", beginnings)), values)).all())


def _fields(row: Any) -> dict[str, Any]:
    return {
        "contact_id": row.contact_id,
        "name": row.name,
        "family_id": row.family_id,
        "family_name": row.family_name,
        "pets": row.pets,
        "thread_id": row.thread_id,
        "chat_obstacles": read_obstacles(row.chat_obstacles),
    }


def _text_candidate(row: Any) -> TextCandidate:
    shown = format_for_people(row.number, ABROAD)
    return TextCandidate(**_fields(row), number=row.number, shown=shown, has_texted=row.has_texted)


def _place(row: Any) -> _Place:
    return _Place(bool(row.chat_obstacles), row.name, row.contact_id, getattr(row, "number", ""))


def _next_cursor(rows: list[Any], limit: int) -> str | None:
    return urlsafe_b64encode(msgspec.json.encode(_place(rows[limit - 1]))).decode() if len(rows) > limit else None


def _read_cursor(cursor: str | None) -> _Place:
    if cursor is None:
        return _START
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor.encode()), type=_Place)
    except (ValueError, msgspec.MsgspecError) as error:
        raise Invalid.field("cursor", "is not a next_cursor of this list; start again without it") from error
