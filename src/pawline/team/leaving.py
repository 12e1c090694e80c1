"""Somebody stops working at the practice, and may come back. What they wrote stays, with their name."""

from typing import Any
from uuid import UUID

from msgspec import UNSET

from pawline.deliveries.service import hold_texts_of, threads_of_waiting_texts
from pawline.duty.service import forget_duty_of
from pawline.inbox.returning import Ceasing, hold_conversations_of, return_to_queue
from pawline.notifications.service import unsubscribe_browsers_of
from pawline.passkeys.staff import forget_passkeys_of
from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Forbidden
from pawline.platform.settings import Settings
from pawline.practices.staff import require_member, staff_view, write_member
from pawline.practices.views import StaffMemberView
from pawline.reach.service import end_grants_of
from pawline.sign_in.authenticator import forget_authenticator
from pawline.sign_in.second_step import forget_second_steps
from pawline.sign_in.sessions import end_all_sessions
from pawline.sign_in.staff import end_password_links, mail_password_link
from pawline.team.addresses import end_address_change
from pawline.team.rules import hold_team, require_may_decide, require_may_give, require_may_place, require_owner_remains
from pawline.team.views import StaffReturn, distinct
from pawline.threads.assigning import HeldConversation
from pawline.threads.entries import touch_messages
from pawline.threads.staff_drafts import forget_drafts_of


async def end_access(uow: UnitOfWork, actor: Actor, staff_id: UUID) -> StaffMemberView:
    """They are signed out everywhere; what they answer goes back to the queue, and texts of theirs that still wait are held.

    Their appointments stay with them until somebody gives them to a colleague. Safe to repeat.

    Raises:
        NotFound: nobody of this id has worked at the practice.
        Forbidden: their role is above the actor's, one of their clinics is not the actor's, or it is the actor.
        LastOwner: the practice would have no owner.
    """
    actor = await hold_team(uow, actor)
    member = await require_member(uow, actor.practice_id, staff_id)
    require_may_decide(actor, member)
    if member.left_at is not None:
        return staff_view(member)
    if member.id == actor.person_id:
        raise Forbidden("You cannot end your own access. Ask a colleague who manages the team.")
    await require_owner_remains(uow, member)
    await _close_ways_in(uow, member)
    ceasing = Ceasing(member.practice_id, member.id)
    held = await _hold_work_of(uow, ceasing)
    view = await write_member(
        uow, member, name=member.name, clinic_ids=member.clinic_ids, left_at=clock.now(), password_hash=None
    )
    await return_to_queue(uow, actor, ceasing, held=held, why=f"{member.name} no longer works here")
    await _tell(uow, member)
    return view


async def let_back_in(
    uow: UnitOfWork, settings: Settings, actor: Actor, *, staff_id: UUID, request: StaffReturn
) -> StaffMemberView:
    """The same person as before, who is mailed a link to choose a new password. Safe to repeat.

    Raises:
        NotFound: nobody of this id has worked at the practice.
        Forbidden: as when ending their access, or it is a role to give that only a practice owner gives.
        Invalid: a clinic at which the actor does not work, or none at all.
    """
    actor = await hold_team(uow, actor)
    member = await require_member(uow, actor.practice_id, staff_id)
    require_may_decide(actor, member)
    if member.left_at is None:
        return staff_view(member)
    role = Role(member.role if request.role is UNSET else request.role)
    clinic_ids = list(member.clinic_ids) if request.clinic_ids is UNSET else distinct(request.clinic_ids)
    require_may_give(actor, member, role)
    require_may_place(actor, member, clinic_ids)
    # What slipped through in the moment they left.
    await _close_ways_in(uow, member)
    await write_member(uow, member, name=member.name, clinic_ids=clinic_ids, role=role, left_at=None)
    await _tell(uow, member)
    await mail_password_link(uow, settings, practice_id=member.practice_id, staff_id=member.id)
    return staff_view(await require_member(uow, member.practice_id, member.id))


async def _hold_work_of(uow: UnitOfWork, ceasing: Ceasing) -> list[HeldConversation]:
    """Their waiting texts, and the conversations they answer: all threads of both first, as a text is locked after its thread.

    What they write at this very moment is held when it is about to leave.
    """
    key = (ceasing.practice_id, ceasing.staff_id)
    thread_ids = await threads_of_waiting_texts(uow, *key)
    held = await hold_conversations_of(uow, ceasing, with_threads=thread_ids)
    await touch_messages(uow, ceasing.practice_id, await hold_texts_of(uow, *key, thread_ids=thread_ids))
    return held


async def _close_ways_in(uow: UnitOfWork, member: Any) -> None:
    """Before the row of the staff member is changed: whoever chooses a password holds first the link and then that row."""
    await end_password_links(uow, member.practice_id, member.id)
    await end_address_change(uow, member.practice_id, member.id)
    await unsubscribe_browsers_of(uow, member.practice_id, member.id)
    await forget_authenticator(uow, member.practice_id, member.id)
    await forget_second_steps(uow, member.practice_id, member.id)
    await forget_passkeys_of(uow, member.practice_id, member.id)
    await forget_duty_of(uow, member.practice_id, member.id)
    await forget_drafts_of(uow, member.practice_id, member.id)
    await end_all_sessions(uow, member.practice_id, member.id)


async def _tell(uow: UnitOfWork, member: Any) -> None:
    await end_grants_of(uow, member.practice_id, member.id)
    uow.emit(Hint.availability(member.practice_id, None))
