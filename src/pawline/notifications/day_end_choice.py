"""Whether a staff member gets the list of open conversations at the end of the day."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from pawline.notifications.day_end_models import DayEndChoice
from pawline.notifications.views import DayEndView
from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork

# The same rule in SQL, for ``staff_member s`` and their ``day_end_choice o``, if any.
WANTS_DAY_END = "s.role <> 'basic' AND coalesce(o.is_mailed, s.role IN ('administrator', 'practice_owner'))"


async def day_end_of(uow: UnitOfWork, actor: Actor) -> DayEndView:
    own = (DayEndChoice.practice_id == actor.practice_id, DayEndChoice.staff_id == actor.person_id)
    chosen = (await uow.execute(select(DayEndChoice.is_mailed).where(*own))).scalar_one_or_none()
    return DayEndView(_by_role(actor) if chosen is None else chosen)


async def choose_day_end(uow: UnitOfWork, actor: Actor, choice: DayEndView) -> DayEndView:
    await switch_day_end(uow, actor.practice_id, actor.person_id, is_mailed=choice.is_mailed)
    return choice


async def switch_day_end(uow: UnitOfWork, practice_id: UUID, staff_id: UUID, *, is_mailed: bool) -> None:
    values = {"is_mailed": is_mailed, "changed_at": clock.now()}
    row = insert(DayEndChoice).values(practice_id=practice_id, staff_id=staff_id, **values)
    await uow.execute(row.on_conflict_do_update(index_elements=["practice_id", "staff_id"], set_=values))


def _by_role(actor: Actor) -> bool:
    return actor.role is not None and actor.role.is_at_least(Role.ADMINISTRATOR)
