"""Finding which staff members have to be told at once: a family of their schedule has written on that day (PPB-30, D12).

One e-mail to a staff member and family until they have read, or ten minutes have passed. What they had read before it went out
needs none. Days are worked out here and not by the database, whose knowledge of time zones may be another one than that of
the schedule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from pawline.notifications.claims import TO_STAFF
from pawline.notifications.finding import FOLDER, MARGIN, MOST_READ, OLDEST
from pawline.notifications.models import StaffNotice
from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.wall_clock import instant_of

WRITTEN_FOR_STAFF = FOLDER.joinpath("written_for_staff.sql").read_text().strip()
FIND_FOR_STAFF = FOLDER.joinpath("find_for_staff.sql").read_text().replace("{written_for_staff}", WRITTEN_FOR_STAFF)

_HOLD = text("SELECT swept_until FROM notice_sweep WHERE name = 'staff' FOR UPDATE SKIP LOCKED")
_ZONES = text("SELECT DISTINCT timezone FROM clinic")  # tenancy: the calendars of all clinics, and nothing of theirs
_FIND = text(FIND_FOR_STAFF)
_DONE = text("UPDATE notice_sweep SET swept_until = :now WHERE name = 'staff'")


@dataclass(frozen=True, slots=True)
class ClinicDay:
    """One day of the calendar in a zone; ``ends_at`` is not a part of it any more."""

    zone: str
    on_date: date
    begins_at: datetime
    ends_at: datetime


async def queue_staff_notices(database: Database) -> int:
    """Queue an e-mail for each staff member who is due for one. Returns how many."""
    now = clock.now()
    async with database.transaction() as uow:
        swept_until = (await uow.execute(_HOLD)).scalar_one_or_none()
        if swept_until is None:
            return 0
        zones = (await uow.execute(_ZONES)).scalars().all()
        days = [clinic_day(zone, now, days_ago=days_ago) for zone in zones for days_ago in (0, 1)]
        queued = await _queue(uow, days, since=max(min(swept_until, now), now - OLDEST), now=now)
        await uow.execute(_DONE, {"now": now})
    return queued


def clinic_day(zone: str, now: datetime, *, days_ago: int = 0) -> ClinicDay:
    here = ZoneInfo(zone)
    day = now.astimezone(here).date() - timedelta(days=days_ago)
    return ClinicDay(zone, day, instant_of(day, time(0), here), instant_of(day + timedelta(days=1), time(0), here))


async def _queue(uow: UnitOfWork, days: Sequence[ClinicDay], *, since: datetime, now: datetime) -> int:
    values = {
        "zones": [day.zone for day in days],
        "dates": [day.on_date for day in days],
        "begins": [day.begins_at for day in days],
        "ends": [day.ends_at for day in days],
        "written_since": since - MARGIN,
        "quiet_since": since - MARGIN,
        "oldest": now - OLDEST,
        "now": now,
        "most_read": MOST_READ,
    }
    found = (await uow.execute(_FIND, values)).all()
    times = {"queued_at": now, "next_attempt_at": now, "quiet_until": now + TO_STAFF.quiet_for}
    rows = [
        {
            "practice_id": row.practice_id,
            "id": new_id(),
            "thread_id": row.thread_id,
            "staff_id": row.staff_id,
            "first_seq": row.first_seq,
            "up_to_seq": row.up_to_seq,
            **times,
        }
        for row in found
    ]
    if rows:
        # In the way can only be one that was needless at the time.
        await uow.execute(insert(StaffNotice).on_conflict_do_nothing(), rows)
    return len(rows)
