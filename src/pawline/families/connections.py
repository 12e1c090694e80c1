"""How pets stand with clinics, for the family and for the team."""

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.families.views import ConnectionView
from pawline.platform.db import UnitOfWork

State = Literal["invited", "accepted", "declined", "expired", "revoked"]

_OF_FAMILY = text("""
SELECT n.pet_id, n.clinic_id, n.state, n.state = 'accepted' OR n.ended_by_id IS NOT NULL AS was_treated
FROM connection n
WHERE n.practice_id = :practice_id AND n.family_id = :family_id
ORDER BY n.changed_at DESC, n.id
""")
_AT_CLINIC = text("""
SELECT n.id, n.pet_id, n.state, n.changed_at AS since, CASE WHEN n.state = 'revoked' THEN p.name END AS ended_by,
    n.state = 'revoked' AND p.kind IS DISTINCT FROM 'staff' AS is_up_to_family
FROM connection n
LEFT JOIN person p ON p.practice_id = n.practice_id AND p.id = n.ended_by_id
WHERE n.practice_id = :practice_id AND n.family_id = :family_id AND n.clinic_id = :clinic_id
ORDER BY n.changed_at, n.id
""")


@dataclass(frozen=True, slots=True)
class FamilyConnection:
    """``was_treated``: the clinic treats the pet, or did until somebody ended it."""

    pet_id: UUID
    clinic_id: UUID
    state: State
    was_treated: bool


async def connections_of(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> list[FamilyConnection]:
    """Of all pets of the family with all clinics, the latest change first."""
    rows: Any = await uow.execute(_OF_FAMILY, {"practice_id": practice_id, "family_id": family_id})
    return [FamilyConnection(row.pet_id, row.clinic_id, row.state, row.was_treated) for row in rows]


async def connections_at(uow: UnitOfWork, practice_id: UUID, family_id: UUID, *, clinic_id: UUID) -> list[ConnectionView]:
    values = {"practice_id": practice_id, "family_id": family_id, "clinic_id": clinic_id}
    return [msgspec.convert(row, ConnectionView, from_attributes=True) for row in await uow.execute(_AT_CLINIC, values)]


def for_family(connections: list[ConnectionView]) -> list[ConnectionView]:
    """Without who of the team has ended one."""
    return [msgspec.structs.replace(connection, ended_by=None) for connection in connections]
