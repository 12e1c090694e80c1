"""Basic staff see a family for a day. What they answer and see no more goes back to the queue by itself, or nobody answers it.

Looked for again and again rather than done where access ends: it ends at midnight, by a cancelled or reassigned appointment, by
another time zone of the clinic, and while no worker runs. Days are worked out here, as the schedule does it.
"""

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.exc import NoResultFound

from pawline.inbox.hand_off_acts import Act, carry_out
from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.repeating import repeat
from pawline.threads.assigning import NOBODY, HeldConversation, conversation_view
from pawline.threads.entries import lock_thread
from pawline.threads.mentions import can_read

_EVERY_SECONDS = 2.0
_MOST_AT_ONCE = 100
_ZONES = text("SELECT DISTINCT timezone FROM clinic")  # tenancy: the calendars of all clinics, and nothing of theirs
_FIND = text("""
WITH day AS MATERIALIZED (
    SELECT * FROM unnest(CAST(:zones AS text[]), CAST(:dates AS date[])) AS d(zone, on_date)
)
SELECT c.practice_id, c.thread_id, c.id, c.assignee_id, c.assigned_at, p.name, d.zone, d.on_date
FROM staff_member m
JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
JOIN conversation c ON c.practice_id = m.practice_id AND c.assignee_id = m.id AND c.ended_at IS NULL
JOIN thread t ON t.practice_id = c.practice_id AND t.id = c.thread_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN day d ON d.zone = k.timezone
WHERE m.role = 'basic' AND m.left_at IS NULL
    AND NOT EXISTS (
        SELECT FROM appointment a
        WHERE a.practice_id = m.practice_id AND a.staff_id = m.id AND a.on_date = d.on_date
            AND a.clinic_id = t.clinic_id AND a.family_id = t.family_id AND a.status <> 'cancelled')
    AND NOT EXISTS (
        SELECT FROM thread_grant g
        WHERE g.practice_id = m.practice_id AND g.staff_id = m.id AND g.thread_id = t.id
            AND g.ended_at IS NULL AND g.until > :now)
ORDER BY c.assigned_at
LIMIT :most
""")


async def keep_returning(database: Database) -> None:
    """The worker's part, until cancelled."""
    await repeat(lambda: return_unseen_now(database), every=_EVERY_SECONDS, stop=asyncio.Event(), trouble="unseen_not_returned")


async def return_unseen_now(database: Database) -> bool:
    """Each in a transaction of its own, so that several workers return it once. True: there may be more."""
    now = clock.now()
    async with database.transaction() as uow:
        zones = (await uow.execute(_ZONES)).scalars().all()
        dates = [now.astimezone(ZoneInfo(zone)).date() for zone in zones]
        found = (await uow.execute(_FIND, {"zones": zones, "dates": dates, "now": now, "most": _MOST_AT_ONCE})).all()
    for row in found:
        async with database.transaction() as uow:
            await _return(uow, row)
    return len(found) == _MOST_AT_ONCE


async def _return(uow: UnitOfWork, row: Any) -> None:
    held = await _hold(uow, row)
    if held is None or held.assignee_id != row.assignee_id or held.view.ended_at is not None:
        return
    if await can_read(uow, row.practice_id, row.thread_id, staff_id=row.assignee_id):
        return
    # It goes back in their name: nobody else has done it.
    own = Actor(row.practice_id, row.assignee_id, row.assignee_id, "staff", row.name, Role.BASIC)
    words = f"{_why(row)}, so this conversation is back in the queue"
    await carry_out(uow, own, held, act=Act("given_back", NOBODY, words))


async def _hold(uow: UnitOfWork, row: Any) -> HeldConversation | None:
    """None: its thread has just become part of another one, where the next look finds it."""
    try:
        thread = await lock_thread(uow, row.practice_id, row.thread_id)
        return HeldConversation(thread, await conversation_view(uow, thread, row.id))
    except (NoResultFound, NotFound):
        return None


def _why(row: Any) -> str:
    if row.assigned_at.astimezone(ZoneInfo(row.zone)).date() < row.on_date:
        return f"{row.name}'s day is over"
    return f"{row.name} no longer has this family on their schedule"
