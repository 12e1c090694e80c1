"""The text number of a clinic, with what is needed to answer for it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.carriers.interface import NumberKind
from pawline.deliveries.service import NumberRow
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound
from pawline.platform.phone_numbers import to_e164

NO_NUMBER = "This clinic has no text number. An administrator can ask for one in Settings."
SWITCHED_OFF = "Texting is switched off for this clinic. An administrator can switch it on in Settings."

_COLUMNS = """
SELECT n.practice_id, n.id, n.clinic_id, n.number, n.kind, n.carrier, n.state = 'enabled' AS is_enabled, n.segments_per_second,
    k.name AS clinic_name, k.country, k.timezone, k.phone AS clinic_phone, y.name AS practice_name
FROM number n
JOIN clinic k ON k.practice_id = n.practice_id AND k.id = n.clinic_id
JOIN practice y ON y.id = n.practice_id
"""
# tenancy: the number that was texted is what says which practice it is for; one clinic has it.
_BY_NUMBER = text(_COLUMNS + "WHERE n.number = :number AND n.carrier = :carrier AND n.state IN ('assigned', 'enabled')")
_BY_CLINIC = text(
    _COLUMNS + "WHERE n.practice_id = :practice_id AND n.clinic_id = :clinic_id AND n.state IN ('assigned', 'enabled')"
)
_BY_ID = text(_COLUMNS + "WHERE n.practice_id = :practice_id AND n.id = :number_id")


class TextingOff(Conflict):
    code = "texting_off"


@dataclass(frozen=True, slots=True)
class ClinicNumber:
    """``number`` is E.164; ``country`` has two letters, ``timezone`` is an IANA name."""

    practice_id: UUID
    id: UUID
    clinic_id: UUID
    number: str
    kind: NumberKind
    carrier: str
    is_enabled: bool
    segments_per_second: float
    clinic_name: str
    country: str
    timezone: str
    clinic_phone: str | None
    practice_name: str

    @property
    def forward_to(self) -> str:
        """Where calls to the text number go, E.164 if the clinic's phone can be read as a number."""
        return to_e164(self.clinic_phone or "", self.country) or self.clinic_phone or ""

    @property
    def row(self) -> NumberRow:
        """As deliveries want it."""
        return NumberRow(
            id=self.id, clinic_id=self.clinic_id, number=self.number, carrier=self.carrier, rate=self.segments_per_second
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """One number of a clinic and one of a client (E.164): all that is texted between the two happens one after the other."""

    number: ClinicNumber
    contact_number: str

    @property
    def practice_id(self) -> UUID:
        return self.number.practice_id


async def number_called(uow: UnitOfWork, *, carrier: str, number: str) -> ClinicNumber | None:
    """The clinic's number that a carrier has something for."""
    return _read((await uow.execute(_BY_NUMBER, {"number": number, "carrier": carrier})).one_or_none())


async def number_of_clinic(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> ClinicNumber | None:
    return _read((await uow.execute(_BY_CLINIC, {"practice_id": practice_id, "clinic_id": clinic_id})).one_or_none())


async def number_by_id(uow: UnitOfWork, practice_id: UUID, number_id: UUID) -> ClinicNumber:
    """Raises NotFound."""
    number = _read((await uow.execute(_BY_ID, {"practice_id": practice_id, "number_id": number_id})).one_or_none())
    if number is None:
        raise NotFound
    return number


def why_not(number: ClinicNumber | None) -> str | None:
    """Why a clinic with this number cannot text; None: it can."""
    if number is None:
        return NO_NUMBER
    return None if number.is_enabled else SWITCHED_OFF


async def lock_pair(uow: UnitOfWork, pair: Pair) -> None:
    """Held until the commit. It comes before the lock on the thread, always, so that no two acts wait for each other."""
    await uow.lock(f"{pair.number.id} {pair.contact_number}")


def _read(row: Any | None) -> ClinicNumber | None:
    return None if row is None else msgspec.convert(row, ClinicNumber, from_attributes=True)
