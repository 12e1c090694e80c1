"""One reminder on demand: Nora tells Olive's phone that Pixel's vaccination is due."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.ids import new_id
from pawline.reminders.service import send_reminder
from pawline.reminders.views import QueuedReminder, ReminderDraft

SERVICE = "a rabies vaccination"
# tenancy: it looks for the made-up practice that Olive and Nora belong to.
_SCENE = text("""
SELECT m.practice_id, m.id AS nora_id, m.role, k.contact_id, k.number, a.id AS pet_id, n.clinic_id
FROM staff_member m
JOIN practice y ON y.id = m.practice_id AND y.is_demo
JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id AND p.name = 'Nora Ames'
JOIN staff_clinic s ON s.practice_id = m.practice_id AND s.staff_id = m.id
JOIN person o ON o.practice_id = m.practice_id AND o.kind = 'contact' AND o.name = 'Olive Hart'
JOIN contact c ON c.practice_id = o.practice_id AND c.id = o.id
JOIN contact_number k ON k.practice_id = c.practice_id AND k.contact_id = c.id
JOIN pet a ON a.practice_id = c.practice_id AND a.family_id = c.family_id AND a.name = 'Pixel'
JOIN connection n ON n.practice_id = a.practice_id AND n.pet_id = a.id AND n.clinic_id = s.clinic_id AND n.state = 'accepted'
ORDER BY y.created_at, k.created_at, n.clinic_id LIMIT 1
""")


async def remind_olive(uow: UnitOfWork) -> QueuedReminder:
    """
    Raises:
        NotFound: this database holds no demo.
        TextRefused: Olive stopped reminders; START on her phone brings them back.
    """
    scene = (await uow.execute(_SCENE)).one_or_none()
    if scene is None:
        raise NotFound
    draft = ReminderDraft(scene.clinic_id, scene.pet_id, scene.number, "health_reminders", service=SERVICE)
    return await send_reminder(uow, _nora(scene), scene.contact_id, draft=draft, request_key=new_id())


def _nora(scene: Any) -> Actor:
    clinic_id: UUID = scene.clinic_id
    return Actor(
        practice_id=scene.practice_id,
        person_id=scene.nora_id,
        session_id=new_id(),  # nobody is signed in: the button is on the phones' side of the demo
        kind="staff",
        name="Nora Ames",
        role=Role(scene.role),
        clinic_ids=(clinic_id,),
    )
