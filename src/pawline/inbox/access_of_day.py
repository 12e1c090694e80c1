"""Who could read a thread on a day of the clinic's calendar and why, and who did. For administrators.

What let somebody read ends or changes, but stays on record: roles and appointments as they were, hand-offs with their end.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import text

from pawline.inbox.access_reasons import could_read_of
from pawline.inbox.access_views import AccessOfDay, AccessReason, CouldRead, OpenedThread, ReadDeleted
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid
from pawline.platform.wall_clock import instant_of, midnight_after
from pawline.practices.service import clinic_views
from pawline.threads.desk import Desk
from pawline.threads.queries import visible_to

# What each of the team was on that day, one span after the other: as they were up to each change, and as they are.
_TEAM = text("""
WITH past AS (
    SELECT h.*, lag(h.until) OVER (PARTITION BY h.staff_id ORDER BY h.until, h.id) AS until_before
    FROM staff_past h WHERE h.practice_id = :practice_id
),
was AS (
    SELECT h.staff_id, h.role, :clinic_id = ANY(h.clinic_ids) AS is_there,
        coalesce(h.until_before, m.created_at) AS since, h.until
    FROM past h JOIN staff_member m ON m.practice_id = :practice_id AND m.id = h.staff_id
    UNION ALL
    SELECT m.id, m.role, EXISTS (
            SELECT FROM staff_clinic x WHERE x.practice_id = m.practice_id AND x.staff_id = m.id AND x.clinic_id = :clinic_id),
        coalesce((SELECT max(h.until) FROM past h WHERE h.staff_id = m.id), m.created_at), coalesce(m.left_at, :ends_at)
    FROM staff_member m WHERE m.practice_id = :practice_id
)
SELECT w.staff_id AS id, p.name, w.role, greatest(w.since, :begins_at) AS since, least(w.until, :ends_at) AS until
FROM was w JOIN person p ON p.practice_id = :practice_id AND p.id = w.staff_id
WHERE w.role IS NOT NULL AND (w.role = 'practice_owner' OR w.is_there)
    AND greatest(w.since, :begins_at) < least(w.until, :ends_at)
ORDER BY lower(p.name), p.id, w.since
""")
# Each appointment of the family as it stands, and as it was before each change: from the change before, or since it was made.
_SCHEDULED = text("""
WITH own AS (
    SELECT a.* FROM appointment a
    WHERE a.practice_id = :practice_id AND a.family_id = :family_id AND a.clinic_id = :clinic_id
),
past AS (
    SELECT h.*, lag(h.until) OVER (PARTITION BY h.appointment_id ORDER BY h.until, h.id) AS until_before, o.created_at
    FROM appointment_past h JOIN own o ON o.practice_id = h.practice_id AND o.id = h.appointment_id
),
held AS (
    SELECT staff_id, on_date, starts_at, status, coalesce(until_before, created_at) AS since, until FROM past
    UNION ALL
    SELECT o.staff_id, o.on_date, o.starts_at, o.status,
        coalesce((SELECT max(p.until) FROM past p WHERE p.appointment_id = o.id), o.created_at), :ends_at
    FROM own o
)
SELECT staff_id, starts_at, greatest(since, :begins_at) AS since, least(until, :ends_at) AS until
FROM held
WHERE on_date = :on_date AND status <> 'cancelled' AND staff_id IS NOT NULL AND since < :ends_at AND until > :begins_at
    AND greatest(since, :begins_at) < least(until, :ends_at)
ORDER BY starts_at, since
""")
_HANDED = text("""
SELECT g.staff_id, b.name AS granted_by, greatest(g.granted_at, :begins_at) AS since,
    least(coalesce(g.ended_at, g.until), g.until, :ends_at) AS until
FROM thread_grant g JOIN person b ON b.practice_id = g.practice_id AND b.id = g.granted_by_id
WHERE g.practice_id = :practice_id AND g.thread_id = :thread_id AND g.granted_at < :ends_at
    AND least(coalesce(g.ended_at, g.until), g.until) > :begins_at
