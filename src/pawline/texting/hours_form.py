"""Conversation hours as the API writes them."""

from collections import defaultdict
from datetime import date, time
from typing import Annotated

import msgspec

from pawline.platform.errors import Invalid
from pawline.practices.hours import ClinicHoursRules, OtherHours, Span, WeeklyHours

Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class SpanForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By the clinic's own clock, like 08:30. One that closes at or before its opening runs into the next day."""

    opens_at: Clock
    closes_at: Clock


class DayForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``weekday`` 0 is Monday. No spans: closed."""

    weekday: Annotated[int, msgspec.Meta(ge=0, le=6)]
    spans: Annotated[list[SpanForm], msgspec.Meta(max_length=12)]


class HolidayForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other hours on one date; without spans the clinic is closed on it."""

    on_date: date
    label: Annotated[str, msgspec.Meta(max_length=80)]
    spans: Annotated[list[SpanForm], msgspec.Meta(max_length=12)]


class ConversationHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No weekday with a span: the clinic answers round the clock. ``timezone`` is an IANA name."""

    timezone: str
    days: Annotated[list[DayForm], msgspec.Meta(max_length=7)]
    holidays: Annotated[list[HolidayForm], msgspec.Meta(max_length=400)]


def read_hours(form: ConversationHours) -> ClinicHoursRules:
    """Raises Invalid for a day that is given twice; what else is wrong, set_hours finds."""
    weekdays = {day.weekday: _spans(day.spans) for day in form.days if day.spans}
    exceptions = {
        holiday.on_date: OtherHours(_spans(holiday.spans), " ".join(holiday.label.split())) for holiday in form.holidays
    }
    if len({day.weekday for day in form.days}) < len(form.days):
        raise Invalid.field("days", "name a weekday twice; put all its hours into one entry")
    if len(exceptions) < len(form.holidays):
        raise Invalid.field("holidays", "name a date twice; put all its hours into one entry")
    return ClinicHoursRules(WeeklyHours(weekdays, exceptions), form.timezone)


def write_hours(rules: ClinicHoursRules) -> ConversationHours:
    weekdays = defaultdict[int, tuple[Span, ...]](tuple, rules.hours.weekdays)
    return ConversationHours(
        timezone=rules.zone,
        days=[DayForm(weekday, _forms(weekdays[weekday])) for weekday in range(7)],
        holidays=[HolidayForm(day, other.label, _forms(other.spans)) for day, other in sorted(rules.hours.exceptions.items())],
    )


def _spans(forms: list[SpanForm]) -> tuple[Span, ...]:
    return tuple(sorted(Span(time.fromisoformat(form.opens_at), time.fromisoformat(form.closes_at)) for form in forms))


def _forms(spans: tuple[Span, ...]) -> list[SpanForm]:
    return [SpanForm(f"{span.opens_at:%H:%M}", f"{span.closes_at:%H:%M}") for span in spans]
