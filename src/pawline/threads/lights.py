"""Seeing and setting the lights of the clinics whose threads one may see."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from sqlalchemy import select

from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.practices.availability import availability_of, choose_availability, for_families
from pawline.practices.views import AvailabilityView
from pawline.threads.access import visible_clinic_ids, visible_threads
from pawline.threads.models import Thread


class LightChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``state`` null: by hours and presence again.

    Without ``until``, off duty lasts until the clinic opens next, and away until it closes next.
    """

    state: Literal["away", "off_duty"] | None
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Lights(msgspec.Struct, frozen=True):
    clinics: list[AvailabilityView]


async def visible_lights(uow: UnitOfWork, actor: Actor) -> Lights:
    """A family sees those of the clinics it has a thread with, staff from senior on those of their own clinics."""
    if actor.is_staff:
        clinic_ids = set(visible_clinic_ids(actor))
    else:
        clinic_ids = set((await uow.execute(select(Thread.clinic_id).where(visible_threads(actor)))).scalars())
    found = [view for _, view in await availability_of(uow, [actor.practice_id], clinic_ids)]
    return Lights(found if actor.is_staff else [for_families(view) for view in found])


async def set_light(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, choice: LightChoice) -> AvailabilityView:
    """Raises NotFound for a clinic at which ``actor`` does not work, Invalid for an ``until`` that makes no sense."""
    if clinic_id not in visible_clinic_ids(actor):
        raise NotFound
    await choose_availability(uow, actor, clinic_id, state=choice.state, until=choice.until)
    [(_, view)] = await availability_of(uow, [actor.practice_id], [clinic_id])
    return view
