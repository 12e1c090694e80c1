"""The team asks somebody of a family into the app: a contact who does not use it yet, or a human who is new to the family."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.families.numbers import holders_of_email
from pawline.families.service import ContactRole
from pawline.joining.invitations import InvitationDraft, keep_invitation
from pawline.joining.views import FamilyInvitations, TeamInvitationView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Invalid, NotFound
from pawline.platform.settings import Settings
from pawline.platform.text import clean_email
from pawline.threads.access import visible_clinic_ids

_FAMILY = """
SELECT f.id FROM family f
WHERE f.practice_id = :practice_id AND f.id = :family_id AND (
    EXISTS (SELECT FROM thread t WHERE t.practice_id = f.practice_id AND t.family_id = f.id
            AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[])))
    OR EXISTS (SELECT FROM connection n WHERE n.practice_id = f.practice_id AND n.family_id = f.id
               AND n.clinic_id = ANY(CAST(:clinic_ids AS uuid[])) AND n.state = 'accepted'))
"""
_SEEN = text(_FAMILY)
_HELD = text(_FAMILY + "FOR NO KEY UPDATE OF f")
_PENDING = text("""
SELECT i.id, i.contact_id, i.name, i.email, p.name AS invited_by, i.created_at, i.expires_at
FROM family_invitation i
JOIN person p ON p.practice_id = i.practice_id AND p.id = i.invited_by_id
WHERE i.practice_id = :practice_id AND i.family_id = :family_id AND i.used_at IS NULL AND i.revoked_at IS NULL
    AND i.expires_at > :now
ORDER BY i.created_at DESC, i.id DESC
""")
_CONTACTS = text("""
SELECT c.id, p.name, c.role, c.email, c.app_joined_at
FROM contact c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
WHERE c.practice_id = :practice_id AND c.family_id = :family_id
ORDER BY c.created_at, c.id
""")
_WITHDRAW = text("""
UPDATE family_invitation i SET revoked_at = :now
WHERE i.practice_id = :practice_id AND i.family_id = :family_id AND i.id = :invitation_id AND i.used_at IS NULL
    AND i.revoked_at IS NULL
RETURNING i.id
""")
_REPLACE = text("""
UPDATE family_invitation i SET revoked_at = :now
WHERE i.practice_id = :practice_id AND i.family_id = :family_id AND i.used_at IS NULL AND i.revoked_at IS NULL
    AND (i.contact_id = :contact_id OR i.email = :email)
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """``contact_id``: somebody of the family; None: somebody new, of that ``name``."""

    email: str
    contact_id: UUID | None
    name: str


async def family_invitations(uow: UnitOfWork, actor: Actor, family_id: UUID) -> FamilyInvitations:
    """Raises NotFound."""
    await _require_visible(uow, actor, family_id)
    values = {"practice_id": actor.practice_id, "family_id": family_id, "now": clock.now()}
    pending = [TeamInvitationView(*row) for row in await uow.execute(_PENDING, values)]
    without = [contact.id for contact in await _contacts(uow, actor, family_id) if _may_be_invited(contact)]
    return FamilyInvitations(pending, without)


async def invite_for_team(
    uow: UnitOfWork, settings: Settings, actor: Actor, *, family_id: UUID, invitee: Invitee
) -> TeamInvitationView:
    """Mail an invitation. An earlier one to the same person stops working.

    Raises:
        NotFound: no such family or contact in it, or not of the actor's clinics.
        Conflict: they are in the app already, not meant to be, or of another family.
    """
    await _require_visible(uow, actor, family_id, lock=True)
    email = clean_email("email", invitee.email)
    contact = await _known_contact(uow, actor, family_id, invitee=invitee, email=email)
    contact_id = contact.id if contact is not None else None
    values = {"practice_id": actor.practice_id, "family_id": family_id, "contact_id": contact_id, "email": email}
    await uow.execute(_REPLACE, {**values, "now": clock.now()})
    draft = InvitationDraft(name=contact.name if contact is not None else invitee.name, email=email, contact_id=contact_id)
    row = await keep_invitation(uow, settings, actor, family_id=family_id, draft=draft)
    return TeamInvitationView(
        row["id"], contact_id, row["name"], email, actor.name, created_at=row["created_at"], expires_at=row["expires_at"]
    )


async def withdraw_for_team(uow: UnitOfWork, actor: Actor, *, family_id: UUID, invitation_id: UUID) -> None:
    """Raises NotFound."""
    await _require_visible(uow, actor, family_id)
    values = {"practice_id": actor.practice_id, "family_id": family_id, "invitation_id": invitation_id, "now": clock.now()}
    if (await uow.execute(_WITHDRAW, values)).one_or_none() is None:
        raise NotFound


async def _known_contact(uow: UnitOfWork, actor: Actor, family_id: UUID, *, invitee: Invitee, email: str) -> Any | None:
    """Who of the family is meant: by name, or by an e-mail that is theirs already."""
    contacts = await _contacts(uow, actor, family_id)
    holders = await holders_of_email(uow, actor.practice_id, email)
    if any(holder.family_id != family_id for holder in holders):
        raise Conflict("This e-mail belongs to another family at your practice. Use a different one, or make one family of both.")
    if invitee.contact_id is not None:
        found = next((contact for contact in contacts if contact.id == invitee.contact_id), None)
        if found is None:
            raise NotFound
    else:
        found = next((contact for contact in contacts if contact.email == email), None)
        if found is None and not invitee.name.strip():
            raise Invalid.field("name", "is empty; say who it is")
    if found is not None:
        _require_invitable(found)
    return found


def _require_invitable(contact: Any) -> None:
    if contact.app_joined_at is not None:
        raise Conflict(f"{contact.name} uses the app already.")
    if not _may_be_invited(contact):
        raise Conflict(f"{contact.name} is not meant to use the app: their role in the family is “other”.")


def _may_be_invited(contact: Any) -> bool:
    return contact.app_joined_at is None and contact.role in (ContactRole.PRIMARY, ContactRole.SECONDARY)


async def _contacts(uow: UnitOfWork, actor: Actor, family_id: UUID) -> list[Any]:
    return list(await uow.execute(_CONTACTS, {"practice_id": actor.practice_id, "family_id": family_id}))


async def _require_visible(uow: UnitOfWork, actor: Actor, family_id: UUID, *, lock: bool = False) -> None:
    """Families are of the clinics that treat a pet of theirs or have a thread with them."""
    values = {"practice_id": actor.practice_id, "family_id": family_id, "clinic_ids": list(visible_clinic_ids(actor))}
    if (await uow.execute(_HELD if lock else _SEEN, values)).one_or_none() is None:
        raise NotFound
