"""Who has proven an address: somebody the practice knows, or somebody new to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.families.numbers import ProfileDraft, update_profile
from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, add_contact, add_family
from pawline.joining.former_holders import part_from_number
from pawline.joining.known_numbers import STILL_TRUSTED, trusted_since
from pawline.joining.refusals import ChooseContact, NotForTheApp, OfAnotherFamily
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import FieldError
from pawline.platform.phone_numbers import ABROAD, format_for_people

_CONTACT = """
SELECT c.id, p.name, c.role, c.family_id, c.is_guest
FROM contact c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
"""
_BY_ID = text(_CONTACT + "WHERE c.practice_id = :practice_id AND c.id = :contact_id FOR NO KEY UPDATE OF c")
_KNOWN = text(
    _CONTACT
    + f"""
WHERE c.practice_id = :practice_id AND (c.email = :email OR EXISTS (
    SELECT FROM contact_number k
    WHERE k.practice_id = c.practice_id AND k.contact_id = c.id AND k.number = :number AND {STILL_TRUSTED}))
ORDER BY c.role = 'primary' DESC, c.created_at, c.id
"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who has proven that ``email`` or ``number`` (E.164) is theirs."""

    practice_id: UUID
    practice_name: str
    first_name: str
    last_name: str
    email: str | None
    number: str | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def contact(self, role: ContactRole) -> ContactDraft:
        phone = format_for_people(self.number, ABROAD) if self.number else None
        return ContactDraft(self.name, role, email=self.email, phone=phone)


@dataclass(frozen=True, slots=True)
class Known:
    id: UUID
    name: str
    role: str
    family_id: UUID
    is_guest: bool


async def find_or_add_contact(uow: UnitOfWork, newcomer: Newcomer, *, clinic_id: UUID, contact_id: UUID | None) -> UUID:
    """The contact with the proven address, with family and history; else a family of one. ``contact_id``: who they say they are.

    Raises:
        ChooseContact: several share the address.
        NotForTheApp: the practice knows them, and does not want them in the app.
    """
    known = await _known(uow, newcomer)
    if not known:
        if newcomer.number is not None:  # whoever had it until now cannot be told from a stranger
            await part_from_number(uow, newcomer.practice_id, newcomer.number, clinic_id=clinic_id)
        draft = FamilyDraft(f"{newcomer.last_name} family", [newcomer.contact(ContactRole.PRIMARY)])
        await add_family(uow, newcomer.practice_id, draft, clinic_id=clinic_id)
        [added] = await _known(uow, newcomer)
        return added.id
    chosen = _choose(newcomer, known, contact_id)
    await _take_over_name(uow, newcomer, chosen)
    return chosen.id


async def join_family(uow: UnitOfWork, newcomer: Newcomer, *, family_id: UUID) -> UUID:
    """The member of the family with the proven address, added as a secondary contact if there was none.

    Raises:
        NotForTheApp: the practice knows them, and does not want them in the app.
        OfAnotherFamily: the address is somebody's elsewhere; two families are brought together by the practice alone.
    """
    known = await _known(uow, newcomer)
    if not known:
        draft = newcomer.contact(ContactRole.SECONDARY)
        return await add_contact(uow, draft, practice_id=newcomer.practice_id, family_id=family_id, path="contact")
    here = [each for each in known if each.family_id == family_id]
    if not here:
        raise OfAnotherFamily(newcomer.practice_name)
    return _able(newcomer, here)[0].id


async def join_as(uow: UnitOfWork, newcomer: Newcomer, *, contact_id: UUID) -> UUID:
    """The contact whom the team has invited by name: from now on the proven e-mail is theirs.

    Raises:
        NotForTheApp: their role in the family is "other" since.
    """
    found = (await uow.execute(_BY_ID, {"practice_id": newcomer.practice_id, "contact_id": contact_id})).one()
    contact = msgspec.convert(found, Known, from_attributes=True)
    _able(newcomer, [contact])
    await update_profile(uow, newcomer.practice_id, contact_id, profile=ProfileDraft(email=newcomer.email))
    await _take_over_name(uow, newcomer, contact)
    return contact_id


async def _known(uow: UnitOfWork, newcomer: Newcomer) -> list[Known]:
    """Until the commit nobody else finds out whether this address is known: two of them would both find that it is not."""
    await uow.lock(f"joining {newcomer.practice_id} {newcomer.email or newcomer.number}")
    values = {"practice_id": newcomer.practice_id, "email": newcomer.email, "number": newcomer.number, "since": trusted_since()}
    return [msgspec.convert(row, Known, from_attributes=True) for row in await uow.execute(_KNOWN, values)]


def _choose(newcomer: Newcomer, known: Sequence[Known], contact_id: UUID | None) -> Known:
    able = _able(newcomer, known)
    if len(able) == 1:
        return able[0]
    chosen = next((each for each in able if each.id == contact_id), None)
    if chosen is None:
        choices = [FieldError("contact_id", f"{each.id} {each.name}") for each in able]
        raise ChooseContact("Several people share this address. Say which of them you are.", errors=choices)
    return chosen


def _able(newcomer: Newcomer, known: Sequence[Known]) -> list[Known]:
    able = [each for each in known if each.role in (ContactRole.PRIMARY, ContactRole.SECONDARY)]
    if not able:
        raise NotForTheApp(newcomer.practice_name)
    return able


async def _take_over_name(uow: UnitOfWork, newcomer: Newcomer, contact: Known) -> None:
    """Only of a guest: what the practice has on file is not changed by whoever joins."""
    if contact.is_guest:
        profile = ProfileDraft(first_name=newcomer.first_name, last_name=newcomer.last_name)
        await update_profile(uow, newcomer.practice_id, contact.id, profile=profile)
