"""The cast, which never changes: Northside with Nora and Dr Vane, Olive, Omar and their dog Pixel; and Riverside's Rita.

Every test gets practices of its own, so tests cannot see each other's rows.
"""

import asyncio
import json
import ssl
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import websockets
from sqlalchemy import TextClause, text

from pawline.families.service import ContactDraft, ContactRole, FamilyDraft, PetDraft, add_family
from pawline.platform.actor import Role
from pawline.platform.db import UnitOfWork
from pawline.platform.security import cookie_name, csrf_token
from pawline.practices.service import CreatedPractice, PracticeDraft, StaffDraft, add_staff_member, create_practice
from pawline.sign_in.sessions import Browser, start_session
from pawline.threads.opening import ensure_thread
from tests.product import Product

Json = Any
# Loading the certificates anew for every browser would cost more than the test.
_TLS = ssl.create_default_context()


class LiveClient:
    """One open socket; ``next("changes")`` waits for the next frame of a type."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self.connection = connection

    async def next(self, kind: str, *, within_seconds: float = 5) -> Json:
        async with asyncio.timeout(within_seconds):
            while True:
                frame = json.loads(await self.connection.recv())
                if frame["type"] == kind:
                    return frame


@dataclass
class Caller:
    """A signed-in person and their browser."""

    id: str
    name: str
    app: str
    secret: str
    http: httpx.AsyncClient
    product: Product

    async def get(self, path: str, **parameters: Any) -> httpx.Response:
        return await self.http.get(path, params=parameters or None)

    async def send(self, method: str, path: str, body: Json = None, **options: Any) -> httpx.Response:
        return await self.http.request(method, path, json=body, **options)

    async def post_text(self, thread_id: str, body: str, **values: Any) -> Json:
        """Post a message and return it; ``client_id`` is new unless given."""
        draft = {"client_id": str(uuid.uuid4()), "body": body, **values}
        response = await self.send("POST", f"/threads/{thread_id}/messages", draft)
        assert response.status_code in (200, 201), response.text
        return response.json()

    async def thread(self, thread_id: str) -> Json:
        response = await self.get(f"/threads/{thread_id}")
        assert response.status_code == 200, response.text
        return response.json()

    async def read_up_to(self, thread_id: str, seq: int) -> Json:
        return (await self.send("PUT", f"/threads/{thread_id}/read-mark", {"up_to_seq": seq})).json()

    @asynccontextmanager
    async def live(self) -> AsyncGenerator[LiveClient]:
        url = self.product.api.replace("http://", "ws://") + f"/live?app={self.app}"
        cookie = f"{cookie_name(self.product.settings, self.app)}={self.secret}"
        headers = {"Cookie": cookie, "Origin": self.product.url}
        async with websockets.connect(url, additional_headers=headers, compression=None) as connection:
            client = LiveClient(connection)
            await client.next("hello")
            yield client


@dataclass
class World:
    """Ids are strings, as the API shows them."""

    product: Product
    practice_id: str = ""
    clinic_id: str = ""
    other_clinic_id: str = ""
    family_id: str = ""
    pixel_id: str = ""
    thread_id: str = ""
    other_family_id: str = ""
    other_thread_id: str = ""
    riverside_thread_id: str = ""
    riverside_clinic_id: str = ""
    callers: dict[str, Caller] = field(default_factory=dict[str, Caller])

    def __getattr__(self, name: str) -> Caller:
        """The people: nora, vane, ada (administrator), helen (practice owner), toby (basic), hal (other clinic only),
        olive, omar, otto (role other), kim (another family), rita and rolf (Riverside's owner and its family's contact)."""
        try:
            return self.callers[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def stranger(self) -> httpx.AsyncClient:
        """A signed-out browser."""
        return self.callers["stranger"].http


@pytest.fixture
async def world(product: Product) -> AsyncGenerator[World]:
    world = World(product)
    async with product.database.transaction() as uow:
        await _Builder(uow, world).build()
    world.callers["stranger"] = Caller("", "", "staff", "", _browser(product, "staff", None), product)
    yield world
    for caller in world.callers.values():
        await caller.http.aclose()


class _Builder:
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
        world.riverside_clinic_id = str(riverside.clinic_id)
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
            await self._sign_in(key, practice_id, await self._value(_CONTACT, id=family_id, name=full))
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
        product = self._world.product
        self._world.callers[key] = Caller(str(person_id), person.name, app, secret, _browser(product, app, secret), product)

    async def _value(self, statement: TextClause, **values: Any) -> Any:
        return (await self._uow.execute(statement, values)).scalar_one()


def _browser(product: Product, app: str, secret: str | None) -> httpx.AsyncClient:
    headers = {"X-Pawline-App": app}
    cookies: dict[str, str] = {}
    if secret is not None:
        headers["X-CSRF-Token"] = csrf_token(secret)
        cookies[cookie_name(product.settings, app)] = secret
    return httpx.AsyncClient(base_url=product.api, headers=headers, cookies=cookies, timeout=30, verify=_TLS)


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
