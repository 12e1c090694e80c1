"""When a pet was born and when it died."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from pawline.families.models import Pet
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound


def require_lifetime(born_on: date | None, died_on: date | None = None, *, path: str = "") -> None:
    """``path``: what stands before the names of the fields in the request.

    Raises:
        Invalid: born or died in the future, or died before it was born.
    """
    # The calendar in Auckland and Kiribati is ahead of ours.
    today = (clock.now() + timedelta(hours=14)).date()
    if born_on is not None and born_on > today:
        raise Invalid.field(f"{path}born_on", "is in the future; correct it or leave it out")
    if died_on is not None and died_on > today:
        raise Invalid.field(f"{path}died_on", "is in the future; give the day it was")
    if born_on is not None and died_on is not None and died_on < born_on:
        raise Invalid.field(f"{path}died_on", "is before the pet was born; correct the day")


async def set_died_on(uow: UnitOfWork, practice_id: UUID, pet_id: UUID, *, died_on: date | None) -> UUID | None:
    """The pet's family; None if that was known already. ``died_on`` None: it lives.

    Raises:
        NotFound, Invalid: nothing has changed.
    """
    own = (Pet.practice_id == practice_id, Pet.id == pet_id)
    found = (await uow.execute(select(Pet.family_id, Pet.born_on, Pet.died_on).where(*own).with_for_update())).one_or_none()
    if found is None:
        raise NotFound
    if found.died_on == died_on:
        return None
    require_lifetime(found.born_on, died_on)
    await uow.execute(update(Pet).where(*own).values(died_on=died_on))
    return found.family_id
