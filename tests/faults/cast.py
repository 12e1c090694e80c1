"""Northside with its family Hart, at many clinics so that many threads take messages at once; and Riverside's Rita."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert

from pawline.consent.app_terms import VERSION
from pawline.families.models import Connection, ConnectionState, Contact, Pet
from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, PetDraft, add_family
from pawline.platform import clock
from pawline.platform.actor import Role
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.security import csrf_token
from pawline.practices.models import Clinic
from pawline.practices.service import CreatedPractice, PracticeDraft, StaffDraft, add_staff_member, create_practice
from pawline.sign_in.sessions import Browser, start_session
from pawline.threads.opening import ensure_thread
from tests.cast import AGREED

CLINICS = 24


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person at a browser in which they are signed in."""

    name: str
    person_id: UUID
    app: str
    secret: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "X-Pawline-App": self.app, "X-CSRF-Token": csrf_token(self.secret)}

    @property
    def cookie(self) -> str:
        return f"pawline_{self.app}={self.secret}"


@dataclass(frozen=True, slots=True)
class Cast:
    """``threads`` are all of the family Hart: one with each clinic of Northside."""

    clinics: list[UUID]
    threads: list[UUID]
    nora: SignedIn
    vane: SignedIn
    olive: SignedIn
    omar: SignedIn
    rita: SignedIn

    @property
    def members(self) -> list[SignedIn]:
        """Everybody who may see and write in the threads."""
        return [self.nora, self.vane, self.olive, self.omar]


async def make_cast(url: str) -> Cast:
    """Fill an empty database that has all tables."""
    database = Database(url, connections=1)
    try:
        async with database.transaction() as uow:
            return await _northside(uow, await _riverside(uow))
    finally:
        await database.close()


async def _riverside(uow: UnitOfWork) -> SignedIn:
    made = await create_practice(
        uow, PracticeDraft("Riverside Animal Care", "Riverside", "US", "America/Chicago", "Rita Marsh", "rita@riverside.example")
    )
    return await _sign_in(uow, made.practice_id, made.owner_id, name="Rita Marsh", app="staff")


async def _northside(uow: UnitOfWork, rita: SignedIn) -> Cast:
    made = await create_practice(
        uow, PracticeDraft("Northside Veterinary", "Clinic 1", "US", "America/New_York", "Dr Vane", "vane@northside.example")
    )
    practice_id = made.practice_id
    clinics = await _clinics(uow, made)
    nora = await add_staff_member(
        uow, practice_id, StaffDraft("Nora Ames", "nora@northside.example", Role.SENIOR, "Nurse", clinics)
    )
    family_id = await _family(uow, practice_id, clinics)
    olive, omar = await _contacts(uow, practice_id, family_id)
    for contact_id in (olive, omar):
        await uow.execute(AGREED, {"practice_id": practice_id, "contact_id": contact_id, "version": VERSION})
    return Cast(
        clinics=clinics,
        threads=[await ensure_thread(uow, practice_id, family_id=family_id, clinic_id=clinic_id) for clinic_id in clinics],
        nora=await _sign_in(uow, practice_id, nora, name="Nora Ames", app="staff"),
        vane=await _sign_in(uow, practice_id, made.owner_id, name="Dr Vane", app="staff"),
        olive=await _sign_in(uow, practice_id, olive, name="Olive Hart", app="owner"),
        omar=await _sign_in(uow, practice_id, omar, name="Omar Hart", app="owner"),
        rita=rita,
    )


async def _clinics(uow: UnitOfWork, made: CreatedPractice) -> list[UUID]:
    more = [new_id() for _ in range(CLINICS - 1)]
    place = {"practice_id": made.practice_id, "country": "US", "timezone": "America/New_York", "created_at": clock.now()}
    await uow.execute(
        insert(Clinic), [{**place, "id": clinic_id, "name": f"Clinic {number}"} for number, clinic_id in enumerate(more, 2)]
    )
    return [made.clinic_id, *more]


async def _family(uow: UnitOfWork, practice_id: UUID, clinics: list[UUID]) -> UUID:
    people = [ContactDraft("Olive Hart", ContactRole.PRIMARY), ContactDraft("Omar Hart", ContactRole.SECONDARY)]
    draft = FamilyDraft("Hart", people, [PetDraft("Pixel", "dog")])
    family_id = await add_family(uow, practice_id, draft, clinic_id=clinics[0])
    pet_id = (await uow.execute(Pet.__table__.select().where(Pet.family_id == family_id))).one().id
    rest = {"practice_id": practice_id, "pet_id": pet_id, "family_id": family_id, "state": ConnectionState.ACCEPTED}
    await uow.execute(
        insert(Connection),
        [{**rest, "id": new_id(), "clinic_id": clinic_id, "changed_at": clock.now()} for clinic_id in clinics[1:]],
    )
    return family_id


async def _contacts(uow: UnitOfWork, practice_id: UUID, family_id: UUID) -> tuple[UUID, UUID]:
    of_family = Contact.__table__.select().where(Contact.practice_id == practice_id, Contact.family_id == family_id)
    by_role = {row.role: row.id for row in await uow.execute(of_family)}
    return by_role[ContactRole.PRIMARY], by_role[ContactRole.SECONDARY]


async def _sign_in(uow: UnitOfWork, practice_id: UUID, person_id: UUID, *, name: str, app: str) -> SignedIn:
    kind = "staff" if app == "staff" else "contact"
    secret = await start_session(uow, practice_id, person_id, kind=kind, browser=Browser("Test", "127.0.0.1"))
    return SignedIn(name, person_id, app, secret)
