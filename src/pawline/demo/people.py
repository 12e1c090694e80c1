"""The rows of a practice, its staff and its families, in the order in which they refer to each other."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from argon2 import PasswordHasher

from pawline.consent.app_terms import VERSION
from pawline.consent.models import AppConsent  # imports: fill.py says why
from pawline.demo import hours
from pawline.demo.cast import PASSWORD, ClinicPart, Household, PracticePart
from pawline.demo.ids import Ids
from pawline.families.models import Connection, ConnectionState, Contact, Family, Pet  # imports: fill.py says why
from pawline.platform.db import Model
from pawline.platform.person import Person
from pawline.practices.address import ADDRESS_FIELDS
from pawline.practices.models import Clinic, Practice, StaffClinic, StaffMember  # imports: fill.py says why
from pawline.practices.service import AUTOMATIC

Row = dict[str, Any]
Table = tuple[type[Model], list[Row]]


def practice_rows(practice: PracticePart) -> Iterator[Table]:
    yield Practice, [{"id": practice.id, "name": practice.name, "created_at": practice.since, "is_demo": True}]
    yield from belonging_to(practice, _clinic_tables(practice))
    yield from belonging_to(practice, _family_tables(practice))


def belonging_to(practice: PracticePart, tables: Iterator[Table]) -> Iterator[Table]:
    for model, rows in tables:
        yield model, [{"practice_id": practice.id, **row} for row in rows]


def _clinic_tables(practice: PracticePart) -> Iterator[Table]:
    yield Clinic, [_clinic_row(clinic, practice.since) for clinic in practice.clinics]
    yield Person, [{"id": practice.id, "kind": "system", "name": AUTOMATIC}]
    yield Person, [{"id": member.id, "kind": "staff", "name": member.name} for member in practice.staff]
    password_hash = _password_hash(practice)
    yield (
        StaffMember,
        [
            {
                "id": member.id,
                "email": member.email,
                "role": member.role.value,
                "job_title": member.job_title,
                "password_hash": password_hash,
                "created_at": member.since,
            }
            for member in practice.staff
        ],
    )
    yield (
        StaffClinic,
        [
            {"staff_id": member.id, "clinic_id": practice.clinic_of[letter].id}
            for member in practice.staff
            for letter in member.clinics
        ],
    )


def _clinic_row(clinic: ClinicPart, since: datetime) -> Row:
    return {
        "id": clinic.id,
        "name": clinic.name,
        "country": clinic.country,
        "timezone": clinic.zone,
        "phone": clinic.phone,
        "emergency_number": clinic.emergency_number,
        **dict(zip(ADDRESS_FIELDS, (part or None for part in clinic.address), strict=True)),
        "created_at": since,
    }


def _password_hash(practice: PracticePart) -> str:
    # One for all, and the salt from the id: two fills with the same clock give the same rows.
    return PasswordHasher().hash(PASSWORD, salt=practice.id.bytes)


def _family_tables(practice: PracticePart) -> Iterator[Table]:
    households = practice.households
    yield Family, [{"id": found.id, "name": found.name, "created_at": found.since} for found in households]
    contacts = [contact for found in households for contact in found.contacts]
    yield Person, [{"id": contact.id, "kind": "contact", "name": contact.name} for contact in contacts]
    yield Contact, [row for found in households for row in _contact_rows(found)]
    yield AppConsent, [row for found in households for row in _consent_rows(found)]
    yield Pet, [row for found in households for row in _pet_rows(found)]
    yield Connection, [row for found in households for row in _connection_rows(practice, found)]


def _contact_rows(household: Household) -> Iterator[Row]:
    for contact in household.contacts:
        yield {
            "id": contact.id,
            "family_id": household.id,
            "role": contact.role.value,
            "email": contact.email,
            "phone": contact.phone,
            "is_guest": household.is_guest,
            "app_joined_at": None if household.only_texts or not contact.is_reader else household.since,
            "created_at": household.since,
        }


def _consent_rows(household: Household) -> Iterator[Row]:
    ids = Ids(Random(household.id.int + 1))  # noqa: S311 - the same ids every time is the point
    for contact in household.contacts:
        if contact.is_reader and not household.only_texts:
            yield {
                "id": ids.at(household.since),
                "contact_id": contact.id,
                "version": VERSION,
                "browser": "",
                "at": household.since,
            }


def _pet_rows(household: Household) -> Iterator[Row]:
    for place, pet in enumerate(household.pets):
        yield {
            "id": pet.id,
            "family_id": household.id,
            "name": pet.name,
            "species": pet.species,
            "breed": pet.breed,
            "born_on": pet.born_on,
            "died_on": pet.died_at.astimezone(hours.ZONE).date() if pet.died_at else None,
            "weight_grams": pet.weight_grams,
            "created_at": household.since + timedelta(minutes=place),
        }


def _connection_rows(practice: PracticePart, household: Household) -> Iterator[Row]:
    ids = Ids(Random(household.id.int))  # noqa: S311 - the same ids every time is the point
    for pet in household.pets:
        for letter in household.clinics:
            yield {
                "id": ids.at(household.since),
                "pet_id": pet.id,
                "family_id": household.id,
                "clinic_id": practice.clinic_of[letter].id,
                "state": ConnectionState.ACCEPTED.value,
                "changed_at": household.since,
            }
