"""A visit as a file that every calendar takes in (RFC 5545)."""

from datetime import timedelta
from typing import Any

from icalendar import STATUS, Calendar, Event

_MADE_BY = "-//Pawline//Visits//EN"


def calendar_file(row: Any) -> bytes:
    """Names pet, clinic and time, and not what the visit is for: calendars are seen by colleagues and on lock screens.

    Of one visit it is the same file at every download; after a change ``SEQUENCE`` is higher, so that calendars follow.
    """
    event = Event.new(
        uid=f"{row.id}@pawline",
        sequence=row.revision - 1,
        stamp=row.changed_at,
        start=row.starts_at,
        end=row.starts_at + timedelta(minutes=row.minutes),
        summary=f"{row.pet_name} at {row.clinic_name}",
        location=row.clinic_name,
        description="\n".join(_lines(row)),
        status=STATUS.CANCELLED if row.status == "cancelled" else STATUS.CONFIRMED,
    )
    return Calendar.new(prodid=_MADE_BY, uid=str(row.id), subcomponents=[event]).to_ical()


def _lines(row: Any) -> list[str]:
    return [
        *([f"With {row.staff_name}"] if row.staff_name else []),
        *([f"Call {row.clinic_phone}"] if row.clinic_phone else []),
    ]
