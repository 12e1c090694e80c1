"""Moving the demo's time: so far ahead, to when a clinic is open or closed, or back to now."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import text

from pawline.demo.moved_clock import MovedClock
from pawline.demo.schedule import book_days
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.errors import Conflict, Invalid, NotFound
from pawline.platform.wall_clock import instant_of
from pawline.practices.hours import closed_period, hours_of, is_open
from pawline.practices.weekly_hours import ClinicHoursRules  # imports: the type of what hours_of returns

# Nobody wants to be reminded at dawn: from noon on it is day for clients on both coasts.
EARLIEST, LATEST = time(12), time(16)
# Nobody who comes to try texting should see the clinic close under their hands.
_SHOWN = timedelta(hours=1)
_SEARCHED_DAYS = 14
_STEP = timedelta(minutes=15)
_FARTHEST = timedelta(days=400)

# tenancy: shows the clinics of the demo practices, which are made up.
_CLINICS = text("""
SELECT y.id AS practice_id, c.id, c.name, y.name AS practice_name, c.timezone, n.number
FROM number n
JOIN clinic c ON c.practice_id = n.practice_id AND c.id = n.clinic_id
JOIN practice y ON y.id = n.practice_id AND y.is_demo
WHERE n.state = 'enabled' ORDER BY n.kind DESC, c.name
""")
_SHIFT_SESSIONS = text(  # tenancy: time moves for everybody, and everybody stays signed in
    """
UPDATE login_session SET idle_until = idle_until + :moved, expires_at = expires_at + :moved, last_seen_at = last_seen_at + :moved,
    locks_at = locks_at + :moved, proven_at = proven_at + :moved
WHERE revoked_at IS NULL
"""
)
# What was answered in a future that is left again would keep the clinic silent there.
_FORGET_AWAY_REPLIES = text("DELETE FROM away_reply WHERE at > :now")  # tenancy: time moves for everybody
_FORGET_OVERRIDES = text("DELETE FROM hours_override")  # tenancy: time moves for everybody


class TimeMove(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of these. ``until``: the next moment at which the clinic, the first one unless named, is open or closed."""

    advance_seconds: int | None = None
    reset: bool = False
    until: Literal["open", "closed"] | None = None
    clinic_id: UUID | None = None


class ClinicTime(msgspec.Struct, frozen=True):
    """``changes_at``: when it opens or closes next, if it ever does."""

    id: UUID
    name: str
    practice_name: str
    timezone: str
    number: str
    is_open: bool
    changes_at: datetime | None


class DemoTime(msgspec.Struct, frozen=True):
    now: datetime
    offset_seconds: float
    clinics: list[ClinicTime]


async def demo_time(database: Database, moved: MovedClock) -> DemoTime:
    async with database.transaction() as uow:
        clinics = [await _clinic_time(uow, row, clock.now()) for row in (await uow.execute(_CLINICS)).all()]
    return DemoTime(clock.now(), moved.offset.total_seconds(), clinics)


async def move_time(database: Database, moved: MovedClock, move: TimeMove) -> DemoTime:
    """
    Raises:
        Invalid: nothing or more than one thing was asked for, or it is too far away.
        NotFound: no such clinic that texts.
        Conflict: the clinic never opens or never closes.
    """
    before = moved.offset
    after = await _offset_after(database, before, move)
    if abs(after) > _FARTHEST:
        raise Invalid.field("advance_seconds", "leads more than 400 days away from today; go back to now first")
    # Whoever is signed in stays so at every moment: their sessions move first when time goes forward, last when it goes back.
    if after < before:
        moved.move(after)
    async with database.transaction() as uow:
        await uow.execute(_SHIFT_SESSIONS, {"moved": after - before})
        if after < before:
            await uow.execute(_FORGET_AWAY_REPLIES, {"now": clock.now()})
            await uow.execute(_FORGET_OVERRIDES)
    moved.move(after)
    async with database.transaction() as uow:
        await book_days(uow)
    return await demo_time(database, moved)


def next_open(rules: ClinicHoursRules, now: datetime) -> datetime | None:
    """``now`` itself if it is open at an hour fit for calls, else the next noon at which it is open; and an hour later, too."""
    here = ZoneInfo(rules.zone)
    local = now.astimezone(here)
    if _stays_open(rules, now) and EARLIEST <= local.time() < LATEST:
        return now
    days = (local.date() + timedelta(days=number) for number in range(_SEARCHED_DAYS))
    noons = (instant_of(day, EARLIEST, here) for day in days)
    return next((noon for noon in noons if noon > now and _stays_open(rules, noon)), None)


def _stays_open(rules: ClinicHoursRules, at: datetime) -> bool:
    return all(is_open(rules.hours, moment, rules.zone) for moment in (at, at + _SHOWN))


def next_closed(rules: ClinicHoursRules, now: datetime) -> datetime | None:
    """``now`` itself if it is closed, else the next closing."""
    if not is_open(rules.hours, now, rules.zone):
        return now
    quarter = now.astimezone(UTC).replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    for number in range(1, _SEARCHED_DAYS * 24 * 4):
        moment = quarter + number * _STEP
        if not is_open(rules.hours, moment, rules.zone):
            period = closed_period(rules.hours, moment, rules.zone)
            return period.begun_at if period else moment
    return None


async def _offset_after(database: Database, before: timedelta, move: TimeMove) -> timedelta:
    if sum((move.advance_seconds is not None, move.reset, move.until is not None)) != 1:
        raise Invalid.field("until", "or advance_seconds or reset has to be given, and only one of them")
    if move.reset:
        return timedelta(0)
    if move.advance_seconds is not None:
        return before + timedelta(seconds=max(0, move.advance_seconds))
    now = clock.now()
    async with database.transaction() as uow:
        target = await _target(uow, move, now)
    return before + (target - now)


async def _target(uow: UnitOfWork, move: TimeMove, now: datetime) -> datetime:
    clinics = (await uow.execute(_CLINICS)).all()
    clinic = next((row for row in clinics if move.clinic_id in {None, row.id}), None)
    if clinic is None:
        raise NotFound
    rules = await hours_of(uow, clinic.practice_id, clinic.id)
    target = next_open(rules, now) if move.until == "open" else next_closed(rules, now)
    if target is None:
        raise Conflict(f"{clinic.name} is never {move.until}. Change its hours in Settings.")
    return target


async def _clinic_time(uow: UnitOfWork, row: Any, now: datetime) -> ClinicTime:
    rules = await hours_of(uow, row.practice_id, row.id)
    closed = closed_period(rules.hours, now, rules.zone)
    return ClinicTime(
        id=row.id,
        name=row.name,
        practice_name=row.practice_name,
        timezone=row.timezone,
        number=row.number,
        is_open=closed is None,
        changes_at=closed.ends_at if closed else next_closed(rules, now),
    )
