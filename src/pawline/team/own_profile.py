"""One's own name and job title, which everybody corrects for themselves."""

from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import NotFound
from pawline.practices.staff import lock_team, require_member, staff_view, write_member
from pawline.practices.views import StaffMemberView
from pawline.reach.service import tell_access
from pawline.team.service import require_unchanged, wanted_words
from pawline.team.views import OwnProfileChange


async def own_profile(uow: UnitOfWork, actor: Actor) -> StaffMemberView:
    return staff_view(await require_member(uow, actor.practice_id, actor.person_id))


async def change_own_profile(uow: UnitOfWork, actor: Actor, *, change: OwnProfileChange) -> StaffMemberView:
    """Safe to repeat.

    Raises:
        Invalid: no name.
        MemberChanged: somebody changed them since ``change.revision``.
    """
    await lock_team(uow, actor.practice_id)
    member = await require_member(uow, actor.practice_id, actor.person_id)
    if member.left_at is not None:
        raise NotFound
    name, job_title = wanted_words(member, change)
    if (name, job_title) == (member.name, member.job_title):
        return staff_view(member)
    require_unchanged(member, change.revision)
    view = await write_member(uow, member, name=name, clinic_ids=member.clinic_ids, job_title=job_title)
    tell_access(uow, member.practice_id, [member.id])
    uow.emit(Hint.availability(member.practice_id, None))
    return view
