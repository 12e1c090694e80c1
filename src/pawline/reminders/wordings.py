"""What reminders and confirmations say, word for word: who writes comes first, how to make it stop comes last.

Nothing here may ask for a word that means something else to a carrier: not CANCEL, not YES, not END.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

DUE = "{clinic}: {pet} is due for {service}. Call {phone} to book. Reply STOP to opt out."
APPOINTMENT = "{clinic}: {pet}'s appointment is {day} at {time}. Reply C to confirm. Reply STOP to opt out."
# Kept with the legal ground: which words a number was texted under.
VERSION = "reminder 1"

# Countries that write the month first and count to twelve twice.
_MONTH_FIRST = ("US", "CA")


def day_of(at: datetime, *, zone: str, country: str) -> str:
    """``Tuesday, November 17`` or ``Tuesday 17 November``, on the clinic's calendar."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%A, %B} {local.day}" if country in _MONTH_FIRST else f"{local:%A} {local.day} {local:%B}"


def time_of(at: datetime, *, zone: str, country: str) -> str:
    """``9:30 AM`` or ``9:30``, on the clinic's clock."""
    local = at.astimezone(ZoneInfo(zone))
    if country in _MONTH_FIRST:
        return f"{local.hour % 12 or 12}:{local:%M} {'AM' if local.hour < 12 else 'PM'}"
    return f"{local.hour}:{local:%M}"
