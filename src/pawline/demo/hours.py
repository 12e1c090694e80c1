"""When people in the demo are at work and awake, in the wall clock of the clinics."""

from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")

_FRIDAY = 4
_SATURDAY = 5
_SUNDAY = 6


def is_open(moment: datetime) -> bool:
    """Monday to Friday from 8 to 6, Saturday from 9 to 1."""
    local = moment.astimezone(ZONE)
    if local.weekday() == _SUNDAY:
        return False
    opens, closes = (time(9), time(13)) if local.weekday() == _SATURDAY else (time(8), time(18))
    return opens <= local.time() < closes


def at_work(moment: datetime, rng: Random) -> datetime:
    """The moment itself, or a little after the clinic opens next."""
    if is_open(moment):
        return moment
    day = moment.astimezone(ZONE)
    if day.hour >= 9:
        day += timedelta(days=1)
    if day.weekday() == _SUNDAY:
        day += timedelta(days=1)
    opens = 9 if day.weekday() == _SATURDAY else 8
    # The arithmetic is done in wall clock time, which is what opening hours are; only then back to UTC.
    opening = day.replace(hour=opens, minute=0, second=0, microsecond=0)
    return max(moment, _utc(opening)) + timedelta(seconds=rng.randint(180, 2700))


def awake(moment: datetime, rng: Random) -> datetime:
    """The moment itself, or the time somebody looks at the phone over the first coffee."""
    local = moment.astimezone(ZONE)
    if 7 <= local.hour < 22:
        return moment
    day = local + timedelta(days=1) if local.hour >= 22 else local
    return _utc(day.replace(hour=7, minute=0, second=0, microsecond=0)) + timedelta(seconds=rng.randint(300, 5400))


def working_morning(moment: datetime) -> datetime:
    """Shortly after opening, on that day or the Friday before it."""
    day = moment.astimezone(ZONE)
    day -= timedelta(days=max(0, day.weekday() - _FRIDAY))
    return _utc(day.replace(hour=8, minute=12, second=0, microsecond=0))


def tomorrow_morning(moment: datetime) -> datetime:
    day = moment.astimezone(ZONE) + timedelta(days=1)
    return _utc(day.replace(hour=8, minute=0, second=0, microsecond=0))


def in_daytime(moment: datetime, rng: Random) -> datetime:
    """Some time on the same day at which people write to their vet: mostly by day, now and then in the evening."""
    hour = rng.choices((7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20), (2, 6, 8, 8, 7, 5, 5, 6, 6, 5, 3, 2, 1))[0]
    local = moment.astimezone(ZONE).replace(hour=hour, minute=rng.randint(0, 59), second=rng.randint(0, 59), microsecond=0)
    return _utc(local)


def greeting(moment: datetime, rng: Random) -> str:
    hour = moment.astimezone(ZONE).hour
    return rng.choice(("Hi", "Hello", "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"))


def coming_weekday(moment: datetime, rng: Random) -> str:
    """The name of a working day two to four days ahead."""
    day = moment.astimezone(ZONE) + timedelta(days=rng.randint(2, 4))
    if day.weekday() >= _SATURDAY:
        day += timedelta(days=2)
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")[day.weekday()]


def _utc(local: datetime) -> datetime:
    return local.astimezone(UTC)
