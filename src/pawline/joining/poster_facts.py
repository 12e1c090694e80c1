"""What stands on a poster."""

from dataclasses import dataclass
from typing import Literal

Paper = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True)
class Poster:
    """``scan_url`` is in the QR code, ``typed_url`` in letters below it; ``brand_colour`` #rrggbb or the product's own.

    ``logo``: the clinic's, a JPEG.
    """

    clinic_name: str
    practice_name: str
    scan_url: str
    typed_url: str
    emergency_number: str | None
    address: str | None
    brand_colour: str | None
    logo: bytes | None = None
