"""Measuring how soon each clinic answers families: a job of the worker."""

from importlib.resources import files
from uuid import UUID

from sqlalchemy import text

from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.practices.hours import hours_of
from pawline.practices.reply_times import MEASURED_OVER, Wait, keep_reply_time, within_hours
from pawline.practices.service import all_clinics

MOST_WAITS = 500
"""Of the latest; more would not move the middle one by much."""

_WAITS = text(files("pawline.threads").joinpath("answer_times.sql").read_text())


async def measure_reply_times(database: Database) -> None:
    """Of all clinics, one after the other, so that none holds up the work of others."""
    async with database.transaction() as uow:
        clinics = await all_clinics(uow)
    for practice_id, clinic_id in clinics:
        async with database.transaction() as uow:
            await measure_clinic(uow, practice_id, clinic_id)


async def measure_clinic(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> None:
    rules = await hours_of(uow, practice_id, clinic_id)
    waits = within_hours(await waits_of(uow, practice_id, clinic_id), rules)
    await keep_reply_time(uow, practice_id, clinic_id, waits=waits)


async def waits_of(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> list[Wait]:
    """At any time of day, the latest first."""
    values = {"practice_id": practice_id, "clinic_id": clinic_id, "since": clock.now() - MEASURED_OVER, "most": MOST_WAITS}
    return [Wait(row.asked_at, row.answered_at) for row in await uow.execute(_WAITS, values)]