ORDER BY g.granted_at
""")
_OPENED = text("""
SELECT o.person_id, p.name, p.kind, o.first_at, o.last_at
FROM thread_opened o JOIN person p ON p.practice_id = o.practice_id AND p.id = o.person_id
WHERE o.practice_id = :practice_id AND o.thread_id = :thread_id AND o.on_date = :on_date
ORDER BY p.kind DESC, o.first_at, o.person_id
""")
_DELETED = text("""
SELECT p.name, m.author_name, m.created_at AS written_at, d.first_at, d.last_at, d.in_transcript
FROM message m
CROSS JOIN LATERAL (
    SELECT r.staff_id, r.read_at AS first_at, r.read_at AS last_at, r.in_transcript FROM deleted_reading r
    WHERE r.practice_id = m.practice_id AND r.message_id = m.id AND r.read_at >= :begins_at AND r.read_at < :ends_at
    UNION ALL
    SELECT o.staff_id, o.first_at, o.last_at, false FROM deleted_read o
    WHERE o.practice_id = m.practice_id AND o.message_id = m.id AND o.on_date = :on_date
) d
JOIN person p ON p.practice_id = m.practice_id AND p.id = d.staff_id
WHERE m.practice_id = :practice_id AND m.thread_id = :thread_id AND m.deleted_at IS NOT NULL
ORDER BY d.first_at, m.seq
""")
_SINCE = text("SELECT since FROM record_since WHERE name = 'reading'")
_FAMILY = text("SELECT y.name FROM family y WHERE y.practice_id = :practice_id AND y.id = :family_id")
# The first day of the calendar has no midnight in every zone.
_FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class _Day:
    on_date: date
    begins_at: datetime
    ends_at: datetime


async def access_of_day(desk: Desk, actor: Actor, thread_id: UUID, *, on_date: date | None) -> AccessOfDay:
    """``on_date`` None: today.

    Raises:
        NotFound: no such thread, or the actor may not see it.
        Invalid: the day is still to come, or is of another century.
    """
    async with desk.database.transaction() as uow:
        thread = await visible_to(uow.connection, actor, thread_id)
        [clinic] = await clinic_views(uow, actor.practice_id, [thread.clinic_id])
        day = _day(on_date, ZoneInfo(clinic.timezone))
        place = {"practice_id": actor.practice_id, "clinic_id": thread.clinic_id, "family_id": thread.family_id}
        asked = {**place, "thread_id": thread_id, **_values(day)}
        return AccessOfDay(
            on_date=day.on_date,
            timezone=clinic.timezone,
            clinic_name=clinic.name,
            family_name=(await uow.execute(_FAMILY, place)).scalar_one(),
            recorded_since=await _recorded_since(uow, day),
            could_read=await _could_read(uow, asked),
            opened=[msgspec.convert(row, OpenedThread, from_attributes=True) for row in await uow.execute(_OPENED, asked)],
            read_deleted=[msgspec.convert(row, ReadDeleted, from_attributes=True) for row in await uow.execute(_DELETED, asked)],
        )


def _day(on_date: date | None, zone: ZoneInfo) -> _Day:
    today = clock.now().astimezone(zone).date()
    day = on_date or today
    if day > today:
        raise Invalid.field("on_date", "is still to come; choose today or a day before")
    if day.year < _FIRST_YEAR:
        raise Invalid.field("on_date", "is before anything was recorded; choose a later day")
    return _Day(day, instant_of(day, time(0), zone), midnight_after(day, zone))


def _values(day: _Day) -> dict[str, Any]:
    return {"on_date": day.on_date, "begins_at": day.begins_at, "ends_at": day.ends_at}


async def _recorded_since(uow: UnitOfWork, day: _Day) -> datetime | None:
    since: datetime = (await uow.execute(_SINCE)).scalar_one()
    return since if day.begins_at < since else None


async def _could_read(uow: UnitOfWork, asked: dict[str, Any]) -> list[CouldRead]:
    """From senior staff on by their role; basic staff by what they had of the family that day."""
    ways: defaultdict[UUID, list[AccessReason]] = defaultdict(list)
    for row in await uow.execute(_SCHEDULED, asked):
        ways[row.staff_id].append(AccessReason("schedule", row.since, row.until, appointment_at=row.starts_at))
    for row in await uow.execute(_HANDED, asked):
        ways[row.staff_id].append(AccessReason("hand_off", row.since, row.until, granted_by=row.granted_by))
    spans = (await uow.execute(_TEAM, asked)).all()
    found = [could_read_of(list(own), ways[staff_id]) for staff_id, own in groupby(spans, key=lambda span: span.id)]
    return [member for member in found if member.reasons]
