"""Contacts as the team sees them in texting: who they are, their numbers, and what those numbers get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from pawline.consent.service import ledger, standing
from pawline.consent.views import AppConsentView, ConsentEventView, Standing
from pawline.families.numbers import ProfileDraft, replace_number, update_profile
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Invalid, NotFound
from pawline.platform.phone_numbers import ABROAD, format_for_people, is_textable, require_e164
from pawline.platform.text import clean_line, like_pattern
from pawline.threads.access import visible_clinic_ids

MOST_CONTACTS = 50
_SHOWN = """
SELECT c.id, p.name, c.role, c.email, c.is_guest, c.app_joined_at, c.family_id, y.name AS family_name,
    ARRAY(SELECT k.number FROM contact_number k WHERE k.practice_id = c.practice_id AND k.contact_id = c.id
          ORDER BY k.created_at, k.number) AS numbers,
    ARRAY(SELECT k.number FROM contact_number k WHERE k.practice_id = c.practice_id AND k.contact_id = c.id AND k.is_landline
    ) AS landlines,
    ARRAY(SELECT g.clinic_id FROM chosen_for_chat g WHERE g.practice_id = c.practice_id AND g.contact_id = c.id
          AND g.clinic_id = ANY(CAST(:clinic_ids AS uuid[]))) AS chosen_clinic_ids,
    c.chat_disabled_at, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('version', a.version, 'language', a.language, 'at', a.at)
            ORDER BY a.at DESC), '[]')
        FROM app_consent a WHERE a.practice_id = c.practice_id AND a.contact_id = c.id) AS app_consents,
    (SELECT s.name FROM person s WHERE s.practice_id = c.practice_id AND s.id = c.chat_disabled_by_id) AS chat_disabled_by_name,
    (SELECT l.country FROM clinic l WHERE l.practice_id = c.practice_id AND l.id = ANY(CAST(:clinic_ids AS uuid[])) LIMIT 1
    ) AS country
FROM contact c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN family y ON y.practice_id = c.practice_id AND y.id = c.family_id
WHERE c.practice_id = :practice_id AND (
    EXISTS (SELECT FROM thread t WHERE t.practice_id = c.practice_id AND t.family_id = c.family_id
            AND t.clinic_id = ANY(CAST(:clinic_ids AS uuid[])))
    OR EXISTS (SELECT FROM connection n WHERE n.practice_id = c.practice_id AND n.family_id = c.family_id
               AND n.clinic_id = ANY(CAST(:clinic_ids AS uuid[])) AND n.state = 'accepted'))
"""
_ONE = text(_SHOWN + " AND c.id = :contact_id")
_FOUND = text(
    _SHOWN
    + """
    AND (p.name ILIKE :pattern OR y.name ILIKE :pattern OR EXISTS (
        SELECT FROM contact_number k
        WHERE k.practice_id = c.practice_id AND k.contact_id = c.id AND :digits <> '' AND k.number LIKE '%' || :digits || '%'))
    AND (p.name, c.id) > (:after_name, CAST(:after_id AS uuid))
ORDER BY p.name, c.id LIMIT :limit
"""
)


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: UUID
    name: str
    role: str
    email: str | None
    is_guest: bool
    app_joined_at: datetime | None
    family_id: UUID
    family_name: str
    numbers: list[str]
    landlines: list[str]
    country: str
    chosen_clinic_ids: list[UUID]
    chat_disabled_at: datetime | None
    chat_disabled_by_name: str | None
    app_consents: list[AppConsentView]

    @property
    def is_cut_off(self) -> bool:
        """In the app, where people sign in by e-mail, with neither an address nor a number by which to be reached."""
        return self.app_joined_at is not None and self.email is None and not self.numbers


class NumberStanding(msgspec.Struct, frozen=True):
    """``number`` is E.164, ``shown`` as people write it. ``is_textable`` false: a landline."""

    number: str
    shown: str
    is_textable: bool
    standing: Standing


class ContactView(msgspec.Struct, frozen=True):
    """``chat_disabled_at``: since when the practice takes no messages from them in the app.

    ``chosen_clinic_ids``: which clinics have chosen them for chat; it counts where chat is for chosen ones only.
    ``app_consents``: the terms of app chat that they agreed to, the latest first.
    """

    id: UUID
    name: str
    role: str
    email: str | None
    is_guest: bool
    is_in_app: bool
    family_id: UUID
    family_name: str
    chat_disabled_at: datetime | None
    chat_disabled_by_name: str | None
    chosen_clinic_ids: list[UUID]
    app_consents: list[AppConsentView]
    numbers: list[NumberStanding]


class ContactPage(msgspec.Struct, frozen=True):
    """``next_after``: give it as ``after`` for what follows; null at the end."""

    contacts: list[ContactView]
    next_after: str | None


class ConsentLedger(msgspec.Struct, frozen=True):
    """Everything that decided what a number gets, newest first."""

    number: str
    events: list[ConsentEventView]


@dataclass(frozen=True, slots=True)
class ContactSearch:
    """``query`` is part of a contact's or family's name, or digits of a number; ``after`` the ``next_after`` of the page before.

    With ``clinic_id`` only those whom this clinic has to do with.
    """

    query: str = ""
    after: str | None = None
    limit: int = 25
    clinic_id: UUID | None = None


class ProfileRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is. Null or nothing but space takes an e-mail address or phone away."""

    first_name: str | None = None
    last_name: str | None = None
    email: str | msgspec.UnsetType | None = msgspec.UNSET
    phone: str | msgspec.UnsetType | None = msgspec.UNSET


