"""Hours as a practice writes them down, and what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise
from zoneinfo import available_timezones

from pawline.platform.errors import FieldError, Invalid
from pawline.platform.text import require_storable

MIDNIGHT = time(0)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = 24 * 60
_LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Belongs to the day on which it opens. One that closes at or before its opening runs into the next day."""

    opens_at: time
    closes_at: time

    @property
    def minutes(self) -> int:
        return (_minute(self.closes_at) - _minute(self.opens_at)) % _DAY or _DAY

    def __str__(self) -> str:
        return f"{self.opens_at:%H:%M}-{self.closes_at:%H:%M}"


ALL_DAY = (Span(MIDNIGHT, MIDNIGHT),)


@dataclass(frozen=True, slots=True)
class OtherHours:
    """What counts on one date instead of that weekday's spans; without spans the clinic does not open on it."""

    spans: tuple[Span, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """``weekdays``: spans by weekday, 0 is Monday; a weekday that is missing is closed. None at all: open round the clock.

    An exception replaces what opens on its date. A night that began on the day before still runs to its end.
    """

    weekdays: Mapping[int, tuple[Span, ...]] = field(default_factory=dict[int, tuple[Span, ...]])
    exceptions: Mapping[date, OtherHours] = field(default_factory=dict[date, OtherHours])

    def spans_on(self, day: date) -> tuple[Span, ...]:
        if day in self.exceptions:
            return self.exceptions[day].spans
        return self.weekdays.get(day.weekday(), ()) if any(self.weekdays.values()) else ALL_DAY


@dataclass(frozen=True, slots=True)
class ClinicHoursRules:
    """``zone`` is an IANA name."""

    hours: WeeklyHours
    zone: str


def require_sensible(rules: ClinicHoursRules) -> None:
    """Raises Invalid with everything that is wrong, in words for whoever typed it."""
    errors = [FieldError("hours", message) for message in (*_weekday_problems(rules.hours), *_exception_problems(rules.hours))]
    if rules.zone not in available_timezones():
        errors.append(FieldError("timezone", "is not a time zone; give an IANA name, like America/New_York"))
    if errors:
        raise Invalid.fields(errors)


def _weekday_problems(hours: WeeklyHours) -> Iterator[str]:
    if not set(hours.weekdays) <= set(range(7)):
        yield "name a weekday that does not exist; count from 0 for Monday to 6 for Sunday"
        return
    for weekday, spans in hours.weekdays.items():
        yield from _problems_of_day(spans, DAYS[weekday])
    opened = sorted(
        (weekday * _DAY + _minute(span.opens_at), span, weekday) for weekday, spans in hours.weekdays.items() for span in spans
    )
    for (begins, span, weekday), (next_begins, next_span, next_weekday) in pairwise(opened):
        if weekday != next_weekday and begins + span.minutes > next_begins:
            yield _overlap(span, next_span, f"{DAYS[weekday]} night into {DAYS[next_weekday]}")
    if opened and opened[-1][0] + opened[-1][1].minutes > opened[0][0] + 7 * _DAY:
        yield _overlap(opened[-1][1], opened[0][1], f"{DAYS[opened[-1][2]]} night into {DAYS[opened[0][2]]}")


def _exception_problems(hours: WeeklyHours) -> Iterator[str]:
    for day, other in sorted(hours.exceptions.items()):
        require_storable("label", other.label)
        yield from _problems_of_day(other.spans, f"{day.day} {day:%B %Y}")
        if len(other.label) > _LONGEST_LABEL:
            yield f"on {day.day} {day:%B %Y} have a name longer than {_LONGEST_LABEL} characters; shorten it"


def _problems_of_day(spans: Sequence[Span], day: str) -> Iterator[str]:
    times = [moment for span in spans for moment in (span.opens_at, span.closes_at)]
    if any(moment.second or moment.microsecond or moment.tzinfo for moment in times):
        yield f"on {day} have to be whole minutes by the clinic's own clock"
        return
    if sum(span.minutes for span in spans) > _DAY:
        yield f"on {day} come to more than 24 hours; shorten or remove some"
        return
    for span, following in pairwise(sorted(spans)):
        if _minute(span.opens_at) + span.minutes > _minute(following.opens_at):
            yield _overlap(span, following, day)


def _overlap(first: Span, second: Span, when: str) -> str:
    return f"overlap on {when}: {first} and {second}; shorten one of them, or make one of the two"


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
