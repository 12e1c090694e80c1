"""Reading what reminders are about, and those that were sent."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound

_PET = text("""
SELECT p.name, p.died_on FROM pet p
JOIN connection n ON n.practice_id = p.practice_id AND n.pet_id = p.id AND n.clinic_id = :clinic_id AND n.state = 'accepted'
WHERE p.practice_id = :practice_id AND p.family_id = :family_id AND p.id = :pet_id
""")
_PETS = text("""
SELECT p.id, p.name, array_agg(n.clinic_id ORDER BY n.clinic_id) AS clinic_ids
FROM pet p
JOIN connection n ON n.practice_id = p.practice_id AND n.pet_id = p.id AND n.state = 'accepted'
WHERE p.practice_id = :practice_id AND p.family_id = :family_id AND p.died_on IS NULL
    AND n.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
GROUP BY p.practice_id, p.id, p.name, p.created_at
ORDER BY p.created_at, p.name
""")
# The queue runs by the database's clock; how long a text still waits is the same by any clock.
_SENT = text("""
SELECT d.*, p.name AS requested_by_name, extract(epoch FROM d.due_at - now()) AS waits_seconds
FROM delivery d
LEFT JOIN person p ON p.practice_id = d.practice_id AND p.id = d.requested_by_id
WHERE d.practice_id = :practice_id AND d.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))
    AND d.to_number = ANY(CAST(:numbers AS text[])) AND d.category IN ('health_reminders', 'appointment_confirmations')
    AND d.message_id IS NULL AND (CAST(:before AS uuid) IS NULL OR d.id < CAST(:before AS uuid))
ORDER BY d.id DESC LIMIT :count
""")


async def pet_at_clinic(uow: UnitOfWork, practice_id: UUID, family_id: UUID, *, clinic_id: UUID, pet_id: UUID) -> Any:
    """``name`` and ``died_on`` of a family's pet that the clinic treats.

    Raises:
        NotFound: it is not theirs, or treated elsewhere.
    """
    values = {"practice_id": practice_id, "family_id": family_id, "clinic_id": clinic_id, "pet_id": pet_id}
    pet = (await uow.execute(_PET, values)).one_or_none()
    if pet is None:
        raise NotFound
    return pet


async def living_pets(uow: UnitOfWork, practice_id: UUID, family_id: UUID, *, clinic_ids: Iterable[UUID]) -> Sequence[Any]:
    values = {"practice_id": practice_id, "family_id": family_id, "clinic_ids": list(clinic_ids)}
    return (await uow.execute(_PETS, values)).all()


async def sent_to(uow: UnitOfWork, practice_id: UUID, numbers: list[str], **values: Any) -> Sequence[Any]:
    """Newest first. Needs ``clinic_ids``, ``before`` and ``count``."""
    return (await uow.execute(_SENT, {"practice_id": practice_id, "numbers": numbers, **values})).all()
