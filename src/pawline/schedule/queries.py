"""Reading appointments. They name tables of practices and families in plain SQL: one look shows all of a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.schedule.views import AppointmentView, ScheduledStaff, VisitingFamily, VisitingPet

_SHOWN = """
SELECT a.*, y.name AS family_name, p.name AS pet_name, p.species, p.died_on, s.name AS staff_name, m.job_title,
    w.name AS answered_by_name, k.name AS clinic_name, k.timezone, k.phone AS clinic_phone,
    k.country, k.street, k.city, k.region, k.postcode
FROM appointment a
JOIN clinic k ON k.practice_id = a.practice_id AND k.id = a.clinic_id
JOIN family y ON y.practice_id = a.practice_id AND y.id = a.family_id
JOIN pet p ON p.practice_id = a.practice_id AND p.id = a.pet_id
LEFT JOIN person s ON s.practice_id = a.practice_id AND s.id = a.staff_id
LEFT JOIN staff_member m ON m.practice_id = a.practice_id AND m.id = a.staff_id
LEFT JOIN person w ON w.practice_id = a.practice_id AND w.id = a.answered_by_id
WHERE a.practice_id = :practice_id
"""
_STILL_TREATED = """EXISTS (
    SELECT FROM connection n
    WHERE n.practice_id = a.practice_id AND n.pet_id = a.pet_id AND n.clinic_id = a.clinic_id AND n.state = 'accepted')"""
_OF_FAMILY = f"{_SHOWN} AND a.family_id = :family_id AND {_STILL_TREATED}"
_DAY = text(f"""{_SHOWN} AND a.clinic_id = :clinic_id AND a.on_date = :on_date
    AND (CAST(:staff_id AS uuid) IS NULL OR a.staff_id = :staff_id)
ORDER BY a.starts_at, a.id""")
_AT_CLINICS = text(f"{_SHOWN} AND a.id = :id AND a.clinic_id = ANY(CAST(:clinic_ids AS uuid[])) FOR UPDATE OF a")
_VISIT = f"{_OF_FAMILY} AND a.id = :id"
_IS_OVER = "(a.status = 'done' OR a.starts_at + a.minutes * interval '1 minute' <= :now)"
_COMING = text(f"{_OF_FAMILY} AND p.died_on IS NULL AND NOT {_IS_OVER} ORDER BY a.starts_at, a.id LIMIT :most")
_PAST = text(f"""{_OF_FAMILY} AND {_IS_OVER} AND a.starts_at > :since AND a.status <> 'cancelled'
ORDER BY a.starts_at DESC, a.id LIMIT :most""")
_STAFF = text("""
SELECT m.id, s.name, m.job_title
FROM staff_member m
JOIN person s ON s.practice_id = m.practice_id AND s.id = m.id
WHERE m.practice_id = :practice_id AND m.left_at IS NULL AND (m.role = 'practice_owner' OR EXISTS (
    SELECT FROM staff_clinic c WHERE c.practice_id = m.practice_id AND c.staff_id = m.id AND c.clinic_id = :clinic_id))
ORDER BY s.name, m.id
""")
_PET = text("""
SELECT p.name, p.died_on FROM pet p
JOIN connection n ON n.practice_id = p.practice_id AND n.pet_id = p.id AND n.clinic_id = :clinic_id AND n.state = 'accepted'
WHERE p.practice_id = :practice_id AND p.family_id = :family_id AND p.id = :pet_id
""")


async def read_day(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, on_date: date) -> list[AppointmentView]:
    """By time. Basic staff see their own appointments alone."""
    own = actor.person_id if actor.role is Role.BASIC else None
    values = {"practice_id": actor.practice_id, "clinic_id": clinic_id, "on_date": on_date, "staff_id": own}
    return [appointment_view(row) for row in await uow.execute(_DAY, values)]


async def staff_of(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> list[ScheduledStaff]:
    rows = await uow.execute(_STAFF, {"practice_id": practice_id, "clinic_id": clinic_id})
    return [ScheduledStaff(row.id, row.name, row.job_title) for row in rows]


async def pet_treated_at(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, family_id: UUID, pet_id: UUID) -> Any | None:
    """``name`` and ``died_on``; None when it is not the family's, or treated elsewhere."""
    values = {"practice_id": practice_id, "clinic_id": clinic_id, "family_id": family_id, "pet_id": pet_id}
    return (await uow.execute(_PET, values)).one_or_none()


async def visible_appointment(uow: UnitOfWork, actor: Actor, appointment_id: UUID) -> Any:
    """The row of an appointment at one of the actor's clinics, held until the commit; or NotFound."""
    values = {"practice_id": actor.practice_id, "id": appointment_id, "clinic_ids": list(actor.clinic_ids)}
    row = (await uow.execute(_AT_CLINICS, values)).one_or_none()
    if row is None:
        raise NotFound
    return row


async def visible_visit(uow: UnitOfWork, actor: Actor, appointment_id: UUID, *, for_update: bool = False) -> Any:
    """The row of an appointment of the contact's own family, or NotFound. The clinic has to treat the pet to this day."""
    values = {"practice_id": actor.practice_id, "family_id": actor.family_id, "id": appointment_id}
    statement = text(f"{_VISIT} FOR UPDATE OF a" if for_update else _VISIT)
    row = (await uow.execute(statement, values)).one_or_none()
    if row is None:
        raise NotFound
    return row


async def visits_coming(uow: UnitOfWork, actor: Actor, *, now: datetime, most: int) -> Sequence[Any]:
    """Soonest first; one that is under way still comes, and one that was cancelled is among them until its time is over."""
    values = {"practice_id": actor.practice_id, "family_id": actor.family_id, "now": now, "most": most}
    return (await uow.execute(_COMING, values)).all()


async def visits_past(uow: UnitOfWork, actor: Actor, *, now: datetime, since: datetime, most: int) -> Sequence[Any]:
    """Latest first."""
    values = {"practice_id": actor.practice_id, "family_id": actor.family_id, "now": now, "since": since, "most": most}
    return (await uow.execute(_PAST, values)).all()


def appointment_view(row: Any) -> AppointmentView:
    return AppointmentView(
        id=row.id,
        clinic_id=row.clinic_id,
        family=VisitingFamily(row.family_id, row.family_name),
        pet=VisitingPet(row.pet_id, row.pet_name, row.species),
        has_pet_died=row.died_on is not None,
        staff=ScheduledStaff(row.staff_id, row.staff_name, row.job_title) if row.staff_id else None,
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=row.kind,
        status=row.status,
        answered_by_name=row.answered_by_name,
        revision=row.revision,
    )
