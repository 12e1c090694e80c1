"""When a clinic answers messages: its own wall-clock rules, asked about at an instant."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, update

from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.ids import new_id
from pawline.platform.wall_clock import instant_of
from pawline.practices.hours_rows import hours_of_clinics
from pawline.practices.models import Clinic, ClinicHours, HoursException
from pawline.practices.weekly_hours import ClinicHoursRules, OtherHours, Span, WeeklyHours, require_sensible

__all__ = [
    "ClinicHoursRules",
    "ClosedPeriod",
    "OtherHours",
    "Span",
    "WeeklyHours",
    "closed_period",
    "closes_next_at",
    "hours_of",
    "is_open",
    "opens_next_at",
    "set_hours",
]

# How far a closed period is followed. A clinic that is closed for longer has no next opening worth naming.
SEARCHED_DAYS = 400
# How far an open one is followed, which hardly a clinic has for longer than a day.
OPEN_SEARCHED_DAYS = 14


class ClosedPeriod(NamedTuple):
    """Aware UTC. ``ends_at`` is the next opening; None: not within SEARCHED_DAYS."""

    begun_at: datetime
    ends_at: datetime | None


class _Opening(NamedTuple):
    begins_at: datetime
    ends_at: datetime


def is_open(hours: WeeklyHours, at: datetime, zone: str) -> bool:
    """At the very minute of opening yes, at that of closing no."""
    here = ZoneInfo(zone)
    days = _days_from(at.astimezone(here).date() - timedelta(days=2), count=4)
    return any(opening.begins_at <= at < opening.ends_at for opening in _openings(hours, here, days))


def closed_period(hours: WeeklyHours, at: datetime, zone: str) -> ClosedPeriod | None:
    """The closed stretch that ``at`` (aware) is in; None while the clinic is open."""
    if is_open(hours, at, zone):
        return None
    here = ZoneInfo(zone)
    yesterday = at.astimezone(here).date() - timedelta(days=1)
    later = _openings(hours, here, _days_from(yesterday, count=SEARCHED_DAYS))
    return ClosedPeriod(_last_closing(hours, at, here), next((each.begins_at for each in later if each.begins_at > at), None))


def closes_next_at(hours: WeeklyHours, at: datetime, zone: str) -> datetime | None:
    """The end of the stretch that is open at ``at``, or else of the next one; None: none ends within OPEN_SEARCHED_DAYS."""
    here = ZoneInfo(zone)
    days = _days_from(at.astimezone(here).date() - timedelta(days=2), count=OPEN_SEARCHED_DAYS + 2)
    closes_at: datetime | None = None
    for opening in _openings(hours, here, days):
        if closes_at is not None and opening.begins_at > closes_at:
            return closes_at
        if opening.ends_at > at:
            closes_at = max(opening.ends_at, closes_at or opening.ends_at)
    return None


def opens_next_at(hours: WeeklyHours, at: datetime, zone: str) -> datetime | None:
    """``at`` itself while the clinic is open, otherwise its next opening; None: not within SEARCHED_DAYS."""
    period = closed_period(hours, at, zone)
    return at.astimezone(UTC) if period is None else period.ends_at


async def hours_of(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> ClinicHoursRules:
    found = await hours_of_clinics(uow, [practice_id], [clinic_id])
    if clinic_id not in found:
        raise NotFound
    return found[clinic_id]


async def set_hours(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, rules: ClinicHoursRules) -> None:  # size: ids, value
    """Put these rules in the place of all that the clinic had, its zone included.

    Raises:
        Invalid: spans overlap, come to more than a day or are not whole minutes; or there is no such zone.
        NotFound: no such clinic at this practice.
    """
    require_sensible(rules)
    clinic = {"practice_id": practice_id, "clinic_id": clinic_id}
    # First of all: this row's lock lets one writer of hours wait for the other.
    changed = update(Clinic).where(Clinic.practice_id == practice_id, Clinic.id == clinic_id).values(timezone=rules.zone)
    if (await uow.execute(changed.returning(Clinic.id))).first() is None:
        raise NotFound
    await uow.execute(delete(ClinicHours).where(ClinicHours.practice_id == practice_id, ClinicHours.clinic_id == clinic_id))
    await uow.execute(
        delete(HoursException).where(HoursException.practice_id == practice_id, HoursException.clinic_id == clinic_id)
    )
    if weekly := list(_weekly_rows(rules.hours)):
        await uow.execute(insert(ClinicHours), [{**clinic, **row} for row in weekly])
    if dated := list(_dated_rows(rules.hours)):
        await uow.execute(insert(HoursException), [{**clinic, "id": new_id(), **row} for row in dated])


def _last_closing(hours: WeeklyHours, at: datetime, here: ZoneInfo) -> datetime:
    """A night may close after what opened the next morning, so the day before the one found is looked at too."""
    day = at.astimezone(here).date()
    for _ in range(SEARCHED_DAYS):
        if any(opening.ends_at <= at for opening in _openings(hours, here, [day])):
            both = _openings(hours, here, [day - timedelta(days=1), day])
            return max(opening.ends_at for opening in both if opening.ends_at <= at)
        day -= timedelta(days=1)
    return at.astimezone(UTC) - timedelta(days=SEARCHED_DAYS)


def _openings(hours: WeeklyHours, here: ZoneInfo, days: Iterable[date]) -> Iterator[_Opening]:
    """In order of their beginning. A span that lies wholly in an hour which the clocks skip is none."""
    for day in days:
        for span in sorted(hours.spans_on(day)):
            last_day = day if span.closes_at > span.opens_at else day + timedelta(days=1)
            opening = _Opening(instant_of(day, span.opens_at, here), instant_of(last_day, span.closes_at, here))
            if opening.begins_at < opening.ends_at:
                yield opening


def _days_from(first: date, *, count: int) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(count))


def _weekly_rows(hours: WeeklyHours) -> Iterator[dict[str, Any]]:
    for weekday, spans in hours.weekdays.items():
        for span in spans:
            yield {"weekday": weekday, "opens_at": span.opens_at, "closes_at": span.closes_at}


def _dated_rows(hours: WeeklyHours) -> Iterator[dict[str, Any]]:
    for day, other in hours.exceptions.items():
        for span in other.spans or (None,):
            times = {"opens_at": span.opens_at if span else None, "closes_at": span.closes_at if span else None}
            yield {"on_date": day, "label": other.label, **times}
