"""A staff member's e-mail address becomes another one: asked for here, and counted once a link mailed there was used."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, text

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Forbidden, Invalid
from pawline.platform.ids import new_id
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.security import hash_secret, keyed_hash
from pawline.platform.settings import Settings
from pawline.platform.text import clean_email
from pawline.practices.staff import lock_team, require_colleague, require_member, staff_view
from pawline.practices.views import StaffMemberView
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.passwords import is_password
from pawline.team.models import StaffAddressChange
from pawline.team.rules import hold_team, require_may_decide

ADDRESS_LINK_LASTS = timedelta(days=3)
ADDRESS_MAIL_TASK = "send_new_address_mail"

_TAKEN = text("SELECT FROM staff_member m WHERE m.practice_id = :practice_id AND m.email = :email AND m.id <> :staff_id")
_PASSWORD = text("SELECT m.password_hash FROM staff_member m WHERE m.practice_id = :practice_id AND m.id = :staff_id")


async def ask_for_address(uow: UnitOfWork, settings: Settings, actor: Actor, *, staff_id: UUID, email: str) -> StaffMemberView:
    """Mail a link to a colleague's new address. An address that was asked for before and is not confirmed is forgotten.

    Raises:
        NotFound: nobody of this id works at the practice.
        Forbidden: their role is above the actor's, one of their clinics is not the actor's, or it is the actor.
        Invalid: no address, the present one, or another team member's.
    """
    actor, member = await _hold_colleague(uow, actor, staff_id)
    return await _ask(uow, settings, member, asked_by_id=actor.person_id, email=email)


async def forget_asked_address(uow: UnitOfWork, actor: Actor, staff_id: UUID) -> StaffMemberView:
    """The link that was mailed leads nowhere. Safe to repeat; raises NotFound and Forbidden as when asking."""
    _, member = await _hold_colleague(uow, actor, staff_id)
    return await _forget(uow, member)


async def ask_for_own_address(desk: SignInDesk, actor: Actor, *, email: str, password: str, address: str) -> StaffMemberView:
    """The same for one's own. ``address``: where the request comes from.

    Raises:
        Invalid: not one's password, or as above.
        TooManyRequests: too often, for each right one sends an e-mail to whom one likes.
    """
    await desk.lockout.count(Try(account=f"own address {actor.person_id}", address=address, crowd="staff"))
    async with desk.database.single_statements() as connection:
        key = {"practice_id": actor.practice_id, "staff_id": actor.person_id}
        password_hash = (await connection.execute(_PASSWORD, key)).scalar_one()
    if not await is_password(password, password_hash):
        raise Invalid.field("password", "is not yours; type the one you sign in with")
    async with desk.database.transaction() as uow:
        await lock_team(uow, actor.practice_id)
        member = await require_member(uow, actor.practice_id, actor.person_id)
        return await _ask(uow, desk.settings, member, asked_by_id=actor.person_id, email=email)


async def forget_own_asked_address(uow: UnitOfWork, actor: Actor) -> StaffMemberView:
    await lock_team(uow, actor.practice_id)
    return await _forget(uow, await require_member(uow, actor.practice_id, actor.person_id))


async def end_address_change(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    own = (StaffAddressChange.practice_id == practice_id, StaffAddressChange.staff_id == staff_id)
    await uow.execute(delete(StaffAddressChange).where(*own, StaffAddressChange.confirmed_at.is_(None)))


async def require_free(uow: UnitOfWork, member: Any, email: str) -> None:
    """Of other practices nothing is asked, and nothing said: there the same address is an account of its own.

    Raises Invalid: it is another's at this practice, or was when they left.
    """
    values = {"practice_id": member.practice_id, "staff_id": member.id, "email": email}
    if (await uow.execute(_TAKEN, values)).first() is not None:
        raise Invalid.field("email", "is of somebody else who works at your practice, or did; use another one")


def address_token(settings: Settings, change_id: UUID) -> str:
    """Derived from the id, so that neither a job nor the database carries the secret itself."""
    return keyed_hash(settings, "staff address link", str(change_id)).hex()


async def _hold_colleague(uow: UnitOfWork, actor: Actor, staff_id: UUID) -> tuple[Actor, Any]:
    actor = await hold_team(uow, actor)
    member = await require_colleague(uow, actor, staff_id)
    if member.id == actor.person_id:
        raise Forbidden("Your own address is changed in your profile, where you are asked for your password.")
    # Whoever has the address can choose the password: it is as much as giving the account to somebody.
    require_may_decide(actor, member)
    return actor, member


async def _ask(uow: UnitOfWork, settings: Settings, member: Any, *, asked_by_id: UUID, email: str) -> StaffMemberView:
    email = clean_email("email", email)
    if email == member.email:
        raise Invalid.field("email", "is the present one already")
    await require_free(uow, member, email)
    await end_address_change(uow, member.practice_id, member.id)
    change_id = new_id()
    row = {"practice_id": member.practice_id, "id": change_id, "staff_id": member.id, "asked_by_id": asked_by_id}
    secret = {"link_hash": hash_secret(address_token(settings, change_id)), "expires_at": clock.now() + ADDRESS_LINK_LASTS}
    await uow.execute(insert(StaffAddressChange).values(**row, **secret, email=email, old_email=member.email))
    await defer(uow, ADDRESS_MAIL_TASK, priority=SOMEBODY_WAITS, practice_id=str(member.practice_id), change_id=str(change_id))
    return staff_view(await require_member(uow, member.practice_id, member.id))


async def _forget(uow: UnitOfWork, member: Any) -> StaffMemberView:
    await end_address_change(uow, member.practice_id, member.id)
    return staff_view(await require_member(uow, member.practice_id, member.id))
