"""E-mails to a staff member came back: letting them go there again."""

from uuid import UUID

from pawline.notifications.refusals import try_staff_address
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.lifted_refusals import lift_staff_refusal
from pawline.platform.settings import Settings
from pawline.practices.staff import require_colleague, require_member, staff_view
from pawline.practices.views import StaffMemberView
from pawline.sign_in.staff import mail_password_link
from pawline.team.rules import hold_team


async def mail_again(uow: UnitOfWork, settings: Settings, actor: Actor, *, staff_id: UUID) -> StaffMemberView:
    """One goes there at once, to those without a password the link to choose one: should it come back, all is as before.

    Safe to repeat: nothing goes out where no e-mail came back.

    Raises:
        NotFound: nobody of this id works at the practice.
        Forbidden: their role is above the actor's.
    """
    member = await require_colleague(uow, await hold_team(uow, actor), staff_id)
    if member.mail_refused_at is None:
        return staff_view(member)
    await lift_staff_refusal(uow, member.practice_id, member.id)
    if member.password_hash is None:
        await mail_password_link(uow, settings, practice_id=member.practice_id, staff_id=member.id)
    else:
        await try_staff_address(uow, member.practice_id, member.id)
    return staff_view(await require_member(uow, member.practice_id, member.id))
