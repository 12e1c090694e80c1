"""When the days of clinics end, by their own clock and calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from pawline.platform.db import UnitOfWork
from pawline.platform.wall_clock import instant_of
from pawline.practices.hours_rows import hours_of_clinics
from pawline.practices.weekly_hours import ClinicHoursRules

WITHOUT_HOURS = time(18)
_CLINICS = text("SELECT practice_id, id FROM clinic")  # tenancy: the clocks of all clinics, and nothing of theirs


@dataclass(frozen=True, slots=True)
class DayEnd:
    practice_id: UUID
    clinic_id: UUID
    on_date: date


async def day_ends_between(uow: UnitOfWork, since: datetime, until: datetime) -> list[DayEnd]:
    """The days of all clinics that ended after ``since``, at the latest at ``until``."""
    practice_of = {row.id: row.practice_id for row in await uow.execute(_CLINICS)}
    rules = await hours_of_clinics(uow, sorted(set(practice_of.values())))
    return [
        DayEnd(practice_of[clinic_id], clinic_id, day)
        for clinic_id, of_clinic in rules.items()
        if clinic_id in practice_of
        for day in _days_ended(of_clinic, since, until)
    ]


def day_ends_at(rules: ClinicHoursRules, day: date) -> datetime | None:
    """The last closing of what opens on that day, which may be after midnight; None: the clinic does not open on it.

    A clinic that has given no hours at all ends its day at six in the evening.
    """
    here = ZoneInfo(rules.zone)
    if not any(rules.hours.weekdays.values()) and day not in rules.hours.exceptions:
        return instant_of(day, WITHOUT_HOURS, here)
    ends = [
        instant_of(day if span.closes_at > span.opens_at else day + timedelta(days=1), span.closes_at, here)
        for span in rules.hours.spans_on(day)
    ]
    return max(ends, default=None)


def _days_ended(rules: ClinicHoursRules, since: datetime, until: datetime) -> Iterator[date]:
    here = ZoneInfo(rules.zone)
    day, last = since.astimezone(here).date() - timedelta(days=1), until.astimezone(here).date()
    while day <= last:
        end = day_ends_at(rules, day)
        if end is not None and since < end <= until:
            yield day
        day += timedelta(days=1)
