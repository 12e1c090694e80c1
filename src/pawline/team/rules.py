"""Who may change what of whom. Asked while the team is locked, of what stands then: of two changes at once one sees the other."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from pawline.platform.actor import Actor, Role
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Forbidden, Invalid
from pawline.platform.permissions import Permission
from pawline.practices.service import clinic_views
from pawline.practices.staff import has_other_owner, lock_team, require_member, require_not_above


class LastOwner(Conflict):
    code = "last_practice_owner"


async def hold_team(uow: UnitOfWork, actor: Actor) -> Actor:
    """Until the commit, nobody else changes the team. Returns the actor with the role and the clinics they have now.

    Raises:
        NotFound: their employment ended at this moment.
        Forbidden: so did what let them manage the team.
    """
    await lock_team(uow, actor.practice_id)
    own = await require_member(uow, actor.practice_id, actor.person_id)
    current = replace(actor, role=None if own.left_at else Role(own.role), clinic_ids=await _clinics_of(uow, own))
    Permission.MANAGE_TEAM.require(current)
    return current


async def _clinics_of(uow: UnitOfWork, member: Any) -> tuple[UUID, ...]:
    """Where they work; a practice owner, everywhere."""
    if member.role == Role.PRACTICE_OWNER:
        return tuple(clinic.id for clinic in await clinic_views(uow, member.practice_id))
    return tuple(member.clinic_ids)


def require_may_decide(actor: Actor, member: Any) -> None:
    """Raises Forbidden: somebody's role is above the actor's, or they work at a clinic that is not the actor's."""
    require_not_above(actor, Role(member.role))
    if not set(member.clinic_ids) <= set(actor.clinic_ids):
        raise Forbidden(f"{member.name}'s clinics are not all yours. Ask a practice owner.")


def require_may_give(actor: Actor, member: Any, role: Role) -> None:
    """Raises Forbidden: only a practice owner gives somebody another role, and nobody is given one above the actor's."""
    if role != member.role:
        Permission.CHANGE_ROLES.require(actor)
    require_not_above(actor, role)


def require_may_place(actor: Actor, member: Any, clinic_ids: Collection[UUID]) -> None:
    """Raises Invalid: somebody is put at, or taken from, a clinic at which the actor does not work."""
    if not set(member.clinic_ids) ^ set(clinic_ids) <= set(actor.clinic_ids):
        raise Invalid.field("clinic_ids", "can only change for clinics you work at")
    if not clinic_ids:
        raise Invalid.field("clinic_ids", "needs at least one clinic")


async def require_owner_remains(uow: UnitOfWork, member: Any) -> None:
    """Raises LastOwner: without this one, no practice owner who can sign in would be left."""
    if member.role == Role.PRACTICE_OWNER and not await has_other_owner(uow, member):
        raise LastOwner(f"{member.name} is the only practice owner who can sign in. Make somebody else practice owner first.")
