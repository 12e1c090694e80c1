"""Handing a thread to basic staff until the day ends, and taking it back. They name tables of threads and practices in plain SQL.

What a grant allows is decided where every reach is: in ``threads/access.py``.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text, update

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.wall_clock import midnight_after
from pawline.reach.models import ThreadGrant
from pawline.reach.working import hold_colleague, hold_colleague_at

__all__ = [
    "end_grants",
    "end_grants_of",
    "grant_until_day_ends",
    "hold_colleague",
    "hold_colleague_at",
    "move_grants",
    "restore_grant",
    "tell_access",
    "tell_who_reaches",
]

# The thread's row is held until the commit, so that two who hand over at once make one grant.
_THREAD = text("""
SELECT t.clinic_id, t.family_id, k.timezone FROM thread t
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
WHERE t.practice_id = :practice_id AND t.id = :thread_id
FOR NO KEY UPDATE OF t
""")
_MEMBER = text("""
SELECT m.role, EXISTS (
    SELECT FROM appointment a
    WHERE a.practice_id = m.practice_id AND a.staff_id = m.id AND a.clinic_id = :clinic_id AND a.family_id = :family_id
        AND a.on_date = :today AND a.status <> 'cancelled') AS is_scheduled
FROM staff_member m
WHERE m.practice_id = :practice_id AND m.id = :staff_id AND m.left_at IS NULL AND (m.role = 'practice_owner' OR EXISTS (
    SELECT FROM staff_clinic x WHERE x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = :clinic_id))
""")
# One that has run out ended when it ran out.
_END_OLD = text("""
UPDATE thread_grant SET ended_at = until
WHERE practice_id = :practice_id AND thread_id = :thread_id AND staff_id = :staff_id AND ended_at IS NULL AND until <= :now
""")
_INSERT = text("""
INSERT INTO thread_grant (practice_id, id, thread_id, staff_id, granted_by_id, granted_at, until, cause)
VALUES (:practice_id, :id, :thread_id, :staff_id, :granted_by_id, :now, :until, 'hand_off')
ON CONFLICT (practice_id, staff_id, thread_id) WHERE ended_at IS NULL DO NOTHING
""")
# One that was made since then stands.
_RESTORE = text("""
UPDATE thread_grant g SET ended_at = NULL
WHERE g.practice_id = :practice_id AND g.thread_id = :thread_id AND g.staff_id = :staff_id AND g.ended_at = :lost_at
    AND g.until > :now AND NOT EXISTS (
        SELECT FROM thread_grant o
        WHERE o.practice_id = g.practice_id AND o.thread_id = g.thread_id AND o.staff_id = g.staff_id AND o.ended_at IS NULL)
RETURNING g.staff_id
""")
_DOUBLED = text("""
UPDATE thread_grant g SET ended_at = :now
WHERE g.practice_id = :practice_id AND g.thread_id = :source_id AND g.ended_at IS NULL AND EXISTS (
    SELECT FROM thread_grant o
    WHERE o.practice_id = g.practice_id AND o.thread_id = :target_id AND o.staff_id = g.staff_id AND o.ended_at IS NULL)
""")
_REACHING = text("""
SELECT a.staff_id FROM appointment a
WHERE a.practice_id = :practice_id AND a.staff_id IS NOT NULL AND a.on_date BETWEEN :first AND :last
    AND (a.family_id = :family_id OR a.clinic_id = :clinic_id)
UNION
SELECT g.staff_id FROM thread_grant g
JOIN thread t ON t.practice_id = g.practice_id AND t.id = g.thread_id
WHERE g.practice_id = :practice_id AND g.ended_at IS NULL AND g.until > :now
    AND (t.family_id = :family_id OR t.clinic_id = :clinic_id)
