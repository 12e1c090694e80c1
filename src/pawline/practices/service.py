"""Making practices, clinics and staff members, reading and changing them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from pawline.platform.ids import new_id
from pawline.platform.person import Person
from pawline.platform.phone_numbers import require_e164
from pawline.platform.portraits import portrait_url
from pawline.platform.text import clean_email, clean_line
from pawline.practices.address import ADDRESS_FIELDS, address_of
from pawline.practices.models import Clinic, Practice, StaffClinic, StaffMember
from pawline.practices.views import ClinicView, PracticeView

# Who writes texts that nobody typed.
AUTOMATIC = "Auto-reply"
_FORMER = text("""
SELECT p.name FROM staff_member m JOIN person p ON p.practice_id = m.practice_id AND p.id = m.id
WHERE m.practice_id = :practice_id AND m.email = :email AND m.left_at IS NOT NULL
""")
_NUMBERS = ("phone", "emergency_number")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """``country`` is two letters (ISO 3166), ``timezone`` an IANA name."""

    name: str
    clinic_name: str
    country: str
    timezone: str
    owner_name: str
    owner_email: str


@dataclass(frozen=True, slots=True)
class StaffDraft:
    name: str
    email: str
    role: Role
    job_title: str
    clinic_ids: Sequence[UUID]


class ClinicChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is. Numbers in any spelling, the colour as #rrggbb; null takes away."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    phone: str | msgspec.UnsetType | None = msgspec.UNSET
    emergency_number: str | msgspec.UnsetType | None = msgspec.UNSET
    street: str | msgspec.UnsetType | None = msgspec.UNSET
    city: str | msgspec.UnsetType | None = msgspec.UNSET
    region: str | msgspec.UnsetType | None = msgspec.UNSET
    postcode: str | msgspec.UnsetType | None = msgspec.UNSET
    is_app_chat_enabled: bool | msgspec.UnsetType = msgspec.UNSET
    is_chat_for_chosen: bool | msgspec.UnsetType = msgspec.UNSET
    mails_show_words: bool | msgspec.UnsetType = msgspec.UNSET
    brand_colour: str | msgspec.UnsetType | None = msgspec.UNSET
    min_client_version: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | msgspec.UnsetType = msgspec.UNSET


@dataclass(frozen=True, slots=True)
class CreatedPractice:
    practice_id: UUID
    clinic_id: UUID
    owner_id: UUID


async def create_practice(uow: UnitOfWork, draft: PracticeDraft) -> CreatedPractice:
    """Make a practice with its first clinic and its practice owner, who has no password yet."""
    country = draft.country.strip().upper()
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise Invalid.field("country", "is not a country code; give two letters, like US, CA or GB")
    if draft.timezone not in available_timezones():
        raise Invalid.field("timezone", "is not a time zone; give an IANA name, like America/New_York")
    practice_id, clinic_id, now = new_id(), new_id(), clock.now()
    await uow.execute(
        insert(Practice).values(id=practice_id, name=clean_line("practice", draft.name), created_at=now, is_demo=False)
    )
    await uow.execute(insert(Person).values(practice_id=practice_id, id=practice_id, kind="system", name=AUTOMATIC))
    await uow.execute(
        insert(Clinic).values(
            practice_id=practice_id,
            id=clinic_id,
            name=clean_line("clinic", draft.clinic_name),
            country=country,
            timezone=ZoneInfo(draft.timezone).key,
            created_at=now,
        )
    )
    owner = StaffDraft(draft.owner_name, draft.owner_email, Role.PRACTICE_OWNER, "Practice owner", [clinic_id])
    return CreatedPractice(practice_id, clinic_id, await add_staff_member(uow, practice_id, owner))


async def invite_staff_member(uow: UnitOfWork, actor: Actor, draft: StaffDraft) -> UUID:
    """Add a staff member on behalf of ``actor``, who can give no role above their own."""
    if actor.role is None or not actor.role.is_at_least(draft.role):
        raise Forbidden("You can only give a role up to your own. Ask your practice owner.")
    if not draft.clinic_ids or not set(draft.clinic_ids) <= set(actor.clinic_ids):
        raise Invalid.field("clinic_ids", "needs at least one clinic, out of those you work at")
    former = {"practice_id": actor.practice_id, "email": clean_email("email", draft.email)}
    if (name := (await uow.execute(_FORMER, former)).scalar_one_or_none()) is not None:
        raise Conflict(f"{name} used to work here with this e-mail address. Let them back in below the team.")
    return await add_staff_member(uow, actor.practice_id, draft)


async def add_staff_member(uow: UnitOfWork, practice_id: UUID, draft: StaffDraft) -> UUID:
    staff_id = new_id()
    key = {"practice_id": practice_id, "id": staff_id}
    await uow.execute(insert(Person).values(**key, kind="staff", name=clean_line("name", draft.name)))
    member = {"email": clean_email("email", draft.email), "role": draft.role, "job_title": draft.job_title.strip()[:80]}
    try:
        await uow.execute(insert(StaffMember).values(**key, **member, created_at=clock.now()))
    except IntegrityError as error:
        raise Conflict("Somebody at your practice already signs in with this e-mail address. Use another one.") from error
    await uow.execute(
        insert(StaffClinic),
        [{"practice_id": practice_id, "staff_id": staff_id, "clinic_id": clinic_id} for clinic_id in draft.clinic_ids],
    )
    return staff_id


async def change_clinic(uow: UnitOfWork, actor: Actor, clinic_id: UUID, *, change: ClinicChange) -> None:
    """Store what was given; open screens hear of another number to call in an emergency, and whether and for whom chat is.

    Raises:
        NotFound: a clinic at which ``actor`` does not work.
        Invalid: every problem at once; nothing is stored then.
    """
    if clinic_id not in actor.clinic_ids:
        raise NotFound
    values = _clean_change(change, await country_of_clinic(uow, actor.practice_id, clinic_id))
    if not values:
        return
    await uow.execute(update(Clinic).where(Clinic.practice_id == actor.practice_id, Clinic.id == clinic_id).values(values))
    # The phone as well: families are given it where there is no emergency number.
    if any(field in values for field in _NUMBERS):
        uow.emit(Hint.availability(actor.practice_id, clinic_id))
    if values.keys() & {"is_app_chat_enabled", "is_chat_for_chosen"}:
        uow.emit(Hint.clinic_chat(actor.practice_id, clinic_id))


async def practice_view(uow: UnitOfWork, practice_id: UUID) -> PracticeView:
    row = (await uow.execute(select(Practice.id, Practice.name).where(Practice.id == practice_id))).one()
    return PracticeView(id=row.id, name=row.name)


async def all_clinics(uow: UnitOfWork) -> list[tuple[UUID, UUID]]:
    """(practice, clinic) of every one there is: for work that is done for all of them, one by one."""
    return [(row.practice_id, row.id) for row in await uow.execute(select(Clinic.practice_id, Clinic.id))]


async def country_of_clinic(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> str:
    """Two letters."""
    statement = select(Clinic.country).where(Clinic.practice_id == practice_id, Clinic.id == clinic_id)
    return (await uow.execute(statement)).scalar_one()


async def clinic_views(uow: UnitOfWork, practice_id: UUID, clinic_ids: Sequence[UUID] | None = None) -> list[ClinicView]:
    """All clinics of the practice by name, or just those named."""
    statement = select(Clinic.__table__).where(Clinic.practice_id == practice_id).order_by(Clinic.name)
    if clinic_ids is not None:
        statement = statement.where(Clinic.id.in_(clinic_ids))
    return [_clinic_view(row) for row in await uow.execute(statement)]


async def is_app_chat_enabled(uow: UnitOfWork, practice_id: UUID, clinic_id: UUID) -> bool:
    statement = select(Clinic.is_app_chat_enabled).where(Clinic.practice_id == practice_id, Clinic.id == clinic_id)
    return (await uow.execute(statement)).scalar_one()


def _clean_change(change: ClinicChange, country: str) -> dict[str, Any]:
    """The columns to store. ``country``: for numbers without their country's code."""
    given = {field: value for field, value in msgspec.structs.asdict(change).items() if value is not msgspec.UNSET}
    cleaned: dict[str, Any] = {}
    errors: list[FieldError] = []
    for field, value in given.items():
        try:
            cleaned[field] = _clean(field, value, country)
        except Invalid as problem:
            errors += problem.errors
    if errors:
        raise Invalid.fields(errors)
    return cleaned


def _clean(field: str, value: Any, country: str) -> Any:
    if field == "name" or (field in ADDRESS_FIELDS and value is not None):
        return clean_line(field, value)
    if field == "brand_colour" and value is not None:
        return _clean_colour(field, value)
    return require_e164(field, value, country) if field in _NUMBERS and value is not None else value


def _clean_colour(field: str, value: str) -> str:
    if _COLOUR.fullmatch(value) is None:
        raise Invalid.field(field, "is not a colour; give a # and six digits or letters up to f, like #0f6f66")
    return value.lower()


def _clinic_view(row: Any) -> ClinicView:
    return ClinicView(
        id=row.id,
        name=row.name,
        timezone=row.timezone,
        phone=row.phone,
        emergency_number=row.emergency_number,
        address=address_of(row),
        logo=None if row.logo_id is None else portrait_url(row.logo_id),
    )
