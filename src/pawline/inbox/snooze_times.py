"""When a conversation may come back, by the clinic's own wall clock: what is offered, and what somebody chose."""

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from pawline.platform.errors import Invalid
from pawline.platform.wall_clock import instant_of
from pawline.practices.hours import ClinicHoursRules

MORNING = time(8)
LATER_BY = timedelta(hours=3)
STEP_MINUTES = 15
LONGEST = timedelta(days=366)
_FAR_YEARS = 3
_MIDNIGHT = time(0)


class SnoozeChoice(msgspec.Struct, frozen=True):
    """``wall_clock`` in the clinic's zone is what is asked for with; ``until`` is the instant that it means."""

    id: Literal["later_today", "tomorrow", "next_week"]
    wall_clock: datetime
    until: datetime


class SnoozeChoices(msgspec.Struct, frozen=True):
    timezone: str
    choices: list[SnoozeChoice]


def build_choices(rules: ClinicHoursRules, now: datetime) -> SnoozeChoices:
    """``now`` is aware. Nothing is offered twice: later today is not tomorrow, next week not either."""
    zone = ZoneInfo(rules.zone)
    local = now.astimezone(zone)
    later = _rounded_up(local.replace(tzinfo=None) + LATER_BY)
    monday = local.date() + timedelta(days=7 - local.weekday())
    wanted: list[tuple[Literal["later_today", "tomorrow", "next_week"], datetime]] = [
        ("tomorrow", _morning(rules, local.date() + timedelta(days=1))),
    ]
    if monday > local.date() + timedelta(days=1):
        wanted.append(("next_week", _morning(rules, monday)))
    if later.date() == local.date():
        wanted.insert(0, ("later_today", later))
    return SnoozeChoices(rules.zone, [SnoozeChoice(name, at, wake_at(rules.zone, at)) for name, at in wanted])


def wake_at(zone: str, wall_clock: datetime) -> datetime:
    """The instant of a time on the clinic's wall; on the night when clocks change, the nearest that there is."""
    return instant_of(wall_clock.date(), wall_clock.time(), ZoneInfo(zone))


def sensible_time(zone: str, wall_clock: datetime, now: datetime) -> datetime:
    """``wake_at`` of a time to come. The years come first: at both ends of the calendar there is no such instant.

    Raises:
        Invalid: the time has passed, or is more than a year away.
    """
    until = wake_at(zone, wall_clock) if abs(wall_clock.year - now.year) < _FAR_YEARS else None
    if wall_clock.year < now.year - 1 or (until is not None and until <= now):
        raise Invalid.field("wall_clock", "has passed already; choose a later time")
    if until is None or until > now + LONGEST:
        raise Invalid.field("wall_clock", "is more than a year away; choose an earlier time")
    return until


def _morning(rules: ClinicHoursRules, day: date) -> datetime:
    """When the clinic opens that day; eight o'clock where it does not, or is open from midnight on."""
    opens_at = min((span.opens_at for span in rules.hours.spans_on(day)), default=_MIDNIGHT)
    return datetime.combine(day, MORNING if opens_at == _MIDNIGHT else opens_at)


def _rounded_up(at: datetime) -> datetime:
    minutes = -(-at.minute // STEP_MINUTES) * STEP_MINUTES
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=minutes)
