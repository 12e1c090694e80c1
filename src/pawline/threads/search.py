"""Searching messages: one predicate with all other ways to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform.actor import Actor
from pawline.platform.cursors import cut_page, read_cursor
from pawline.platform.errors import Invalid
from pawline.platform.highlights import Part, mark
from pawline.platform.text import require_storable
from pawline.platform.word_index import fold, to_tsquery, words_in
from pawline.threads.access import sql_heard, sql_visible, visible_clinic_ids, visible_kinds
from pawline.threads.desk import Desk
from pawline.threads.search_sql import EXPECTED, RARE, VERY_RARE, Way, build_page
from pawline.threads.search_words import message_query, snippet, words_of

WrittenBy = Literal["family", "team"]
_AUTHOR_KINDS = {"family": "contact", "team": "staff"}
# Frequent words stand in the messages of the last days, if one sees most of them.
_LAST_DAYS, _LONG_AGO = 4_000, 60_000


class FoundMessage(msgspec.Struct, frozen=True):
    """``snippet``: the part of the message around what was found; ``files``: the names of its files that were found."""

    message_id: UUID
    thread_id: UUID
    seq: int
    created_at: datetime
    author_name: str
    author_kind: str
    kind: str
    channel: str
    conversation_title: str
    family_name: str
    clinic_id: UUID
    snippet: list[Part]
    files: list[list[Part]]


class FoundMessages(msgspec.Struct, frozen=True):
    messages: list[FoundMessage]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """``cursor`` is the ``next_cursor`` of the page before. ``since`` is part of the time looked through, ``before`` is not."""

    query: str
    thread_id: UUID | None = None
    clinic_id: UUID | None = None
    written_by: WrittenBy | None = None
    since: datetime | None = None
    before: datetime | None = None
    with_files: bool = False
    cursor: str | None = None
    limit: int = 20


async def find_messages(desk: Desk, actor: Actor, request: SearchRequest) -> FoundMessages:
    """Nothing for a query without a word in it."""
    require_storable("q", request.query)
    words = words_of(request.query)
    if not words:
        return FoundMessages([], None)
    async with desk.database.single_statements() as connection:
        rows = await _rows(connection, actor, request, words=words)
    if rows and request.thread_id is not None:
        await desk.openings.record(desk.database, actor, request.thread_id)
    shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (row.created_at, row.id))
    return FoundMessages([_view(row, words) for row in shown], next_cursor)


async def _rows(connection: AsyncConnection, actor: Actor, request: SearchRequest, *, words: list[str]) -> Sequence[Any]:
    visible, access = _threads(actor, request)
    heard, blocks = sql_heard(actor)
    inner, filters, values = _conditions(request)
    values |= {
        "practice_id": actor.practice_id,
        "kinds": list(visible_kinds(actor)),
        "query": message_query(actor.practice_id, words),
        "file_query": to_tsquery(actor.practice_id, words_in(request.query) or words),
        "limit": request.limit + 1,
        "rare": RARE,
    }
    rows: Sequence[Any] = []
    for way, window in await _ways(connection, actor, request, values=values):
        page = build_page(way, visible=visible, heard=heard, inner=inner, filters=filters)
        answer = (await connection.execute(page, {**access, **blocks, **values, "window": window})).all()
        if way == "few" and answer[0].found_count > RARE:
            continue  # it has read some of them, and not the newest
        rows = [row for row in answer if row.id is not None]
        if len(rows) > request.limit or way == "few":
            break
    return rows


async def _ways(
    connection: AsyncConnection, actor: Actor, request: SearchRequest, *, values: dict[str, Any]
) -> list[tuple[Way, int]]:
    """To be tried one after the other, each with how many of the newest messages it reads back; the last one finds all.

    How frequent the words are is guessed only, and decides no more than what comes first.
    """
    if request.thread_id is not None:
        return [("many", 0)]
    if not visible_clinic_ids(actor):
        return [("own_threads", 0)]
    plan = (await connection.execute(EXPECTED, values)).scalar_one()
    expected, seen_or_all = plan[0]["Plan"]["Plan Rows"], list[tuple[Way, int]]([("latest_seen", _LONG_AGO), ("many", 0)])
    if expected <= VERY_RARE:
        return [("few", 0), *seen_or_all]
    if expected <= RARE:
        return [("latest", _LAST_DAYS), ("few", 0), *seen_or_all]
    return [("latest", _LAST_DAYS), *seen_or_all]


def _threads(actor: Actor, request: SearchRequest) -> tuple[str, dict[str, Any]]:
    """Whose messages are wanted of those that may be seen."""
    visible, access = sql_visible(actor)
    if request.clinic_id is None:
        return visible, access
    return f"{visible} AND t.clinic_id = :clinic_id", {**access, "clinic_id": request.clinic_id}


def _conditions(request: SearchRequest) -> tuple[str, str, dict[str, Any]]:
    """Where to look, what to show, and the values of both."""
    inner, filters, values = "", "", dict[str, Any]()
    if request.thread_id is not None:
        inner += " AND m.thread_id = :thread_id"
        values["thread_id"] = request.thread_id
    if request.cursor is not None:
        inner += " AND (m.created_at, m.id) < (:before_at, :before_id)"
        values["before_at"], values["before_id"] = read_cursor(request.cursor)
    if request.since is not None:
        inner += " AND m.created_at >= :since"
        values["since"] = _aware("since", request.since)
    if request.before is not None:
        inner += " AND m.created_at < :before"
        values["before"] = _aware("before", request.before)
    if request.written_by is not None:
        filters += " AND m.author_kind = :author_kind"
        values["author_kind"] = _AUTHOR_KINDS[request.written_by]
    if request.with_files:
        filters += " AND m.has_attachments"
    return inner, filters, values


def _aware(field: str, moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise Invalid.field(field, "is a time without a zone; end it with Z or an offset like +02:00")
    return moment


def _view(row: Any, words: list[str]) -> FoundMessage:
    facts = row._asdict()
    del facts["found_count"]
    names: list[str] = facts.pop("files") or []
    files = [mark(name, words, fold) for name in names]
    return FoundMessage(message_id=facts.pop("id"), snippet=snippet(facts.pop("body"), words), files=files, **facts)
