"""Finding whom one may see: families by the names of their people and pets or by e-mail, and who has a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.families.named import sql_families_named, sql_is_named
from pawline.finding.views import FamilyMatch, FamilyMatches, FoundContact, FoundNumber, FoundPet
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.highlights import Part, mark, mark_digits
from pawline.platform.phone_numbers import ABROAD, format_for_people
from pawline.platform.word_index import digits_in, fold, to_tsquery, words_in
from pawline.threads.access import reach_of, sql_visible

# Where the families in question are seen: at clinics that treat them, and at those they have written to. A place is named like
# a thread, as what may be seen is said of threads.
_PLACES = """
places AS (
    SELECT DISTINCT ON (t.family_id, t.clinic_id) t.* FROM (
        SELECT k.family_id, k.clinic_id, CAST(NULL AS uuid) AS thread_id, CAST(NULL AS timestamptz) AS latest FROM connection k
        WHERE k.practice_id = :practice_id AND k.state = 'accepted' AND k.family_id IN (SELECT f.family_id FROM found f)
        UNION ALL SELECT h.family_id, h.clinic_id, h.id, h.last_message_at FROM thread h
        WHERE h.practice_id = :practice_id AND h.family_id IN (SELECT f.family_id FROM found f)) t
    WHERE {visible} {filters}
    ORDER BY t.family_id, t.clinic_id, t.thread_id NULLS LAST
)"""
_FAMILIES = f"""
WITH found(family_id) AS MATERIALIZED ({{found}}), {_PLACES}, page AS (
    SELECT p.* FROM places p ORDER BY p.latest DESC NULLS LAST, p.family_id DESC, p.clinic_id LIMIT :limit
)
SELECT g.family_id, g.clinic_id, g.thread_id,
    (SELECT y.name FROM family y WHERE y.practice_id = :practice_id AND y.id = g.family_id) AS name,
    (SELECT coalesce(json_agg(json_build_array(c.id, n.name, c.email) ORDER BY c.role = 'primary' DESC, c.created_at, c.id), '[]')
     FROM contact c JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
     WHERE c.practice_id = :practice_id AND c.family_id = g.family_id) AS contacts,
    (SELECT coalesce(json_agg(json_build_array(a.id, a.name, a.species) ORDER BY a.created_at, a.name), '[]')
     FROM pet a WHERE a.practice_id = :practice_id AND a.family_id = g.family_id) AS pets
FROM page g
ORDER BY g.latest DESC NULLS LAST, g.family_id DESC, g.clinic_id
"""  # noqa: S608 - made of constants
_NUMBERS = f"""
WITH found AS MATERIALIZED ({{found}}), {_PLACES}, page AS (
    SELECT f.contact_id, f.number, p.* FROM found f JOIN places p ON p.family_id = f.family_id
    ORDER BY p.latest DESC NULLS LAST, f.contact_id, f.number, p.clinic_id LIMIT :limit
)
SELECT g.contact_id, g.number, g.family_id, g.clinic_id, g.thread_id,
    (SELECT n.name FROM person n WHERE n.practice_id = :practice_id AND n.id = g.contact_id) AS contact_name,
    (SELECT y.name FROM family y WHERE y.practice_id = :practice_id AND y.id = g.family_id) AS family_name
FROM page g
ORDER BY g.latest DESC NULLS LAST, g.contact_id, g.number, g.clinic_id
"""  # noqa: S608 - made of constants
# What is typed is often the beginning of many names, and all numbers of a town begin alike: then those who wrote lately are found
# before all others. Basic staff see a few families only, and no others are looked at.
_LATEST_THREADS = """
    SELECT t.family_id FROM thread t
    WHERE t.practice_id = :practice_id AND {visible} {filters}
    ORDER BY t.last_message_at DESC, t.id DESC
    LIMIT 300"""
# More digits than a town's numbers have in common.
_RARE_DIGITS = 8
_REACH = "SELECT unnest(CAST(:reach_family_ids AS uuid[]))"
_NAMED_AMONG = "SELECT DISTINCT t.family_id FROM ({some}) t(family_id) WHERE {is_named}"
# A number that was typed by hand and cannot be texted stands with the contact only.
_ELSEWHERE = """NOT EXISTS (
    SELECT FROM contact_number e
    WHERE e.practice_id = c.practice_id AND e.contact_id = c.id AND e.digits @@ CAST(:digits AS tsquery) OFFSET 0)"""
_NUMBERS_AMONG = f"""
    SELECT c.id AS contact_id, n.number, c.family_id
    FROM (SELECT DISTINCT family_id FROM ({{some}}) s(family_id)) t
    JOIN contact c ON c.practice_id = :practice_id AND c.family_id = t.family_id
    CROSS JOIN LATERAL (
        SELECT o.number FROM contact_number o
        WHERE o.practice_id = c.practice_id AND o.contact_id = c.id AND (o.digits @@ CAST(:digits AS tsquery)) IS TRUE
        UNION ALL SELECT c.phone WHERE (c.phone_digits @@ CAST(:digits AS tsquery)) IS TRUE AND {_ELSEWHERE}) n"""  # noqa: S608 - made of constants
_ALL_NUMBERS = f"""
    SELECT o.contact_id, o.number, c.family_id
    FROM contact_number o JOIN contact c ON c.practice_id = o.practice_id AND c.id = o.contact_id
    WHERE o.practice_id = :practice_id AND o.digits @@ CAST(:digits AS tsquery)
    UNION ALL SELECT c.id, c.phone, c.family_id FROM contact c
    WHERE c.practice_id = :practice_id AND c.phone_digits @@ CAST(:digits AS tsquery) AND {_ELSEWHERE}"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class FamilySearch:
    """``query``: beginnings of names or an e-mail address, or three digits and more of a number in any spelling."""

    query: str
    clinic_id: UUID | None = None
    limit: int = 8


