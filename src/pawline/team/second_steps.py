"""A colleague has lost the phone that made their codes: without it they sign in by their password, until they have another."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.passkeys.staff import forget_passkeys_of
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden
from pawline.practices.staff import require_colleague, require_member, staff_view
from pawline.practices.views import StaffMemberView
from pawline.sign_in.authenticator import forget_authenticator
from pawline.sign_in.factor_events import Whose, note_factor
from pawline.sign_in.second_step import forget_second_steps
from pawline.team.rules import hold_team, require_may_decide

# tenancy: whoever runs the installation names an address, which may be of accounts at several practices.
_ACCOUNTS = text("""
SELECT m.practice_id, m.id, y.name AS practice_name
FROM staff_member m JOIN practice y ON y.id = m.practice_id
WHERE m.email = :email AND m.left_at IS NULL
ORDER BY y.name
""")


async def remove_second_step(uow: UnitOfWork, actor: Actor, staff_id: UUID) -> StaffMemberView:
    """Their app and all of their passkeys, for those were on the same phone. They are told by mail. Safe to repeat.

    Raises:
        NotFound: nobody of this id works at the practice.
        Forbidden: their role is above the actor's, one of their clinics is not the actor's, or it is the actor.
    """
    actor = await hold_team(uow, actor)
    member = await require_colleague(uow, actor, staff_id)
    if member.id == actor.person_id:
        raise Forbidden("Your own second step is turned off in your profile, where you are asked for your password and a code.")
    require_may_decide(actor, member)
    if not member.has_second_step:
        return staff_view(member)
    await _forget(uow, member)
    await note_factor(uow, Whose(member.practice_id, member.id, actor.person_id), "removed_by_colleague")
    return staff_view(await require_member(uow, member.practice_id, member.id))


async def remove_second_steps_at(uow: UnitOfWork, email: str) -> list[str]:
    """The same by whoever runs the installation, for when no colleague is left who could. The practices where it was done."""
    accounts = (await uow.execute(_ACCOUNTS, {"email": email.strip().lower()})).all()
    for account in accounts:
        await _forget(uow, account)
        await note_factor(uow, Whose(account.practice_id, account.id, account.id), "removed_on_server")
    return [account.practice_name for account in accounts]


async def _forget(uow: UnitOfWork, member: Any) -> None:
    await forget_authenticator(uow, member.practice_id, member.id)
    await forget_second_steps(uow, member.practice_id, member.id)
    await forget_passkeys_of(uow, member.practice_id, member.id)
