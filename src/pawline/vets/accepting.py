"""A vet answers an invitation: accepts it for a clinic of theirs, or declines."""

from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from pawline.families.connecting import NewConnection, connect_pet
from pawline.families.deciding import has_family_ended
from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, PetDraft, add_family, add_pet, family_view
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound
from pawline.platform.security import hash_secret
from pawline.sign_in.linking import ContactKey, contact_at, link_contacts
from pawline.threads.opening import ensure_thread
from pawline.vets.invitations import LASTS
from pawline.vets.models import VetInvitation
from pawline.vets.refusals import (
    VetInvitationDeclined,
    VetInvitationExpired,
    VetInvitationForged,
    VetInvitationUsed,
    VetInvitationWithdrawn,
)
from pawline.vets.telling import answered, tell_of_connection
from pawline.vets.views import AcceptedInvitation, VetInvitationPlace

# tenancy: the link's secret is what says which practice the invitation belongs to.
_FOUND = """
SELECT i.practice_id, i.id, i.email AS invited_email, i.state, i.expires_at, i.invited_by_id, e.id AS pet_id, e.family_id,
    e.name AS pet_name, e.species, e.breed, e.born_on, e.weight_grams, p.name AS invited_by, c.language, c.email, c.phone
FROM vet_invitation i
JOIN pet e ON e.practice_id = i.practice_id AND e.id = i.pet_id
JOIN contact c ON c.practice_id = i.practice_id AND c.id = i.invited_by_id
JOIN person p ON p.practice_id = i.practice_id AND p.id = i.invited_by_id
WHERE i.link_hash = :link_hash
"""
_READ, _LOCKED = text(_FOUND), text(_FOUND + "FOR NO KEY UPDATE OF i")
_FAMILY_OF = text("SELECT c.family_id FROM contact c WHERE c.practice_id = :practice_id AND c.id = :contact_id")


async def vet_invitation_place(uow: UnitOfWork, token: str) -> VetInvitationPlace:
    """
    Raises:
        VetInvitationGone: in one of its kinds, each with its words.
    """
    found = await _require_open(uow, token, _READ)
    return VetInvitationPlace(
        language=found.language,
        invited_by=found.invited_by,
        email=found.invited_email,
        pet_name=found.pet_name,
        species=found.species,
        breed=found.breed,
        born_on=found.born_on,
        expires_at=found.expires_at,
    )


async def accept_for_clinic(uow: UnitOfWork, actor: Actor, token: str, *, clinic_id: UUID) -> AcceptedInvitation:
    if clinic_id not in actor.clinic_ids:
        raise NotFound
    return await accept_vet_invitation(uow, token, practice_id=actor.practice_id, clinic_id=clinic_id)


async def accept_vet_invitation(uow: UnitOfWork, token: str, *, practice_id: UUID, clinic_id: UUID) -> AcceptedInvitation:
    """The pet becomes a patient of the clinic, and its owner a contact of the practice who can write at once.

    Raises:
        VetInvitationGone: in one of its kinds, each with its words; nothing has changed. For a clinic with which the family has
            ended it since it was sent, it counts as withdrawn; another one may still accept it.
    """
    found = await _require_open(uow, token, _LOCKED)
    family_id, pet_id = found.family_id, found.pet_id
    if await has_family_ended(uow, practice_id, pet_id, clinic_id=clinic_id, since=found.expires_at - LASTS):
        raise VetInvitationWithdrawn(found.invited_by)
    if practice_id != found.practice_id:
        family_id = await _family_at(uow, found, practice_id=practice_id, clinic_id=clinic_id)
        pet = PetDraft(found.pet_name, found.species, found.breed, found.born_on, found.weight_grams)
        pet_id = await add_pet(uow, pet, practice_id=practice_id, family_id=family_id, path="pet")
    via = "email" if found.invited_email else "link"
    await connect_pet(uow, NewConnection(practice_id, family_id, pet_id, clinic_id, via))
    thread_id = await ensure_thread(uow, practice_id, family_id=family_id, clinic_id=clinic_id)
    await tell_of_connection(uow, practice_id, family_id, clinic_id=clinic_id)
    await _decide(uow, found, state="accepted", accepted_practice_id=practice_id)
    return AcceptedInvitation(family_id, thread_id)


async def decline_vet_invitation(uow: UnitOfWork, token: str) -> None:
    await _decide(uow, await _require_open(uow, token, _LOCKED), state="declined")


async def _family_at(uow: UnitOfWork, found: Any, *, practice_id: UUID, clinic_id: UUID) -> UUID:
    """The inviter's family there. Only what they have proven themselves makes them somebody the practice knows: an address
    that another practice has on file could be anybody's."""
    inviter = ContactKey(found.practice_id, found.invited_by_id)
    known_id = await contact_at(uow, inviter, practice_id)
    if known_id is not None:
        return (await uow.execute(_FAMILY_OF, {"practice_id": practice_id, "contact_id": known_id})).scalar_one()
    contact = ContactDraft(found.invited_by, ContactRole.PRIMARY, found.email, found.phone)
    draft = FamilyDraft(f"{found.invited_by.split()[-1]} family", [contact])
    family_id = await add_family(uow, practice_id, draft, clinic_id=clinic_id)
    family = await family_view(uow, practice_id, family_id, with_addresses=False)
    await link_contacts(uow, inviter, ContactKey(practice_id, family.contacts[0].id))
    return family_id


async def _decide(uow: UnitOfWork, found: Any, **values: Any) -> None:
    decided = update(VetInvitation).where(VetInvitation.practice_id == found.practice_id, VetInvitation.id == found.id)
    await uow.execute(decided.values(**values, decided_at=clock.now()))
    uow.emit(answered(found.practice_id, found.family_id))


async def _require_open(uow: UnitOfWork, token: str, statement: Any) -> Any:
    found: Any = (await uow.execute(statement, {"link_hash": hash_secret(token)})).one_or_none()
    if found is None:
        raise VetInvitationForged
    if found.state == "accepted":
        raise VetInvitationUsed
    if found.state == "declined":
        raise VetInvitationDeclined(found.invited_by)
    if found.state == "revoked":
        raise VetInvitationWithdrawn(found.invited_by)
    if found.state == "expired" or found.expires_at <= clock.now():
        raise VetInvitationExpired(found.invited_by)
    return found