@dataclass(frozen=True, slots=True)
class _Search:
    """``statements``: to be tried one after the other; the last one finds all."""

    statements: list[str]
    values: dict[str, Any]


async def match_families(database: Database, actor: Actor, search: FamilySearch) -> FamilyMatches:
    """Nothing for a query without a word in it."""
    digits, words = digits_in(search.query), words_in(search.query)
    way = _by_number(actor, digits) if digits else _by_name(actor, search.query)
    async with database.single_statements() as connection:
        rows = await _rows(connection, actor, search, way=way)
    shown, has_more = rows[: search.limit], len(rows) > search.limit
    if digits:  # a guest is called by the number: once is enough
        return FamilyMatches([], [_number(row, digits) for row in shown], has_more)
    return FamilyMatches([_family(row, words) for row in shown], [], has_more)


def _by_name(actor: Actor, query: str) -> _Search:
    everywhere, words = sql_families_named(actor.practice_id, "q", query, with_email=True)
    among = _NAMED_AMONG.replace("{is_named}", sql_is_named("q", query))
    return _Search([_FAMILIES.replace("{found}", found) for found in _in_turn(actor, among, everywhere)], words)


def _by_number(actor: Actor, digits: str) -> _Search:
    in_turn = _in_turn(actor, _NUMBERS_AMONG, _ALL_NUMBERS)
    found = in_turn[-1:] if len(digits) >= _RARE_DIGITS else in_turn
    return _Search([_NUMBERS.replace("{found}", each) for each in found], {"digits": to_tsquery(actor.practice_id, [digits])})


def _in_turn(actor: Actor, among: str, everywhere: str) -> list[str]:
    if reach_of(actor):
        return [among.replace("{some}", _REACH)]
    return [among.replace("{some}", _LATEST_THREADS), everywhere]


async def _rows(connection: AsyncConnection, actor: Actor, search: FamilySearch, *, way: _Search) -> Sequence[Any]:
    """One more than the limit if there are more."""
    visible, access = sql_visible(actor)
    filters = "" if search.clinic_id is None else "AND t.clinic_id = :clinic_id"
    known = {"practice_id": actor.practice_id, "clinic_id": search.clinic_id, "limit": search.limit + 1}
    rows: Sequence[Any] = []
    for statement in way.statements:
        filled = statement.replace("{visible}", visible).replace("{filters}", filters)
        rows = (await connection.execute(text(filled), {**access, **known, **way.values})).all()
        if len(rows) > search.limit:
            break
    return rows


def _family(row: Any, words: list[str]) -> FamilyMatch:
    return FamilyMatch(
        family_id=row.family_id,
        clinic_id=row.clinic_id,
        thread_id=row.thread_id,
        name=mark(row.name, words, fold),
        contacts=[FoundContact(UUID(key), mark(name, words, fold), _email(email, words)) for key, name, email in row.contacts],
        pets=[FoundPet(UUID(key), mark(name, words, fold), species) for key, name, species in row.pets],
    )


def _email(address: str | None, words: list[str]) -> list[Part]:
    parts = mark(address or "", words, fold)
    return parts if any(part.is_hit for part in parts) else []


def _number(row: Any, digits: str) -> FoundNumber:
    facts = row._asdict()
    return FoundNumber(number=mark_digits(format_for_people(facts.pop("number"), ABROAD), digits), **facts)
