"""Each staff member's own duty: off it, their browsers are silent, and their open inbox makes no clinic available."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Executable, case, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from pawline.duty.models import OffDuty
from pawline.duty.views import DutyChoice, DutyView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Invalid
from pawline.platform.wall_clock import midnight_after
from pawline.practices.hours import hours_of
from pawline.practices.light import next_opening
from pawline.practices.service import clinic_views

LONGEST = timedelta(days=366)


async def duty_of(uow: UnitOfWork, actor: Actor) -> DutyView:
    now = clock.now()
    found = (await uow.execute(select(OffDuty.until).where(*_off_duty(actor, now)))).one_or_none()
    [clinic, *_] = await clinic_views(uow, actor.practice_id, actor.clinic_ids or None)
    return await _view(uow, actor, clinic.id, off=found, now=now)


async def set_duty(uow: UnitOfWork, actor: Actor, choice: DutyChoice) -> DutyView:
    """Go off duty, for longer or shorter, or come back. The clinics' lights and one's other screens follow.

    Raises:
        Invalid: an ``until`` that has passed, is more than a year away, or is given for coming back.
    """
    now = clock.now()
    if choice.until is not None and not (choice.is_off and now < choice.until <= now + LONGEST):
        raise Invalid.field("until", "needs to be off duty, and a time to come within a year; or leave it out")
    if choice.is_off:
        await uow.execute(_go_off(actor, now, choice.until))
    else:
        await uow.execute(update(OffDuty).where(*_off_duty(actor, now)).values(until=now))
    uow.emit(Hint.availability(actor.practice_id, None))
    uow.emit(Hint("duty", actor.practice_id, actor.person_id))
    return await duty_of(uow, actor)


async def forget_duty_of(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    """Whoever leaves is on duty if they come back. To tell the clinics' lights is left to the caller."""
    await uow.execute(delete(OffDuty).where(OffDuty.practice_id == practice_id, OffDuty.staff_id == staff_id))


async def _view(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, off: Any | None, now: datetime) -> DutyView:
    rules = await hours_of(uow, actor.practice_id, clinic_id)
    zone = ZoneInfo(rules.zone)
    return DutyView(
        is_off=off is not None,
        until=off.until if off is not None else None,
        timezone=rules.zone,
        day_ends_at=midnight_after(now.astimezone(zone).date(), zone),
        opens_next_at=next_opening(rules, now),
    )


def _go_off(actor: Actor, now: datetime, until: datetime | None) -> Executable:
    """What nobody was told of yet is told after all of it, be it one time off duty or several that follow each other."""
    key = {"practice_id": actor.practice_id, "staff_id": actor.person_id}
    since = case((OffDuty.is_caught_up, now), else_=OffDuty.since)
    again = {"since": since, "until": until, "is_caught_up": False}
    statement = insert(OffDuty).values(**key, since=now, until=until, is_caught_up=False)
    return statement.on_conflict_do_update(index_elements=list(key), set_=again)


def _off_duty(actor: Actor, now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_off = or_(OffDuty.until.is_(None), OffDuty.until > now)
    return OffDuty.practice_id == actor.practice_id, OffDuty.staff_id == actor.person_id, is_off
