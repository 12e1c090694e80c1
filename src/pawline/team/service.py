"""Changing a staff member: name, job title, role and clinics. What they may see changes with the commit, on open screens too."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from msgspec import UNSET

from pawline.inbox.returning import Ceasing, hold_conversations_of, return_to_queue
from pawline.platform.actor import Actor, Role
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Conflict
from pawline.platform.text import clean_line
from pawline.practices.service import clinic_views
from pawline.practices.staff import require_colleague, staff_view, write_member
from pawline.practices.views import StaffMemberView
from pawline.reach.service import tell_access
from pawline.team.rules import hold_team, require_may_give, require_may_place, require_owner_remains
from pawline.team.views import OwnProfileChange, StaffChange, clean_title, distinct


class MemberChanged(Conflict):
    code = "member_changed"


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    job_title: str
    role: Role
    clinic_ids: list[UUID]

    def is_like(self, member: Any) -> bool:
        same_words = (self.name, self.job_title, self.role) == (member.name, member.job_title, member.role)
        return same_words and set(self.clinic_ids) == set(member.clinic_ids)


async def change_member(uow: UnitOfWork, actor: Actor, staff_id: UUID, *, change: StaffChange) -> StaffMemberView:
    """Safe to repeat. Conversations that they answer and see no more go back to the queue.

    Raises:
        NotFound: nobody of this id works at the practice.
        Forbidden: their role is above the actor's, or it is one to give that only a practice owner gives.
        Invalid: a clinic at which the actor does not work, or none at all.
        MemberChanged: somebody changed them since ``change.revision``.
        LastOwner: the practice would have no owner.
    """
    actor = await hold_team(uow, actor)
    member = await require_colleague(uow, actor, staff_id)
    wanted = _wanted(member, change)
    if wanted.is_like(member):
        return staff_view(member)
    require_unchanged(member, change.revision)
    await _require_may(uow, actor, member, wanted=wanted)
    return await _change(uow, actor, member, wanted=wanted)


def require_unchanged(member: Any, revision: int) -> None:
    """Raises MemberChanged."""
    if member.revision != revision:
        raise MemberChanged("Somebody changed this at the same time. Look at it again, then make your change.")


def wanted_words(member: Any, change: StaffChange | OwnProfileChange) -> tuple[str, str]:
    """Name and job title."""
    name = member.name if change.name is UNSET else clean_line("name", change.name)
    return name, member.job_title if change.job_title is UNSET else clean_title(change.job_title)


def _wanted(member: Any, change: StaffChange) -> _Wanted:
    name, job_title = wanted_words(member, change)
    return _Wanted(
        name=name,
        job_title=job_title,
        role=Role(member.role if change.role is UNSET else change.role),
        clinic_ids=member.clinic_ids if change.clinic_ids is UNSET else distinct(change.clinic_ids),
    )


async def _require_may(uow: UnitOfWork, actor: Actor, member: Any, *, wanted: _Wanted) -> None:
    require_may_give(actor, member, wanted.role)
    if set(wanted.clinic_ids) != set(member.clinic_ids):
        require_may_place(actor, member, wanted.clinic_ids)
    if wanted.role is not Role.PRACTICE_OWNER:
        await require_owner_remains(uow, member)


async def _change(uow: UnitOfWork, actor: Actor, member: Any, *, wanted: _Wanted) -> StaffMemberView:
    ceasing = Ceasing(member.practice_id, member.id, await _sees_on(uow, member, wanted))
    held = await hold_conversations_of(uow, ceasing)
    values = {"job_title": wanted.job_title} | ({"role": wanted.role} if wanted.role != member.role else {})
    view = await write_member(uow, member, name=wanted.name, clinic_ids=wanted.clinic_ids, **values)
    why = "no longer has the inbox" if wanted.role is Role.BASIC else "no longer works at this clinic"
    await return_to_queue(uow, actor, ceasing, held=held, why=f"{wanted.name} {why}")
    tell_access(uow, member.practice_id, [member.id])
    uow.emit(Hint.availability(member.practice_id, None))
    return view


async def _sees_on(uow: UnitOfWork, member: Any, wanted: _Wanted) -> list[UUID]:
    """Where they go on to answer: by their role at their clinics; basic staff what they had as basic staff."""
    if wanted.role is Role.PRACTICE_OWNER:
        return [clinic.id for clinic in await clinic_views(uow, member.practice_id)]
    is_demoted = wanted.role is Role.BASIC and member.role != Role.BASIC
    return [] if is_demoted else wanted.clinic_ids
