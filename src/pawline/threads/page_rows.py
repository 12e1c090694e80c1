"""The rows of one page of a thread, in plain SQL: building and compiling the query for each page cost more than asking it."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from pawline.platform.actor import Actor
from pawline.threads.access import sql_heard, sql_visible, visible_kinds
from pawline.threads.mention_rows import MENTIONS
from pawline.threads.payment_rows import PAYMENT
from pawline.threads.queries import MESSAGE_COLUMNS, PageRequest

_PET_IDS = """ARRAY(
    SELECT g.pet_id FROM message_pet g
    WHERE g.practice_id = m.practice_id AND g.message_id = m.id ORDER BY g.pet_id)"""
_MADE = {"pet_ids": _PET_IDS, "mentions": MENTIONS, "payment": PAYMENT}
_COLUMNS = ", ".join(f"{_MADE.get(column.name, f'm.{column.name}')} AS {column.name}" for column in MESSAGE_COLUMNS)
_SEEN = """
FROM message m
JOIN thread t ON t.practice_id = m.practice_id AND t.id = m.thread_id
WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.kind = ANY(:kinds) AND {visible} {heard}
"""
# What lies on the side that the page looks away from; what follows the page on its own side, the row above its limit tells.
_ACROSS = {
    "latest": "false",
    "before": f"EXISTS (SELECT {_SEEN} AND m.seq >= :seq)",
    "after": f"EXISTS (SELECT {_SEEN} AND m.seq <= :seq)",
}
_PLACE = {"latest": "", "before": "AND m.seq < :seq", "after": "AND m.seq > :seq"}


async def read_page(connection: AsyncConnection, actor: Actor, thread_id: UUID, *, request: PageRequest) -> list[Any]:
    """Rows by rising ``seq``, one more than the limit if there are more in that direction; each says ``has_across``."""
    order = "m.seq" if request.is_forward else "m.seq DESC"
    wanted = f"SELECT {_COLUMNS}, {{across}} AS has_across {_SEEN} {{place}} ORDER BY {order} LIMIT :rows"
    rows = (await _ask(connection, actor, thread_id, request=request, wanted=wanted)).all()
    return list(rows if request.is_forward else rows[::-1])


async def has_across(connection: AsyncConnection, actor: Actor, thread_id: UUID, *, request: PageRequest) -> bool:
    """Are there messages on the side that the page looks away from? For a page without rows that say so."""
    return (await _ask(connection, actor, thread_id, request=request, wanted="SELECT {across}")).scalar_one()


async def _ask(connection: AsyncConnection, actor: Actor, thread_id: UUID, *, request: PageRequest, wanted: str) -> Any:
    (visible, access), (heard, blocks) = sql_visible(actor), sql_heard(actor)
    side = "after" if request.is_forward else "latest" if request.before is None else "before"
    values = {
        "practice_id": actor.practice_id,
        "thread_id": thread_id,
        "kinds": list(visible_kinds(actor)),
        "seq": request.after if request.is_forward else request.before,
        "rows": request.limit + 1,
    }
    return await connection.execute(_statement(wanted, side, visible, heard), {**values, **access, **blocks})


@lru_cache
def _statement(wanted: str, side: str, visible: str, heard: str) -> TextClause:
    placed = wanted.replace("{across}", _ACROSS[side]).replace("{place}", _PLACE[side])
    return text(placed.replace("{visible}", visible).replace("{heard}", heard))
