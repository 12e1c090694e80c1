"""Reading hours as they are stored: of one clinic or of many, in three statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from pawline.platform.db import UnitOfWork
from pawline.practices.models import Clinic, ClinicHours, HoursException
from pawline.practices.weekly_hours import ClinicHoursRules, OtherHours, Span, WeeklyHours

Weekdays = dict[int, tuple[Span, ...]]
Exceptions = dict[date, OtherHours]


async def hours_of_clinics(
    uow: UnitOfWork, practice_ids: Sequence[UUID], clinic_ids: Collection[UUID] | None = None
) -> dict[UUID, ClinicHoursRules]:
    """By clinic: those named, or all of these practices."""
    which = _Which(practice_ids, clinic_ids)
    zones = select(Clinic.id, Clinic.timezone).where(which.among(Clinic.practice_id, Clinic.id))
    weekdays = await _weekdays(uow, which)
    exceptions = await _exceptions(uow, which)
    return {
        row.id: ClinicHoursRules(WeeklyHours(weekdays[row.id], exceptions[row.id]), row.timezone)
        for row in await uow.execute(zones)
    }


@dataclass(frozen=True, slots=True)
class _Which:
    """``clinic_ids`` None: all clinics of these practices."""

    practice_ids: Sequence[UUID]
    clinic_ids: Collection[UUID] | None

    def among(self, practice_id: Any, clinic_id: Any) -> ColumnElement[bool]:
        of_practices = practice_id.in_(self.practice_ids)
        return of_practices if self.clinic_ids is None else and_(of_practices, clinic_id.in_(self.clinic_ids))


async def _weekdays(uow: UnitOfWork, which: _Which) -> defaultdict[UUID, Weekdays]:
    found: defaultdict[UUID, Weekdays] = defaultdict(dict)
    here = which.among(ClinicHours.practice_id, ClinicHours.clinic_id)
    for row in await uow.execute(select(ClinicHours.__table__).where(here).order_by(ClinicHours.weekday, ClinicHours.opens_at)):
        weekdays = found[row.clinic_id]
        weekdays[row.weekday] = (*weekdays.get(row.weekday, ()), Span(row.opens_at, row.closes_at))
    return found


async def _exceptions(uow: UnitOfWork, which: _Which) -> defaultdict[UUID, Exceptions]:
    found: defaultdict[UUID, Exceptions] = defaultdict(dict)
    here = which.among(HoursException.practice_id, HoursException.clinic_id)
    in_order = select(HoursException.__table__).where(here).order_by(HoursException.on_date, HoursException.opens_at)
    for row in await uow.execute(in_order):
        known = found[row.clinic_id].get(row.on_date, OtherHours())
        spans = () if row.opens_at is None else (Span(row.opens_at, row.closes_at),)
        found[row.clinic_id][row.on_date] = OtherHours(known.spans + spans, row.label)
    return found
