"""Northside's link, phones that texts reach, and a mailbox that a real worker fills."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from pawline.sign_in.tests.conftest import Postman, no_tries_yet, post_office, postman
from tests.product import Product
from tests.quick_passwords import quick_passwords
from tests.texting_scene import Texting, set_texting
from tests.world import TLS, Json, World

__all__ = ["no_tries_yet", "post_office", "postman", "quick_passwords"]

JUNE = {"first_name": "June", "last_name": "Park"}


@dataclass
class Entry:
    """Somebody's browser in front of a clinic's joining screen."""

    http: httpx.AsyncClient
    code: str

    async def start(self, **values: Any) -> httpx.Response:
        return await self.http.post(f"/join/{self.code}/start", json={**JUNE, **values})

    async def verify(self, attempt_id: str, code: str, **values: Any) -> httpx.Response:
        return await self.http.post("/join/verify", json={"attempt_id": attempt_id, "code": code, **values})

    async def connect(self, **wish: Any) -> httpx.Response:
        session = (await self.http.get("/session", headers={"X-Pawline-App": "owner"})).json()
        headers = {"X-Pawline-App": "owner", "X-CSRF-Token": session["csrf_token"], "Idempotency-Key": str(uuid4())}
        return await self.http.post(f"/join/{self.code}/pets", json=wish, headers=headers)

    async def home(self) -> Json:
        return (await self.http.get("/pets", headers={"X-Pawline-App": "owner"})).json()


@pytest.fixture(autouse=True)
async def no_sign_ups_yet(product: Product) -> None:
    """Every test texts the same phones, which get few codes an hour and belong to people of other tests' practices, too; and
    what others left waiting is not for this carrier."""
    async with product.database.transaction() as uow:
        await uow.execute(text("DELETE FROM sign_up"))
        await uow.execute(text("DELETE FROM texted_sign_in"))
        await uow.execute(text("DELETE FROM contact_number"))
        await uow.execute(text("UPDATE delivery SET state = 'cancelled' WHERE state = 'queued'"))


@pytest.fixture
async def texting(world: World) -> Texting:
    return await set_texting(world)


@pytest.fixture
async def browsers(product: Product) -> AsyncGenerator[list[httpx.AsyncClient]]:
    clients = [httpx.AsyncClient(base_url=product.api, timeout=30, verify=TLS) for _ in range(4)]
    yield clients
    for client in clients:
        await client.aclose()


@pytest.fixture
async def entry(world: World, browsers: list[httpx.AsyncClient]) -> Entry:
    return Entry(browsers[0], await code_of(world))


async def code_of(world: World) -> str:
    response = await world.ada.get(f"/clinics/{world.clinic_id}/link")
    assert 200 == response.status_code, response.text
    return response.json()["url"].rpartition("/")[2]


async def texted_code(texting: Texting, number: str) -> str:
    return (await texting.sent_to(number))[-1][:6]


async def mailed_code(postman: Postman, email: str, *, count: int = 1) -> str:
    return (await postman.letters(email, count=count))[0].code


async def join_by_text(entry: Entry, texting: Texting, number: str) -> httpx.Response:
    started = await entry.start(number=number)
    assert 202 == started.status_code, started.text
    return await entry.verify(started.json()["attempt_id"], await texted_code(texting, number))


async def join_by_mail(entry: Entry, postman: Postman, email: str) -> httpx.Response:
    started = await entry.start(email=email)
    assert 202 == started.status_code, started.text
    return await entry.verify(started.json()["attempt_id"], await mailed_code(postman, email))
