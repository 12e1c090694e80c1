"""The queue: which threads wait, in which order, with this person's unread messages."""

from dataclasses import dataclass
from functools import reduce
from importlib.resources import files
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.inbox.assigned import HANDED_TO_ME, MINE, count_assigned
from pawline.inbox.order import LONGEST_WAITING, NEWEST, Order
from pawline.inbox.views import Inbox, InboxRow, InboxState, PetName, Unread
from pawline.platform.actor import Actor
from pawline.platform.cursors import cut_page, read_cursor
from pawline.platform.errors import NotFound
from pawline.platform.text import like_pattern
from pawline.threads.access import sql_heard, visible_clinic_ids
from pawline.threads.assignment_sql import ASSIGNMENT
from pawline.threads.desk import Desk
from pawline.threads.latest import latest_messages
from pawline.threads.views import ConversationView, UnreadMessage

_QUEUE = files("pawline.inbox").joinpath("queue.sql").read_text()
_UNREAD = """
AND t.last_seq > coalesce(r.up_to_seq, 0) AND EXISTS (
    SELECT FROM message m
    WHERE m.practice_id = t.practice_id AND m.thread_id = t.id AND m.seq > coalesce(r.up_to_seq, 0) AND m.kind = 'text'
        AND m.author_id <> :person_id {heard})
"""
# The thread knows its open conversation of the app; those by text, one per number, may be open beside it.
_OPEN_TEXT = """EXISTS (
    SELECT FROM conversation x
    WHERE x.practice_id = t.practice_id AND x.thread_id = t.id AND x.channel = 'sms' AND x.ended_at IS NULL)"""
_STATES = {
    "open": f"AND (t.open_conversation_id IS NOT NULL OR {_OPEN_TEXT})",
    "ended": f"AND t.open_conversation_id IS NULL AND NOT {_OPEN_TEXT}",
    "unread": _UNREAD,
    "waiting": f"AND (t.open_conversation_id IS NOT NULL OR {_OPEN_TEXT})",
    "mine": MINE,
    "handed_to_me": HANDED_TO_ME,
    "all": "",
}
_SEARCH = """
AND t.family_id IN (
    SELECT y.id FROM family y WHERE y.practice_id = :practice_id AND y.name ILIKE :pattern
    UNION SELECT c.family_id FROM contact c JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
        WHERE c.practice_id = :practice_id AND n.name ILIKE :pattern
    UNION SELECT a.family_id FROM pet a WHERE a.practice_id = :practice_id AND a.name ILIKE :pattern)
"""
_COUNT_UNREAD = f"""
SELECT count(*) FROM (
    SELECT FROM thread t
    LEFT JOIN read_mark r ON r.practice_id = t.practice_id AND r.thread_id = t.id AND r.person_id = :person_id
    WHERE t.practice_id = :practice_id AND t.clinic_id = ANY(:clinic_ids) {_UNREAD}
    LIMIT 100) found
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """``query`` looks in parents' and pets' names; ``cursor`` is the ``next_cursor`` of the page before."""

    state: InboxState = "open"
    clinic_id: UUID | None = None
    query: str = ""
    cursor: str | None = None
    limit: int = 50


async def read_queue(desk: Desk, actor: Actor, request: QueueRequest) -> Inbox:
    clinic_ids = _clinics(actor, request.clinic_id)
    heard, blocks = sql_heard(actor)
    values = {"practice_id": actor.practice_id, "person_id": actor.person_id, "clinic_ids": clinic_ids, **blocks}
    async with desk.database.single_statements() as connection:
        order = LONGEST_WAITING if request.state == "waiting" else NEWEST
        filters, more = _filters(actor, request, order)
        statement = text(_ordered(order).replace("{filters}", filters).replace("{heard}", heard))
        rows = (await connection.execute(statement, {**values, **more, "limit": request.limit + 1})).all()
        shown, next_cursor = cut_page(rows, request.limit, place=lambda row: (getattr(row, order.moment), row.thread_id))
        latest = await latest_messages(connection, desk.links, actor, thread_ids=[row.thread_id for row in shown])
        return Inbox(rows=[_row(row, latest) for row in shown], next_cursor=next_cursor)


async def count_unread(desk: Desk, actor: Actor) -> Unread:
    """Apart from the queue: it has to look through all threads when little is unread, and the queue should not wait for that."""
    heard, blocks = sql_heard(actor)
    clinic_ids = _clinics(actor, None)
    values = {"practice_id": actor.practice_id, "person_id": actor.person_id, "clinic_ids": clinic_ids, **blocks}
    async with desk.database.single_statements() as connection:
        unread = (await connection.execute(text(_COUNT_UNREAD.replace("{heard}", heard)), values)).scalar_one()
        mine, handed_to_me = await count_assigned(connection, actor, clinic_ids=clinic_ids)
        return Unread(unread, mine, handed_to_me)


def _clinics(actor: Actor, clinic_id: UUID | None) -> list[UUID]:
    visible = visible_clinic_ids(actor)
    if clinic_id is None:
        return list(visible)
    if clinic_id not in visible:
        raise NotFound
    return [clinic_id]


def _ordered(order: Order) -> str:
    by_page = ", ".join(f"p.{part}" for part in order.by.split(", "))
    pieces = {"{since}": order.since, "{join}": order.join, "{by}": order.by, "{by_page}": by_page, "{assignment}": ASSIGNMENT}
    return reduce(lambda statement, piece: statement.replace(*piece), pieces.items(), _QUEUE)


def _filters(actor: Actor, request: QueueRequest, order: Order) -> tuple[str, dict[str, Any]]:
    parts, values = [_STATES[request.state]], dict[str, Any]()
    if request.state == "handed_to_me":
        values["role"] = actor.role
    if request.query.strip():
        parts.append(_SEARCH)
        values["pattern"] = like_pattern("q", request.query)
    if request.cursor is not None:
        parts.append(order.beyond)
        values["at"], values["id"] = read_cursor(request.cursor)
    return " ".join(parts), values


def _row(row: Any, latest: dict[UUID, Any]) -> InboxRow:
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
    )
