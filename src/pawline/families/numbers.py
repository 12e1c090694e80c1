"""Phone numbers of contacts, and the families behind a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from pawline.families.models import Contact, ContactNumber, ContactRole, Family
from pawline.platform import clock
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.person import Person
from pawline.platform.phone_numbers import ABROAD, format_for_people
from pawline.platform.text import clean_email, clean_line


@dataclass(frozen=True, slots=True)
class Holder:
    """A contact who has a number on file. ``app_joined_at`` None: not in the app."""

    contact_id: UUID
    name: str
    role: str
    family_id: UUID
    family_name: str
    email: str | None
    is_guest: bool
    is_landline: bool | None
    app_joined_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDraft:
    """What is known of a contact who texts. None leaves a part as it is; ``forgets_email`` takes the address away."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    forgets_email: bool = False

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)


_HOLDERS = text("""
SELECT c.id AS contact_id, p.name, c.role, c.family_id, y.name AS family_name, c.email, c.is_guest, k.is_landline, c.app_joined_at
FROM contact_number k
JOIN contact c ON c.practice_id = k.practice_id AND c.id = k.contact_id
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN family y ON y.practice_id = c.practice_id AND y.id = c.family_id
WHERE k.practice_id = :practice_id AND k.number = :number
ORDER BY c.role = 'primary' DESC, c.created_at, c.id
""")


async def holders_of(uow: UnitOfWork, practice_id: UUID, number: str) -> list[Holder]:
    """Everybody at the practice who has this number (E.164), primary contacts first."""
    rows = await uow.execute(_HOLDERS, {"practice_id": practice_id, "number": number})
    return [msgspec.convert(row, Holder, from_attributes=True) for row in rows]


async def add_guest(uow: UnitOfWork, practice_id: UUID, number: str, *, profile: ProfileDraft | None = None) -> Holder:
    """A family of one contact, known by a number only unless a profile says more."""
    profile = profile or ProfileDraft()
    shown = format_for_people(number, ABROAD)
    name = clean_line("name", profile.full_name) if profile.full_name else shown
    family_name = clean_line("name", profile.last_name) if profile.last_name else name if profile.full_name else f"Guest {shown}"
    family_id, contact_id, now = new_id(), new_id(), clock.now()
    is_guest = not profile.full_name
    key = {"practice_id": practice_id, "id": contact_id}
    await uow.execute(insert(Family).values(practice_id=practice_id, id=family_id, name=family_name, created_at=now))
    await uow.execute(insert(Person).values(**key, kind="contact", name=name))
    contact = {"family_id": family_id, "role": ContactRole.PRIMARY, "phone": shown, "is_guest": is_guest, "created_at": now}
    await uow.execute(insert(Contact).values(**key, **contact))
    await add_number(uow, practice_id, contact_id, number=number)
    return Holder(contact_id, name, ContactRole.PRIMARY, family_id, family_name, None, is_guest, None, None)


async def add_number(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, number: str) -> None:
    """Put a number (E.164) on file for a contact; one that is on file already stays as it is."""
    values = {"practice_id": practice_id, "id": new_id(), "contact_id": contact_id, "number": number, "created_at": clock.now()}
    await uow.execute(
        upsert(ContactNumber).values(**values).on_conflict_do_nothing(index_elements=["practice_id", "contact_id", "number"])
    )


async def replace_number(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, number: str | None) -> None:
    """From now on the contact has this one number, or none."""
    shown = format_for_people(number, ABROAD) if number else None
    await uow.execute(update(Contact).where(Contact.practice_id == practice_id, Contact.id == contact_id).values(phone=shown))
    others = delete(ContactNumber).where(ContactNumber.practice_id == practice_id, ContactNumber.contact_id == contact_id)
    await uow.execute(others.where(ContactNumber.number != number) if number else others)
    if number:
        await add_number(uow, practice_id, contact_id, number=number)


async def take_number(uow: UnitOfWork, practice_id: UUID, number: str) -> None:
    """Nobody at the practice has this number (E.164) any more; what is shown of it as people wrote it stays."""
    await uow.execute(delete(ContactNumber).where(ContactNumber.practice_id == practice_id, ContactNumber.number == number))


async def mark_landline(uow: UnitOfWork, practice_id: UUID, number: str) -> None:
    """A carrier has said for good that this number takes no texts."""
    statement = update(ContactNumber).where(ContactNumber.practice_id == practice_id, ContactNumber.number == number)
    await uow.execute(statement.values(is_landline=True))


async def update_profile(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, profile: ProfileDraft) -> None:
    """Remember what was learned of a contact. Messages keep the name they were written under (V2P-71)."""
    name = clean_line("name", profile.full_name) if profile.full_name else None
    email = clean_email("email", profile.email) if profile.email else None
    statement = update(Contact).where(Contact.practice_id == practice_id, Contact.id == contact_id)
    values: dict[str, Any] = {"is_guest": False} if name else {}
    if email or profile.forgets_email:
        values["email"] = email
    if values:
        await uow.execute(statement.values(**values))
    if name:
        await uow.execute(update(Person).where(Person.practice_id == practice_id, Person.id == contact_id).values(name=name))
        await _rename_guest_family(uow, practice_id, contact_id, name=profile.last_name or name)
    uow.emit(Hint.access(practice_id, contact_id))


async def holders_of_email(uow: UnitOfWork, practice_id: UUID, email: str) -> Sequence[Any]:
    """(contact_id, family_id, name) of everybody at the practice with this e-mail address."""
    statement = (
        select(Contact.id.label("contact_id"), Contact.family_id, Person.name)
        .join(Person, (Person.practice_id == Contact.practice_id) & (Person.id == Contact.id))
        .where(Contact.practice_id == practice_id, Contact.email == email)
        .order_by(Contact.created_at)
    )
    return (await uow.execute(statement)).all()


async def _rename_guest_family(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, name: str) -> None:
    """Only a family that was never named by anybody takes over the name."""
    family_id = select(Contact.family_id).where(Contact.practice_id == practice_id, Contact.id == contact_id).scalar_subquery()
    statement = update(Family).where(Family.practice_id == practice_id, Family.id == family_id, Family.name.startswith("Guest "))
    await uow.execute(statement.values(name=clean_line("name", name)))
