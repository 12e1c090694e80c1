"""A clinic's address as one writes it in its country."""

from collections.abc import Sequence
from typing import Any

# Countries that write the postcode after the place; most others write it before.
_POSTCODE_LAST = ("US", "CA", "GB", "IE", "AU", "NZ", "IN", "ZA", "SG")
ADDRESS_FIELDS = ("street", "city", "region", "postcode")


def address_of(clinic: Any) -> str | None:
    """In one line, of the columns above and ``country``; None where the clinic has given neither street nor city."""
    if not clinic.street and not clinic.city:
        return None
    if clinic.country in _POSTCODE_LAST:
        return _joined(", ", [clinic.street, clinic.city, _joined(" ", [clinic.region, clinic.postcode])])
    return _joined(", ", [clinic.street, _joined(" ", [clinic.postcode, clinic.city]), clinic.region])


def _joined(between: str, parts: Sequence[str | None]) -> str:
    return between.join(part for part in parts if part)
