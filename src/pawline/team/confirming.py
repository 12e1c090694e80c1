"""The link that was mailed to a new address comes back: from now on it is the staff member's."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text, update

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.lifted_refusals import lift_staff_refusal
from pawline.platform.security import hash_secret
from pawline.practices.staff import lock_team, require_member, write_member
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.staff import end_password_links, mail_password_link
from pawline.team.addresses import require_free
from pawline.team.models import StaffAddressChange

ADDRESS_TOLD_TASK = "send_address_changed_mail"

# tenancy: the link's secret is what says which practice it belongs to.
_FOUND = text("""
SELECT w.practice_id, w.id, w.staff_id, w.email, y.name AS practice_name
FROM staff_address_change w
JOIN staff_member m ON m.practice_id = w.practice_id AND m.id = w.staff_id AND m.left_at IS NULL
JOIN staff_member a ON a.practice_id = w.practice_id AND a.id = w.asked_by_id AND a.left_at IS NULL
JOIN practice y ON y.id = w.practice_id
WHERE w.link_hash = :link_hash AND w.confirmed_at IS NULL AND w.expires_at > :now
""")


class AddressLinkGone(Conflict):
    code = "address_link_gone"

    def __init__(self) -> None:
        super().__init__("This link was used already, was withdrawn, or is too old. Ask for the change of address once more.")


class ConfirmedAddress(msgspec.Struct, frozen=True):
    email: str
    practice_name: str


async def confirm_address(desk: SignInDesk, token: str, *, address: str) -> ConfirmedAddress:
    """Sessions stay. Links that were mailed to the old address lead nowhere, and it is told. ``address``: the request's.

    Raises:
        AddressLinkGone, TooManyRequests: nothing has changed.
        Invalid: meanwhile it is another team member's.
    """
    attempt = Try(account=f"address link {hash_secret(token).hex()}", address=address, crowd="staff")
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        found = await _hold(uow, token)
        member = await require_member(uow, found.practice_id, found.staff_id)
        await require_free(uow, member, found.email)
        await _give(uow, desk, member, found=found)
    await desk.lockout.forgive(attempt)
    return ConfirmedAddress(found.email, found.practice_name)


async def _hold(uow: UnitOfWork, token: str) -> Any:
    """Looked up once more while the team is locked: it may be withdrawn at this moment."""
    values = {"link_hash": hash_secret(token), "now": clock.now()}
    found = (await uow.execute(_FOUND, values)).one_or_none()
    if found is not None:
        await lock_team(uow, found.practice_id)
        found = (await uow.execute(_FOUND, values)).one_or_none()
    if found is None:
        raise AddressLinkGone
    return found


async def _give(uow: UnitOfWork, desk: SignInDesk, member: Any, *, found: Any) -> None:
    # Before the row of the staff member, as whoever chooses a password holds first the link and then that row.
    await end_password_links(uow, member.practice_id, member.id)
    await write_member(uow, member, name=member.name, clinic_ids=member.clinic_ids, email=found.email)
    # The e-mail with the link has arrived: whatever was heard of the address long ago, it works.
    await lift_staff_refusal(uow, member.practice_id, member.id)
    confirmed = update(StaffAddressChange).where(
        StaffAddressChange.practice_id == found.practice_id, StaffAddressChange.id == found.id
    )
    await uow.execute(confirmed.values(confirmed_at=clock.now()))
    if member.password_hash is None:  # the link of the invitation went to the old address
        await mail_password_link(uow, desk.settings, practice_id=member.practice_id, staff_id=member.id)
    await _tell_old_address(uow, found.practice_id, found.id)


async def _tell_old_address(uow: UnitOfWork, practice_id: UUID, change_id: UUID) -> None:
    await defer(uow, ADDRESS_TOLD_TASK, priority=SOMEBODY_WAITS, practice_id=str(practice_id), change_id=str(change_id))
