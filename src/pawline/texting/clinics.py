"""What texting needs to know of a clinic, found for somebody who works there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound


@dataclass(frozen=True, slots=True)
class ClinicFacts:
    """``country`` has two letters, ``timezone`` is an IANA name."""

    id: UUID
    name: str
    practice_name: str
    country: str
    timezone: str
    phone: str | None
    emergency_number: str | None
    street: str | None
    city: str | None
    region: str | None
    postcode: str | None
    is_app_chat_enabled: bool
    is_chat_for_chosen: bool
    mails_show_words: bool
    brand_colour: str | None
    logo_id: UUID | None
    min_client_version: int


_CLINIC = """
SELECT k.id, k.name, y.name AS practice_name, k.country, k.timezone, k.phone, k.emergency_number, k.street, k.city, k.region,
    k.postcode, k.is_app_chat_enabled, k.is_chat_for_chosen, k.mails_show_words, k.brand_colour, k.logo_id, k.min_client_version
FROM clinic k JOIN practice y ON y.id = k.practice_id
WHERE k.practice_id = :practice_id AND k.id = ANY(:clinic_ids) ORDER BY k.name
"""
_READ = text(_CLINIC)
# One request for a number waits here for the other.
_LOCK = text(_CLINIC + "FOR NO KEY UPDATE OF k")


async def own_clinics(uow: UnitOfWork, actor: Actor) -> list[ClinicFacts]:
    values = {"practice_id": actor.practice_id, "clinic_ids": list(actor.clinic_ids)}
    return [_facts(row) for row in await uow.execute(_READ, values)]


async def require_own_clinic(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, lock: bool = False) -> ClinicFacts:
    """Raises NotFound for a clinic at which ``actor`` does not work."""
    if clinic_id not in actor.clinic_ids:
        raise NotFound
    return await clinic_facts(uow, actor.practice_id, clinic_id, lock=lock)


async def clinic_facts(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, lock: bool = False) -> ClinicFacts:
    row = (await uow.execute(_LOCK if lock else _READ, {"practice_id": practice_id, "clinic_ids": [clinic_id]})).one_or_none()
    if row is None:
        raise NotFound
    return _facts(row)


def _facts(row: Any) -> ClinicFacts:
    return msgspec.convert(row, ClinicFacts, from_attributes=True)
