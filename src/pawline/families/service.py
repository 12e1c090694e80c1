"""Adding families and reading them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from pawline.families.connecting import NewConnection, connect_pet
from pawline.families.lifetimes import require_lifetime
from pawline.families.models import Connection, ConnectionState, Contact, ContactRole, Family, Pet
from pawline.families.numbers import add_number
from pawline.families.views import ContactView, FamilyView, PetView
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.person import Person
from pawline.platform.phone_numbers import to_e164
from pawline.platform.portraits import portrait_url
from pawline.platform.text import clean_email, clean_line
from pawline.practices.service import country_of_clinic


@dataclass(frozen=True, slots=True)
class ContactDraft:
    name: str
    role: ContactRole
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class PetDraft:
    name: str
    species: str
    breed: str = ""
    born_on: date | None = None
    weight_grams: int | None = None


@dataclass(frozen=True, slots=True)
class FamilyDraft:
    name: str
    contacts: Sequence[ContactDraft]
    pets: Sequence[PetDraft] = field(default_factory=list[PetDraft])


async def add_family(uow: UnitOfWork, practice_id: UUID, draft: FamilyDraft, *, clinic_id: UUID) -> UUID:
    """Add a family whose pets the clinic treats; that is the record of their connection."""
    if [contact.role for contact in draft.contacts].count(ContactRole.PRIMARY) != 1:
        raise Invalid.field("contacts", "needs exactly one primary contact")
    family_id, now = new_id(), clock.now()
    await uow.execute(
        insert(Family).values(practice_id=practice_id, id=family_id, name=clean_line("name", draft.name), created_at=now)
    )
    country = await country_of_clinic(uow, practice_id, clinic_id)
    for place, contact in enumerate(draft.contacts):
        contact_id = await add_contact(uow, contact, practice_id=practice_id, family_id=family_id, path=f"contacts[{place}]")
        if number := to_e164(contact.phone or "", country):
            await add_number(uow, practice_id, contact_id, number=number)
    for number, pet in enumerate(draft.pets):
        pet_id = await add_pet(uow, pet, practice_id=practice_id, family_id=family_id, path=f"pets[{number}]")
        await connect_pet(uow, NewConnection(practice_id, family_id, pet_id, clinic_id))
    return family_id


async def join_app(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> None:
    """The contact has signed in to the app; the first time counts."""
    statement = update(Contact).where(
        Contact.practice_id == practice_id, Contact.id == contact_id, Contact.app_joined_at.is_(None)
    )
    await uow.execute(statement.values(app_joined_at=clock.now()))


async def family_view(uow: UnitOfWork, practice_id: UUID, family_id: UUID, *, with_addresses: bool) -> FamilyView:
    """A family with its people and pets; e-mail and phone only ``with_addresses``."""
    family = (await uow.execute(select(Family.__table__).where(Family.practice_id == practice_id, Family.id == family_id))).one()
    return FamilyView(
        id=family.id,
        name=family.name,
        since=family.created_at,
        contacts=await _contacts(uow, practice_id, family_id, with_addresses=with_addresses),
        pets=await pets_of(uow, practice_id, family_id),
    )


async def pets_of(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> list[PetView]:
    statement = (
        select(Pet.__table__).where(Pet.practice_id == practice_id, Pet.family_id == family_id).order_by(Pet.created_at, Pet.name)
    )
    return [_pet_view(row) for row in await uow.execute(statement)]


async def is_connected(uow: UnitOfWork, practice_id: UUID, *, family_id: UUID, clinic_id: UUID) -> bool:
    """Does the clinic treat a pet of this family?"""
    statement = select(func.count()).where(
        Connection.practice_id == practice_id,
        Connection.family_id == family_id,
        Connection.clinic_id == clinic_id,
        Connection.state == ConnectionState.ACCEPTED,
    )
    return (await uow.execute(statement)).scalar_one() > 0


async def add_contact(uow: UnitOfWork, contact: ContactDraft, *, practice_id: UUID, family_id: UUID, path: str) -> UUID:
    """``path``: where the contact stands in the request, for what is wrong with it."""
    contact_id = new_id()
    key = {"practice_id": practice_id, "id": contact_id}
    person = insert(Person).values(**key, kind="contact", name=clean_line(f"{path}.name", contact.name))
    await uow.execute(person)
    await uow.execute(
        insert(Contact).values(
            **key,
            family_id=family_id,
            role=contact.role,
            email=clean_email(f"{path}.email", contact.email) if contact.email else None,
            phone=clean_line(f"{path}.phone", contact.phone, longest=40) if contact.phone else None,
            created_at=clock.now(),
        )
    )
    return contact_id


async def add_pet(uow: UnitOfWork, pet: PetDraft, *, practice_id: UUID, family_id: UUID, path: str) -> UUID:
    """``path``: where the request has it; empty when it is all of the request."""
    prefix = f"{path}." if path else ""
    require_lifetime(pet.born_on, path=prefix)
    pet_id = new_id()
    await uow.execute(
        insert(Pet).values(
            practice_id=practice_id,
            id=pet_id,
            family_id=family_id,
            created_at=clock.now(),
            **_pet_columns(pet, prefix),
        )
    )
    return pet_id


async def change_pet(uow: UnitOfWork, practice_id: UUID, pet_id: UUID, *, change: dict[str, Any]) -> UUID:
    """The pet's family. ``change`` has fields of PetDraft; the others stay.

    Raises:
        NotFound, Invalid: nothing has changed.
    """
    own = (Pet.practice_id == practice_id, Pet.id == pet_id)
    found = (await uow.execute(select(Pet.__table__).where(*own).with_for_update())).one_or_none()
    if found is None:
        raise NotFound
    known = {each.name: getattr(found, each.name) for each in fields(PetDraft)}
    draft = PetDraft(**{**known, **change})
    require_lifetime(draft.born_on)
    if draft.born_on is not None and found.died_on is not None and draft.born_on > found.died_on:
        raise Invalid.field("born_on", "is after the day it died; correct it or leave it out")
    await uow.execute(update(Pet).where(*own).values(_pet_columns(draft)))
    return found.family_id


def _pet_columns(pet: PetDraft, prefix: str = "") -> dict[str, Any]:
    return {
        "name": clean_line(f"{prefix}name", pet.name),
        "species": clean_line(f"{prefix}species", pet.species, longest=40),
        "breed": clean_line(f"{prefix}breed", pet.breed) if pet.breed.strip() else "",
        "born_on": pet.born_on,
        "weight_grams": pet.weight_grams,
    }


async def _contacts(uow: UnitOfWork, practice_id: UUID, family_id: UUID, *, with_addresses: bool) -> list[ContactView]:
    statement = (
        select(Contact.__table__, Person.name)
        .join(Person, (Person.practice_id == Contact.practice_id) & (Person.id == Contact.id))
        .where(Contact.practice_id == practice_id, Contact.family_id == family_id)
        .order_by((Contact.role == ContactRole.PRIMARY).desc(), Contact.created_at, Contact.id)
    )
    return [
        ContactView(
            id=row.id,
            name=row.name,
            role=row.role,
            email=row.email if with_addresses else None,
            phone=row.phone if with_addresses else None,
        )
        for row in await uow.execute(statement)
    ]


def _pet_view(row: Any) -> PetView:
    return PetView(
        id=row.id,
        name=row.name,
        species=row.species,
        breed=row.breed,
        born_on=row.born_on,
        died_on=row.died_on,
        weight_grams=row.weight_grams,
        portrait=None if row.portrait_id is None else portrait_url(row.portrait_id),
    )