async def require_contact(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, clinic_id: UUID | None = None) -> ContactRow:
    """A contact of a family that a clinic of the actor, or just this one of them, has to do with, or NotFound."""
    row = (await uow.execute(_ONE, {**_access(actor, clinic_id), "contact_id": contact_id})).one_or_none()
    if row is None:
        raise NotFound
    return _row(row)


async def contact_view(uow: UnitOfWork, actor: Actor, contact_id: UUID) -> ContactView:
    return await _view(uow, actor, await require_contact(uow, actor, contact_id))


async def list_contacts(uow: UnitOfWork, actor: Actor, search: ContactSearch) -> ContactPage:
    """By name."""
    after_name, after_id = _read_cursor(search.after)
    values = {
        "pattern": like_pattern("q", search.query),
        "digits": "".join(character for character in search.query if character.isdigit()),
        "after_name": after_name,
        "after_id": after_id,
        "limit": search.limit + 1,
    }
    rows: Sequence[Any] = (await uow.execute(_FOUND, {**_access(actor, search.clinic_id), **values})).all()
    shown = [_row(row) for row in rows[: search.limit]]
    return ContactPage(
        contacts=[await _view(uow, actor, row) for row in shown],
        next_after=f"{shown[-1].id} {shown[-1].name}" if len(rows) > search.limit else None,
    )


async def consent_ledger(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, number: str) -> ConsentLedger:
    contact = await require_contact(uow, actor, contact_id)
    if number not in contact.numbers:
        raise NotFound
    return ConsentLedger(number, await ledger(uow, actor.practice_id, number))


async def edit_profile(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, request: ProfileRequest) -> ContactView:
    """Correct who a client is. What was written keeps the name it was written under (V2P-71, V2P-72).

    Raises:
        NotFound: no such contact for this actor.
        Invalid: not a name, address or number; or the client would be left without any way to be reached.
    """
    contact = await require_contact(uow, actor, contact_id)
    await update_profile(uow, actor.practice_id, contact_id, profile=_profile(contact, request))
    if request.phone is not msgspec.UNSET:
        phone = (request.phone or "").strip()
        number = require_e164("phone", phone, contact.country) if phone else None
        await replace_number(uow, actor.practice_id, contact_id, number=number)
    changed = await require_contact(uow, actor, contact_id)
    if contact.email is not None and changed.is_cut_off:
        raise Invalid.field("email", "is how this client signs in, and no phone number is on file; give a number first")
    return await _view(uow, actor, changed)


def _profile(contact: ContactRow, request: ProfileRequest) -> ProfileDraft:
    first, last = _names(contact, request)
    if request.email is msgspec.UNSET:
        return ProfileDraft(first_name=first, last_name=last)
    email = (request.email or "").strip()
    return ProfileDraft(first_name=first, last_name=last, email=email or None, forgets_email=not email)


def _names(contact: ContactRow, request: ProfileRequest) -> tuple[str | None, str | None]:
    if request.first_name is None and request.last_name is None:
        return None, None
    known = ["", ""] if contact.is_guest else [*contact.name.split(" ", 1), ""]
    first = known[0] if request.first_name is None else request.first_name.strip()
    last = known[1] if request.last_name is None else request.last_name.strip()
    if not first and not last:
        raise Invalid.field("first_name", "is empty; give a first or a last name")
    return (
        clean_line("first_name", first, longest=60) if first else None,
        clean_line("last_name", last, longest=60) if last else None,
    )


async def _view(uow: UnitOfWork, actor: Actor, row: ContactRow) -> ContactView:
    return ContactView(
        id=row.id,
        name=row.name,
        role=row.role,
        email=row.email,
        is_guest=row.is_guest,
        is_in_app=row.app_joined_at is not None,
        family_id=row.family_id,
        family_name=row.family_name,
        chat_disabled_at=row.chat_disabled_at,
        chat_disabled_by_name=row.chat_disabled_by_name,
        chosen_clinic_ids=row.chosen_clinic_ids,
        app_consents=row.app_consents,
        numbers=[
            NumberStanding(
                number,
                format_for_people(number, ABROAD),
                is_textable(number, is_landline=number in row.landlines),
                await standing(uow, actor.practice_id, number_id=None, contact_number=number),
            )
            for number in row.numbers
        ],
    )


def _row(row: Any) -> ContactRow:
    return msgspec.convert(row, ContactRow, from_attributes=True)


def _access(actor: Actor, clinic_id: UUID | None = None) -> dict[str, Any]:
    clinic_ids = [each for each in visible_clinic_ids(actor) if clinic_id in (None, each)]
    return {"practice_id": actor.practice_id, "clinic_ids": clinic_ids}


def _read_cursor(after: str | None) -> tuple[str, str]:
    identity, _, name = (after or "").partition(" ")
    try:
        return name, str(UUID(identity)) if identity else str(UUID(int=0))
    except ValueError:
        raise Invalid.field("after", "is not a place in this list; take it from the page before") from None
