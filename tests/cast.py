"""The cast, which never changes: Northside with Nora and Dr Vane, Olive, Omar and their dog Pixel; and Riverside's Rita."""

import uuid
from typing import Any

from sqlalchemy import TextClause, text

from pawline.consent.app_terms import VERSION
from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, PetDraft, add_family
from pawline.platform.actor import Role
from pawline.platform.db import UnitOfWork
from pawline.practices.service import CreatedPractice, PracticeDraft, StaffDraft, add_staff_member, create_practice
from pawline.sign_in.sessions import Browser, start_session
from pawline.threads.opening import ensure_thread
from tests.world import Caller, World


class CastBuilder:
    """Adds the cast to the database as the product would, and to the world."""

    def __init__(self, uow: UnitOfWork, world: World) -> None:
        self._uow = uow
        self._world = world

    async def build(self) -> None:
        world = self._world
        northside = await create_practice(self._uow, NORTHSIDE)
        clinic_id, practice_id = northside.clinic_id, northside.practice_id
        other_clinic_id = await self._second_clinic(practice_id)
        world.practice_id, world.clinic_id, world.other_clinic_id = str(practice_id), str(clinic_id), str(other_clinic_id)
        await self._sign_in("helen", practice_id, northside.owner_id)
        for key, name, role in TEAM:
            draft = StaffDraft(name, f"{key}@northside.example", role, "", [other_clinic_id if key == "hal" else clinic_id])
            await self._sign_in(key, practice_id, await add_staff_member(self._uow, practice_id, draft))
        world.family_id, world.thread_id = await self._family(northside, "Pixel", HART)
        world.pixel_id = str(await self._value(_PET, id=uuid.UUID(world.family_id), name="Pixel"))
        world.other_family_id, world.other_thread_id = await self._family(northside, "Mochi", SATO)
        riverside = await create_practice(self._uow, RIVERSIDE)
        world.riverside_id, world.riverside_clinic_id = str(riverside.practice_id), str(riverside.clinic_id)
        await self._sign_in("rita", riverside.practice_id, riverside.owner_id)
        _, world.riverside_thread_id = await self._family(riverside, "Rex", BERG)

    async def _family(self, practice: CreatedPractice, pet: str, people: dict[str, tuple[str, ContactRole]]) -> tuple[str, str]:
        """A family named after its first contact, with one dog; everybody in it is signed in."""
        practice_id, clinic_id = practice.practice_id, practice.clinic_id
        contacts = [ContactDraft(full, role, f"{key}-{practice_id.hex}@example.com") for key, (full, role) in people.items()]
        draft = FamilyDraft(f"{contacts[0].name.split()[1]} family", contacts, [PetDraft(pet, "dog")])
        family_id = await add_family(self._uow, practice_id, draft, clinic_id=clinic_id)
        thread_id = await ensure_thread(self._uow, practice_id, family_id=family_id, clinic_id=clinic_id)
        for key, (full, _) in people.items():
            contact_id = await self._value(_CONTACT, id=family_id, name=full)
            await self._sign_in(key, practice_id, contact_id)
            await self._uow.execute(AGREED, {"practice_id": practice_id, "contact_id": contact_id, "version": VERSION})
        return str(family_id), str(thread_id)

    async def _second_clinic(self, practice_id: uuid.UUID) -> uuid.UUID:
        clinic_id = uuid.uuid4()
        await self._uow.execute(_CLINIC, {"practice_id": practice_id, "id": clinic_id})
        return clinic_id

    async def _sign_in(self, key: str, practice_id: uuid.UUID, person_id: uuid.UUID) -> None:
        found = await self._uow.execute(_PERSON, {"practice_id": practice_id, "id": person_id})
        person = found.one()
        secret = await start_session(self._uow, practice_id, person_id, kind=person.kind, browser=Browser("test", "127.0.0.1"))
        app = "staff" if person.kind == "staff" else "owner"
        self._world.callers[key] = Caller(str(person_id), person.name, app, secret, self._world.product)

    async def _value(self, statement: TextClause, **values: Any) -> Any:
        return (await self._uow.execute(statement, values)).scalar_one()


NORTHSIDE = PracticeDraft(
    "Northside Veterinary", "Hill Street", "US", "America/New_York", "Helen Marsh", "helen@northside.example"
)
RIVERSIDE = PracticeDraft("Riverside Vets", "Riverside", "US", "America/Chicago", "Rita Solano", "rita@riverside.example")
TEAM = (
    ("nora", "Nora Ames", Role.SENIOR),
    ("vane", "Dr Sam Vane", Role.SENIOR),
    ("ada", "Ada Lind", Role.ADMINISTRATOR),
    ("toby", "Toby Reyes", Role.BASIC),
    ("hal", "Hal Ortiz", Role.SENIOR),
)
HART = {
    "olive": ("Olive Hart", ContactRole.PRIMARY),
    "omar": ("Omar Hart", ContactRole.SECONDARY),
    "otto": ("Otto Hart", ContactRole.OTHER),
}
SATO = {"kim": ("Kim Sato", ContactRole.PRIMARY)}
BERG = {"rolf": ("Rolf Berg", ContactRole.PRIMARY)}
AGREED = text(
    "INSERT INTO app_consent (practice_id, id, contact_id, version, browser, at) "
    "VALUES (:practice_id, gen_random_uuid(), :contact_id, :version, 'test', now())"
)
_CLINIC = text(
    "INSERT INTO clinic (practice_id, id, name, country, timezone, created_at) "
    "VALUES (:practice_id, :id, 'Harbour', 'US', 'America/New_York', now())"
)
_PERSON = text("SELECT kind, name FROM person WHERE practice_id = :practice_id AND id = :id")
_PET = text("SELECT id FROM pet WHERE family_id = :id AND name = :name")
_CONTACT = text(
    "SELECT p.id FROM person p JOIN contact c ON c.practice_id = p.practice_id AND c.id = p.id "
    "WHERE c.family_id = :id AND p.name = :name"
)
