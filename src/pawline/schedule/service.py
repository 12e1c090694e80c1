"""The team's side of the schedule: booking appointments, changing and cancelling them, seeing a day."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert, update

from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Forbidden, Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.permissions import Permission
from pawline.platform.text import clean_line
from pawline.practices.service import clinic_views
from pawline.practices.views import ClinicView
from pawline.reach.service import tell_access
from pawline.schedule.family_messages import tell_cancelled, tell_moved
from pawline.schedule.handed import handed_to
from pawline.schedule.models import Appointment
from pawline.schedule.past import DECIDES_WHO_READS, keep_past
from pawline.schedule.queries import appointment_view, pet_treated_at, read_day, staff_of, visible_appointment
from pawline.schedule.telling import schedule_changed
from pawline.schedule.times import clock_at, date_at, instant_at
from pawline.schedule.views import AppointmentChange, AppointmentDraft, AppointmentView, DayView

LONGEST_KIND = 80


class AppointmentChanged(Conflict):
    code = "appointment_changed"


class AppointmentCancelled(Conflict):
    code = "appointment_cancelled"


async def day_of_clinic(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, on_date: date | None) -> DayView:
    """One day at a clinic, today unless another is named. Basic staff see their own appointments of today.

    Raises:
        NotFound: the actor does not work there.
        Forbidden: basic staff asked for another day.
    """
    clinic = await _require_clinic(uow, actor, clinic_id)
    today = date_at(clock.now(), zone=clinic.timezone)
    shown = on_date or today
    if actor.role is Role.BASIC and shown != today:
        raise Forbidden("Your role shows you your own appointments of today. Ask an administrator if you need more.")
    can_change = Permission.CHANGE_SCHEDULE.allows(actor)
    return DayView(
        clinic=clinic,
        on_date=shown,
        is_today=shown == today,
        can_change=can_change,
        appointments=await read_day(uow, actor, clinic_id, on_date=shown),
        staff=await staff_of(uow, actor.practice_id, clinic_id) if can_change else [],
        handed=await handed_to(uow, actor) if actor.role is Role.BASIC else [],
    )


async def book_appointment(uow: UnitOfWork, actor: Actor, draft: AppointmentDraft) -> AppointmentView:
    """
    Raises:
        NotFound: the actor does not work at the clinic.
        Invalid: the clinic does not treat that pet of that family, nobody of that id works there, or the time is not one.
    """
    clinic = await _require_clinic(uow, actor, draft.clinic_id)
    await _require_pet(uow, actor, draft)
    await _require_staff(uow, actor, draft.clinic_id, staff_id=draft.staff_id)
    appointment_id, now = new_id(), clock.now()
    await uow.execute(
        insert(Appointment).values(
            practice_id=actor.practice_id,
            id=appointment_id,
            clinic_id=draft.clinic_id,
            family_id=draft.family_id,
            pet_id=draft.pet_id,
            staff_id=draft.staff_id,
            starts_at=instant_at(draft.on_date, draft.at, zone=clinic.timezone),
            on_date=draft.on_date,
            minutes=draft.minutes,
            kind=clean_line("kind", draft.kind, longest=LONGEST_KIND),
            status="booked",
            created_by_id=actor.person_id,
            created_at=now,
            changed_at=now,
            revision=1,
        )
    )
    uow.emit(schedule_changed(actor.practice_id, draft.clinic_id, family_id=draft.family_id))
    tell_access(uow, actor.practice_id, [draft.staff_id])
    return appointment_view(await visible_appointment(uow, actor, appointment_id))


async def change_appointment(
    uow: UnitOfWork, actor: Actor, appointment_id: UUID, *, change: AppointmentChange
) -> AppointmentView:
    """
    Raises:
        NotFound: no such appointment at the actor's clinics.
        AppointmentCancelled: it was cancelled.
        AppointmentChanged: somebody changed it since ``change.revision``.
        Invalid: as when booking.
    """
    row = await visible_appointment(uow, actor, appointment_id)
    if row.status == "cancelled":
        raise AppointmentCancelled("This appointment was cancelled. Add a new one instead.")
    if row.revision != change.revision:
        raise AppointmentChanged("Somebody changed this appointment meanwhile. Look at it again, then make your change.")
    if change.staff_id is not msgspec.UNSET:
        await _require_staff(uow, actor, row.clinic_id, staff_id=change.staff_id)
    values = _changed(row, change)
    if values:
        await write(uow, row, **values)
    if change.tell_family and "starts_at" in values:
        await tell_moved(uow, actor, row, to=values["starts_at"])
    return appointment_view(await visible_appointment(uow, actor, appointment_id))


async def cancel_appointment(
    uow: UnitOfWork, actor: Actor, appointment_id: UUID, *, tell_family: bool = False
) -> AppointmentView:
    """The family sees it as cancelled; ``tell_family`` sends a message too. Cancelling a cancelled one changes nothing."""
    row = await visible_appointment(uow, actor, appointment_id)
    if row.status != "cancelled":
        await write(uow, row, status="cancelled", answered_by_id=None)
        if tell_family:
            await tell_cancelled(uow, actor, row)
    return appointment_view(await visible_appointment(uow, actor, appointment_id))


async def write(uow: UnitOfWork, row: Any, **values: Any) -> None:
    """Change an appointment whose row this transaction holds; open screens hear of it after the commit."""
    if not DECIDES_WHO_READS.isdisjoint(values):
        await keep_past(uow, row.practice_id, [row])
    statement = update(Appointment).where(Appointment.practice_id == row.practice_id, Appointment.id == row.id)
    await uow.execute(statement.values(revision=Appointment.revision + 1, changed_at=clock.now(), **values))
    uow.emit(schedule_changed(row.practice_id, row.clinic_id, family_id=row.family_id))
    # Whose it was may not see the family any more, and whose it is now may.
    tell_access(uow, row.practice_id, [row.staff_id, values.get("staff_id")])


def _changed(row: Any, change: AppointmentChange) -> dict[str, Any]:
    """The columns to store."""
    given = {field: value for field, value in msgspec.structs.asdict(change).items() if value is not msgspec.UNSET}
    values = {field: given[field] for field in ("minutes", "staff_id", "status") if field in given}
    if "kind" in given:
        values["kind"] = clean_line("kind", given["kind"], longest=LONGEST_KIND)
    if "on_date" in given or "at" in given:
        on_date = given.get("on_date", row.on_date)
        starts_at = instant_at(on_date, given.get("at", clock_at(row.starts_at, zone=row.timezone)), zone=row.timezone)
        if starts_at != row.starts_at:
            values = {"status": "booked", **values, "starts_at": starts_at, "on_date": on_date}
    if "status" in values:
        values["answered_by_id"] = None
    return {field: value for field, value in values.items() if value != getattr(row, field)}


async def _require_clinic(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> ClinicView:
    if clinic_id not in actor.clinic_ids:
        raise NotFound
    [clinic] = await clinic_views(uow, actor.practice_id, [clinic_id])
    return clinic


async def _require_pet(uow: UnitOfWork, actor: Actor, draft: AppointmentDraft) -> None:
    pet = await pet_treated_at(uow, actor.practice_id, draft.clinic_id, family_id=draft.family_id, pet_id=draft.pet_id)
    if pet is None:
        raise Invalid.field("pet_id", "is not a pet of this family that the clinic treats")
    if pet.died_on is not None:
        raise Invalid.field("pet_id", f"cannot come any more: {pet.name} has died")


async def _require_staff(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, staff_id: UUID | None) -> None:
    working = {member.id for member in await staff_of(uow, actor.practice_id, clinic_id)}
    if staff_id is not None and staff_id not in working:
        raise Invalid.field("staff_id", "is nobody who works at this clinic")
