"""What pets are due for: kept when a family is reminded, shown to it until the pet has a visit for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.practices.views import ClinicView
from pawline.reminders.composing import ComposedReminder
from pawline.reminders.models import Reminder
from pawline.reminders.views import ReminderDraft
from pawline.reminders.visit_views import DueView
from pawline.schedule.views import VisitingPet

SHOWN_FOR = timedelta(days=120)
MOST_SHOWN = 20
# The same service reminded of twice is due once. Whatever was booked since then is taken for the answer.
_DUE = text("""
SELECT DISTINCT ON (r.pet_id, r.clinic_id, lower(r.service)) r.*, p.name AS pet_name, p.species, t.id AS thread_id
FROM reminder r
JOIN pet p ON p.practice_id = r.practice_id AND p.id = r.pet_id AND p.died_on IS NULL
JOIN connection n ON n.practice_id = r.practice_id AND n.pet_id = r.pet_id AND n.clinic_id = r.clinic_id AND n.state = 'accepted'
LEFT JOIN thread t ON t.practice_id = r.practice_id AND t.family_id = r.family_id AND t.clinic_id = r.clinic_id
WHERE r.practice_id = :practice_id AND r.family_id = :family_id AND r.reminds_at BETWEEN :since AND :now
    AND NOT EXISTS (
        SELECT FROM appointment a
        WHERE a.practice_id = r.practice_id AND a.family_id = r.family_id AND a.pet_id = r.pet_id AND a.clinic_id = r.clinic_id
            AND a.created_at >= r.reminds_at AND a.status <> 'cancelled')
ORDER BY r.pet_id, r.clinic_id, lower(r.service), r.reminds_at DESC, r.id DESC
LIMIT :most
""")


async def keep_due(uow: UnitOfWork, actor: Actor, draft: ReminderDraft, *, reminder: ComposedReminder, id: UUID) -> None:  # noqa: A002
    """``id``: of the delivery. A confirmation says nothing of what is due."""
    if draft.category != "health_reminders":
        return
    await uow.execute(
        insert(Reminder).values(
            practice_id=actor.practice_id,
            id=id,
            clinic_id=draft.clinic_id,
            family_id=reminder.family_id,
            pet_id=draft.pet_id,
            service=" ".join(draft.service.split()),
            reminds_at=reminder.goes_at or clock.now(),
        )
    )


async def due_of_family(uow: UnitOfWork, actor: Actor, clinics: dict[UUID, ClinicView]) -> list[DueView]:
    now = clock.now()
    values = {"practice_id": actor.practice_id, "family_id": actor.family_id, "now": now, "since": now - SHOWN_FOR}
    return [_due_view(row, clinics) for row in await uow.execute(_DUE, {**values, "most": MOST_SHOWN})]


def _due_view(row: Any, clinics: dict[UUID, ClinicView]) -> DueView:
    return DueView(
        id=row.id,
        clinic=clinics[row.clinic_id],
        pet=VisitingPet(row.pet_id, row.pet_name, row.species),
        service=row.service,
        reminded_at=row.reminds_at,
        thread_id=row.thread_id,
    )
