"""Keeping what an appointment was before it changes: it may have let somebody read a thread."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.schedule.models import AppointmentPast

DECIDES_WHO_READS = frozenset({"staff_id", "on_date", "starts_at", "status"})


async def keep_past(uow: UnitOfWork, practice_id: UUID, appointments: Sequence[Any]) -> None:
    """Rows as they are before the change, held by this transaction."""
    now = clock.now()
    rows = [
        {
            "practice_id": practice_id,
            "id": new_id(),
            "appointment_id": each.id,
            "staff_id": each.staff_id,
            "on_date": each.on_date,
            "starts_at": each.starts_at,
            "status": each.status,
            "until": now,
        }
        for each in appointments
    ]
    if rows:
        await uow.execute(insert(AppointmentPast), rows)
