"""A clinic's time zone was corrected: the instants of its appointments stay, the days that they fall on may not."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import bindparam, select, update

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.reach.service import tell_who_reaches
from pawline.schedule.models import Appointment
from pawline.schedule.past import keep_past
from pawline.schedule.telling import schedule_changed
from pawline.schedule.times import date_at


async def follow_zone(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID, *, zone: str) -> None:
    """Work out anew on which day of the clinic's calendar each appointment is, from today on.

    It decides whom basic staff see today, so their open screens are looked at again.
    """
    now = clock.now()
    own = (Appointment.practice_id == practice_id, Appointment.clinic_id == clinic_id)
    coming = select(Appointment.__table__).where(*own, Appointment.on_date >= now.date() - timedelta(days=2))
    rows = (await uow.execute(coming.with_for_update())).all()
    moved = [row for row in rows if date_at(row.starts_at, zone=zone) != row.on_date]
    if moved:
        await keep_past(uow, practice_id, moved)
        statement = update(Appointment).where(*own, Appointment.id == bindparam("moved_id"))
        values = statement.values(on_date=bindparam("new_date"), revision=Appointment.revision + 1, changed_at=now)
        days = [{"moved_id": row.id, "new_date": date_at(row.starts_at, zone=zone)} for row in moved]
        await uow.connection.execute(values, days)
    for family_id in {row.family_id for row in moved}:
        uow.emit(schedule_changed(practice_id, clinic_id, family_id=family_id))
    await tell_who_reaches(uow, practice_id, clinic_id=clinic_id)
