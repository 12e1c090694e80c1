"""Searching messages: one predicate with all other ways to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform.actor import Actor
from pawline.platform.cursors import cut_page, read_cursor
from pawline.platform.text import require_storable
from pawline.threads.access import sql_heard, sql_visible, visible_kinds
from pawline.threads.desk import Desk
from pawline.threads.search_words import Part, snippet, to_tsquery, words_of

# So many are sorted by date in no time. More frequent words are found soonest by reading back from the newest message.
_RARE = 3_000

_IS_RARE = text(  # tenancy: the practice is one of the query's words
    "SELECT count(*) <= :rare FROM (SELECT FROM message m WHERE m.words @@ CAST(:query AS tsquery) LIMIT :rare + 1) found"
)
_FOUND = """
    SELECT m.id, m.thread_id, m.seq, m.created_at, m.author_name, m.author_kind, m.kind, m.channel, m.body,
        c.title AS conversation_title, f.name AS family_name, t.clinic_id
    FROM message m
    JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
    JOIN conversation c ON c.practice_id = m.practice_id AND c.id = m.conversation_id
    JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
    WHERE m.practice_id = :practice_id AND {visible}
        AND m.kind = ANY(:kinds) AND m.deleted_at IS NULL {heard} {filters} AND {matches}
    ORDER BY m.created_at DESC, m.id DESC
    LIMIT :limit
"""
_BY_INDEX = "m.words @@ CAST(:query AS tsquery)"
_BY_READING = f"({_BY_INDEX}) IS TRUE"  # no index can be used for it


class FoundMessage(msgspec.Struct, frozen=True):
    """``snippet``: the part of the message around what was found."""

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


class FoundMessages(msgspec.Struct, frozen=True):
    messages: list[FoundMessage]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``cursor`` is the ``next_cursor`` of the page before."""

    query: str
    thread_id: UUID | None = None
    cursor: str | None = None
    limit: int = 20


async def find_messages(desk: Desk, actor: Actor, request: SearchRequest) -> FoundMessages:
    """Nothing for a query without a word in it."""
    require_storable("q", request.query)
    words = words_of(request.query)
    if not words:
        return FoundMessages([], None)
    async with desk.database.single_statements() as connection:
        rows = await _rows(connection, actor, request, query=to_tsquery(actor.practice_id, words))
    shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (row.created_at, row.id))
    return FoundMessages([_view(row, words) for row in shown], next_cursor)


async def _rows(connection: AsyncConnection, actor: Actor, request: SearchRequest, *, query: str) -> Sequence[Any]:
    filters, values = _filters(request)
    heard, blocks = sql_heard(actor)
    matches = _BY_INDEX
    if actor.is_staff and request.thread_id is None:
        is_rare = (await connection.execute(_IS_RARE, {"query": query, "rare": _RARE})).scalar_one()
        matches = _BY_INDEX if is_rare else _BY_READING
    visible, access = sql_visible(actor)
    statement = _FOUND.format(visible=visible, heard=heard, filters=filters, matches=matches)
    values |= {"practice_id": actor.practice_id, "kinds": list(visible_kinds(actor)), "query": query, "limit": request.limit + 1}
    return (await connection.execute(text(statement), {**access, **blocks, **values})).all()


def _filters(request: SearchRequest) -> tuple[str, dict[str, Any]]:
    filters, values = "", dict[str, Any]()
    if request.thread_id is not None:
        filters += " AND m.thread_id = :thread_id"
        values["thread_id"] = request.thread_id
    if request.cursor is not None:
        filters += " AND (m.created_at, m.id) < (:before_at, :before_id)"
        values["before_at"], values["before_id"] = read_cursor(request.cursor)
    return filters, values


def _view(row: Any, words: list[str]) -> FoundMessage:
    facts = row._asdict()
    return FoundMessage(message_id=facts.pop("id"), snippet=snippet(facts.pop("body"), words), **facts)
