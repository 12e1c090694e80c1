"""A visit as a file that every calendar takes in (RFC 5545)."""

from datetime import timedelta
from typing import Any, NamedTuple

from icalendar import STATUS, Calendar, Event

from pawline.platform.languages import Language
from pawline.practices.address import address_of

_MADE_BY = "-//Pawline//Visits//EN"


class _Words(NamedTuple):
    visit: str
    staff: str
    phone: str


_WORDS: dict[Language, _Words] = {
    "en": _Words("{pet} at {clinic}", "With {}", "Call {}"),
    "es": _Words("{pet} en {clinic}", "Con {}", "Teléfono: {}"),
}


def calendar_file(row: Any, *, language: Language) -> bytes:
    """Names pet, clinic and time, and not what the visit is for: calendars are seen by colleagues and on lock screens.

    Of one visit it is the same file at every download; after a change ``SEQUENCE`` is higher, so that calendars follow.
    """
    event = Event.new(
        uid=f"{row.id}@pawline",
        sequence=row.revision - 1,
        stamp=row.changed_at,
        start=row.starts_at,
        end=row.starts_at + timedelta(minutes=row.minutes),
        summary=_WORDS[language].visit.format(pet=row.pet_name, clinic=row.clinic_name),
        location=", ".join(filter(None, [row.clinic_name, address_of(row)])),
        description="\n".join(_lines(row, _WORDS[language])),
        status=STATUS.CANCELLED if row.status == "cancelled" else STATUS.CONFIRMED,
    )
    return Calendar.new(prodid=_MADE_BY, uid=str(row.id), subcomponents=[event]).to_ical()


def _lines(row: Any, words: _Words) -> list[str]:
    return [
        *([words.staff.format(row.staff_name)] if row.staff_name else []),
        *([words.phone.format(row.clinic_phone)] if row.clinic_phone else []),
    ]
