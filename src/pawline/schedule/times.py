"""The clinic's calendar and clock as instants; times that a change of the clocks skips or repeats are refused."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from pawline.platform.errors import Invalid
from pawline.platform.languages import Language

# The practice software may know of old visits; beyond these years, arithmetic with zones ends.
FIRST_YEAR, LAST_YEAR = 1970, 2200
_DAYS: Mapping[Language, list[str]] = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "es": ["lun,", "mar,", "mié,", "jue,", "vie,", "sáb,", "dom,"],
}
_MONTHS: Mapping[Language, list[str]] = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
}


def instant_at(on_date: date, at: str, *, zone: str) -> datetime:
    """Aware UTC. ``at`` is like 09:30.

    Raises:
        Invalid: no year for an appointment; or the clocks go forward over that time, or go back and show it twice, so that
            people would come an hour apart.
    """
    if not FIRST_YEAR <= on_date.year <= LAST_YEAR:
        raise Invalid.field("on_date", "is too far away; give a day that somebody can come on")
    here = ZoneInfo(zone)
    first, second = (datetime.combine(on_date, time.fromisoformat(at), here).replace(fold=fold) for fold in (0, 1))
    instant = first.astimezone(UTC)
    if instant.astimezone(here).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise Invalid.field("at", "does not exist on that day, because the clocks go forward over it; choose another time")
    if first.utcoffset() != second.utcoffset():
        raise Invalid.field("at", "comes twice on that day, because the clocks go back over it; choose another time")
    return instant


def date_at(moment: datetime, *, zone: str) -> date:
    """What the calendar at the clinic says at that moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def clock_at(moment: datetime, *, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def spoken(moment: datetime, *, zone: str, language: Language = "en") -> str:
    """``Tue 24 Nov, 10:30`` or ``mar, 24 nov, 10:30``, as the screens write it."""
    local = moment.astimezone(ZoneInfo(zone))
    day, month = _DAYS[language][local.weekday()], _MONTHS[language][local.month - 1]
    return f"{day} {local.day} {month}, {local:%H:%M}"
