"""Finding which staff members have to be told at once: a family of their schedule has written on that day (PPB-30, D12), or one
whose thread was handed to them until the day ends (C16).

Each message is told, however soon it follows another; those that one look finds are told in one e-mail. What they had read
before it went out needs none. Whoever gets the appointment after the family wrote is told then. Days are worked out here and not
by the database, whose knowledge of time zones may be another one than that of the schedule.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from pawline.notifications.finding import FOLDER, MARGIN, MOST_READ, OLDEST
from pawline.notifications.models import StaffNotice
from pawline.notifications.sweeping import Sweep, sweep
from pawline.platform.db import Database
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import STAFF_TAKES_MAIL, waits_from
from pawline.platform.wall_clock import instant_of, midnight_after

WRITTEN_FOR_STAFF = FOLDER.joinpath("written_for_staff.sql").read_text().strip()
FIND_FOR_STAFF = (
    FOLDER.joinpath("find_for_staff.sql")
    .read_text()
    .replace("{written_for_staff}", WRITTEN_FOR_STAFF)
    .replace("{takes_mail}", STAFF_TAKES_MAIL)
)

_ZONES = text("SELECT DISTINCT timezone FROM clinic")  # tenancy: the calendars of all clinics, and nothing of theirs
_FIND = text(FIND_FOR_STAFF)


@dataclass(frozen=True, slots=True)
class ClinicDay:
    """One day of the calendar in a zone; ``ends_at`` is not a part of it any more."""

    zone: str
    on_date: date
    begins_at: datetime
    ends_at: datetime


async def queue_staff_notices(database: Database) -> int:
    """Queue an e-mail for each staff member who is due for one. Returns how many."""
    return await sweep(database, "staff", oldest=OLDEST, queue=_queue)


def clinic_day(zone: str, now: datetime, *, days_ago: int = 0) -> ClinicDay:
    here = ZoneInfo(zone)
    day = now.astimezone(here).date() - timedelta(days=days_ago)
    return ClinicDay(zone, day, instant_of(day, time(0), here), midnight_after(day, here))


async def _queue(swept: Sweep) -> int:
    since, now = swept.since, swept.now
    zones = (await swept.uow.execute(_ZONES)).scalars().all()
    days = [clinic_day(zone, now, days_ago=days_ago) for zone in zones for days_ago in (0, 1)]
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
    rows = [
        {
            "practice_id": row.practice_id,
            "id": new_id(),
            "thread_id": row.thread_id,
            "staff_id": row.staff_id,
            "first_seq": row.first_seq,
            "up_to_seq": row.up_to_seq,
            **waits_from(now),
        }
        for row in await swept.uow.execute(_FIND, values)
    ]
    # In the way can only be one that was needless at the time.
    return await swept.keep(StaffNotice, rows)
