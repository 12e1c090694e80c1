"""The queue: which threads wait, in which order, with this person's unread messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from importlib.resources import files
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.families.named import sql_families_named
from pawline.inbox.assigned import AWAKE, HANDED_TO_ME, MENTIONS, MINE, count_assigned
from pawline.inbox.facets import Facets, Narrowing, narrowing
from pawline.inbox.few_threads import BEYOND_THEIR_MARK, few_threads
from pawline.inbox.order import LONGEST_WAITING, NEWEST, Order
from pawline.inbox.unread import UNREAD
from pawline.inbox.views import Inbox, InboxRow, InboxState, PetName, Unread
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.cursors import read_cursor, write_cursor
from pawline.platform.errors import Invalid, NotFound
from pawline.threads.access import sql_heard, visible_clinic_ids
from pawline.threads.assignment_sql import ASSIGNMENT
from pawline.threads.desk import Desk
from pawline.threads.latest import latest_messages
from pawline.threads.triage_sql import ALL_ASLEEP, TRIAGE, WOKEN
from pawline.threads.views import ConversationView, UnreadMessage

_ALWAYS = {"{all_asleep}": ALL_ASLEEP, "{woken}": WOKEN, "{assignment}": ASSIGNMENT, "{triage}": TRIAGE}
_QUEUE = reduce(lambda sql, piece: sql.replace(*piece), _ALWAYS.items(), files("pawline.inbox").joinpath("queue.sql").read_text())
_WINDOW = 500
_LATEST = """(
            SELECT t.* FROM thread t WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {beyond}
            ORDER BY t.last_message_at DESC, t.id DESC LIMIT :window) t"""
AMONG = "(SELECT t.* FROM thread t WHERE t.practice_id = :practice_id AND t.id = ANY(:few)) t"
# The thread knows its open conversation of the app; those by text, one per number, may be open beside it.
_OPEN_TEXT = """EXISTS (
    SELECT FROM conversation x
    WHERE x.practice_id = t.practice_id AND x.thread_id = t.id AND x.channel = 'sms' AND x.ended_at IS NULL)"""
_OPEN = f"AND (t.open_conversation_id IS NOT NULL OR {_OPEN_TEXT}) {AWAKE}"
_STATES = {
    "open": _OPEN,
    "ended": f"AND t.open_conversation_id IS NULL AND NOT {_OPEN_TEXT}",
    "unread": UNREAD,
    "waiting": _OPEN,
    "snoozed": "AND t.id IN (SELECT s.thread_id FROM asleep s)",
    "mine": f"{MINE} {AWAKE}",
    "handed_to_me": f"{HANDED_TO_ME} {AWAKE}",
    "mentions": MENTIONS,
    "all": "",
}
_WITH_ENDED = ("ended", "all", "unread", "mentions")
_RANKS = ("0", "1", "2")
_COUNT_UNREAD = f"""
SELECT count(*) FROM (
    SELECT FROM thread t
    LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = :person_id
    WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {UNREAD}
    LIMIT 100) found
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """``query`` looks in parents' and pets' names; ``cursor`` is the ``next_cursor`` of the page before."""

    state: InboxState = "open"
    facets: Facets = Facets()  # noqa: RUF009 - frozen
    clinic_id: UUID | None = None
    query: str = ""
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Question:
    """``queue.sql`` for one request: what it is made of, and what it is asked with."""

    pieces: dict[str, str]
    values: dict[str, Any]

    async def ask(self, connection: AsyncConnection, threads: str, **more: Any) -> Sequence[Any]:
        """``threads``: among which ones, as ``t``."""
        pieces = {"{threads}": threads, **self.pieces}
        statement = text(reduce(lambda sql, piece: sql.replace(*piece), pieces.items(), _QUEUE))
        return (await connection.execute(statement, {**self.values, **more})).all()


async def read_queue(desk: Desk, actor: Actor, request: QueueRequest) -> Inbox:
    order = LONGEST_WAITING if request.state == "waiting" else NEWEST
    narrowed = narrowing(request.facets, among_open=request.state not in _WITH_ENDED)
    question = build_question(actor, request, narrowed, order=order)
    async with desk.database.single_statements() as connection:
        rows = await _rows(connection, question, request, narrowed=narrowed)
        shown, next_cursor = rows[: request.limit], None
        if len(rows) > request.limit:
            next_cursor = f"{shown[-1].rank}{write_cursor(getattr(shown[-1], order.moment), shown[-1].thread_id)}"
        latest = await latest_messages(connection, desk.links, actor, thread_ids=[row.thread_id for row in shown])
        return Inbox(rows=[build_row(row, latest) for row in shown], next_cursor=next_cursor)