""")


async def grant_until_day_ends(uow: UnitOfWork, granter: Actor, thread_id: UUID, *, staff_id: UUID) -> datetime | None:
    """Let a colleague of basic staff see a thread until the clinic's day ends. Safe to repeat.

    Returns when it ends; None: they see the thread anyway, by their role or because the family is on their schedule.
    Whether the granter may see the thread is for the caller to have asked.

    Raises:
        NotFound: no such thread at the granter's practice.
        Invalid: nobody of that id works at the thread's clinic.
    """
    key = {"practice_id": granter.practice_id, "thread_id": thread_id, "staff_id": staff_id}
    thread = (await uow.execute(_THREAD, key)).one_or_none()
    if thread is None:
        raise NotFound
    now = clock.now()
    zone = ZoneInfo(thread.timezone)
    today = now.astimezone(zone).date()
    if not await _needs_grant(uow, key, thread, today=today):
        return None
    until = midnight_after(today, zone)
    await uow.execute(_END_OLD, {**key, "now": now})
    row = {"id": new_id(), "granted_by_id": granter.person_id, "now": now, "until": until}
    await uow.execute(_INSERT, {**key, **row})
    uow.emit(Hint.access(granter.practice_id, staff_id))
    return until


async def end_grants(
    uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, staff_id: UUID | None = None, at: datetime | None = None
) -> None:
    """Take a thread back from the one it was handed to, or from everybody: from now on they see no more of it.

    ``at``: of the change that this is a part of, by which it can be restored.
    """
    now = at or clock.now()
    ended = (
        update(ThreadGrant)
        .where(
            ThreadGrant.practice_id == practice_id,
            ThreadGrant.thread_id == thread_id,
            ThreadGrant.ended_at.is_(None),
            ThreadGrant.until > now,
        )
        .values(ended_at=now)
        .returning(ThreadGrant.staff_id)
    )
    if staff_id is not None:
        ended = ended.where(ThreadGrant.staff_id == staff_id)
    tell_access(uow, practice_id, (await uow.execute(ended)).scalars())


async def restore_grant(uow: UnitOfWork, practice_id: UUID, thread_id: UUID, *, staff_id: UUID, lost_at: datetime) -> None:
    """What was taken away at that very moment is theirs again as it was given, by whom and until when; nothing else is."""
    key = {"practice_id": practice_id, "thread_id": thread_id, "staff_id": staff_id}
    restored = await uow.execute(_RESTORE, {**key, "lost_at": lost_at, "now": clock.now()})
    tell_access(uow, practice_id, restored.scalars())


async def end_grants_of(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    """Whoever leaves keeps nothing of what was handed to them."""
    now = clock.now()
    own = (ThreadGrant.practice_id == practice_id, ThreadGrant.staff_id == staff_id)
    open_ones = (ThreadGrant.ended_at.is_(None), ThreadGrant.until > now)
    await uow.execute(update(ThreadGrant).where(*own, *open_ones).values(ended_at=now))
    tell_access(uow, practice_id, [staff_id])


async def move_grants(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID) -> None:
    """Two threads become one; whoever had been handed either has the one that stays."""
    values = {"practice_id": practice_id, "source_id": source_id, "target_id": target_id, "now": clock.now()}
    await uow.execute(_DOUBLED, values)
    moved = update(ThreadGrant).where(ThreadGrant.practice_id == practice_id, ThreadGrant.thread_id == source_id)
    await uow.execute(moved.values(thread_id=target_id))


async def tell_who_reaches(
    uow: UnitOfWork, practice_id: UUID, *, family_id: UUID | None = None, clinic_id: UUID | None = None
) -> None:
    """What somebody sees today of this family, or at this clinic, has changed: their open screens are looked at again."""
    now = clock.now()
    today = now.date()
    days: dict[str, date] = {"first": today - timedelta(days=2), "last": today + timedelta(days=2)}
    values: dict[str, Any] = {"practice_id": practice_id, "family_id": family_id, "clinic_id": clinic_id, "now": now, **days}
    tell_access(uow, practice_id, (await uow.execute(_REACHING, values)).scalars())


def tell_access(uow: UnitOfWork, practice_id: UUID, staff_ids: Iterable[UUID | None]) -> None:
    """Once this is committed, the open screens of these people get nothing by the old rules."""
    for staff_id in dict.fromkeys(staff_ids):
        if staff_id is not None:
            uow.emit(Hint.access(practice_id, staff_id))


async def _needs_grant(uow: UnitOfWork, key: dict[str, UUID], thread: Any, *, today: date) -> bool:
    where = {"clinic_id": thread.clinic_id, "family_id": thread.family_id, "today": today}
    member = (await uow.execute(_MEMBER, {**key, **where})).one_or_none()
    if member is None:
        raise Invalid.field("staff_id", "is nobody who works at this clinic")
    return member.role == "basic" and not member.is_scheduled