async def count_unread(desk: Desk, actor: Actor) -> Unread:
    """Apart from the queue: it has to look through all threads when little is unread, and the queue should not wait for that."""
    heard, blocks = sql_heard(actor)
    clinic_ids = _clinics(actor, None)
    values = {"practice_id": actor.practice_id, "person_id": actor.person_id, "clinic_ids": clinic_ids, **blocks}
    async with desk.database.single_statements() as connection:
        unread = (await connection.execute(text(_COUNT_UNREAD.replace("{heard}", heard)), values)).scalar_one()
        return Unread(unread, *await count_assigned(connection, actor, clinic_ids=clinic_ids))


def _clinics(actor: Actor, clinic_id: UUID | None) -> list[UUID]:
    visible = visible_clinic_ids(actor)
    if clinic_id is None:
        return list(visible)
    if clinic_id not in visible:
        raise NotFound
    return [clinic_id]


async def _rows(connection: AsyncConnection, question: Question, request: QueueRequest, *, narrowed: Narrowing) -> Sequence[Any]:
    few = await few_threads(connection, narrowed.sources, question.values)
    if few is None and (request.state == "unread" or request.facets.unread) and request.state != "waiting":
        rows = await question.ask(connection, _LATEST, window=_WINDOW)
        if len(rows) > request.limit:
            return rows
        few = await few_threads(connection, [BEYOND_THEIR_MARK], question.values)
    if few is None:
        return await question.ask(connection, "thread t")
    return await question.ask(connection, AMONG, few=list(few)) if few else []


def build_question(actor: Actor, request: QueueRequest, narrowed: Narrowing, *, order: Order) -> Question:
    heard, values = sql_heard(actor)
    values |= {"practice_id": actor.practice_id, "person_id": actor.person_id, "clinic_ids": _clinics(actor, request.clinic_id)}
    values |= {**narrowed.values, "now": clock.now(), "limit": request.limit + 1}
    parts = [_STATES[request.state], narrowed.condition]
    if request.state == "handed_to_me":
        values["role"] = actor.role
    if request.query.strip():
        named, words = sql_families_named(actor.practice_id, "q", request.query)
        parts.append(f"AND t.family_id IN ({named})")
        values |= words
    beyond, beyond_raised = "", ""
    if request.cursor is not None:
        values["at"], values["id"] = read_cursor(request.cursor[1:])
        beyond, beyond_raised = _beyond(_rank_in(request.cursor), order)
    pieces = {
        "{filters}": " ".join(parts),
        "{beyond}": beyond,
        "{beyond_raised}": beyond_raised,
        "{matches}": narrowed.matches,
        "{since}": order.since,
        "{shown}": order.shown,
        "{join}": order.join,
        "{by}": order.by,
        "{by_page}": ", ".join(f"p.{part}" for part in order.by.split(", ")),
        "{heard}": heard,
    }
    return Question(pieces, values)


def _beyond(rank: int, order: Order) -> tuple[str, str]:
    """For those without a rank, and for those with one."""
    if rank == 0:
        return f"AND {order.beyond}", "AND false"
    return "", f"AND (g.rank < {rank} OR g.rank = {rank} AND {order.beyond})"


def _rank_in(cursor: str) -> int:
    """The first character; see ``read_cursor`` for the rest."""
    if cursor[:1] not in _RANKS:
        raise Invalid.field("cursor", "is not a next_cursor of this list; start again without it")
    return int(cursor[0])


def build_row(row: Any, latest: dict[UUID, Any]) -> InboxRow:
    return InboxRow(
        thread_id=row.thread_id,
        clinic_id=row.clinic_id,
        family_id=row.family_id,
        family_name=row.family_name,
        contact_names=row.contact_names,
        pets=msgspec.convert(row.pets, list[PetName]),
        revision=row.revision,
        last_seq=row.last_seq,
        last_message_at=row.last_message_at,
        waiting_since=row.waiting_since,
        last_message=latest.get(row.thread_id),
        conversation=msgspec.convert(row.conversation, ConversationView | None),
        unread=msgspec.convert(row.unread, list[UnreadMessage]),
        read_by_other_side_seq=row.read_by_other_side_seq,
        mentioned_by=row.mentioned_by,
    )
