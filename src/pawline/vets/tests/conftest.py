"""Owners with a pet that nobody treats yet, a mailbox that a real worker fills, and browsers that nobody has used."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pawline.joining.tests.conftest import Entry, mailed_code
from pawline.sign_in.tests.conftest import Postman, no_tries_yet, post_office, postman
from tests.product import Product
from tests.quick_passwords import quick_passwords
from tests.world import TLS, Caller, Json, World

__all__ = ["no_tries_yet", "post_office", "postman", "quick_passwords"]

BISCUIT = {"name": "Biscuit", "species": "dog", "breed": "Beagle", "born_on": "2022-05-01"}


@pytest.fixture
async def browser(product: Product) -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=product.api, timeout=30, verify=TLS) as client:
        yield client


@pytest.fixture
async def biscuit(world: World) -> str:
    """Olive's second dog, which she has added herself."""
    added = await keyed(world.olive, "/family/pets", BISCUIT)
    assert 201 == added.status_code, added.text
    return added.json()["id"]


async def keyed(caller: Caller, path: str, body: Json) -> httpx.Response:
    return await caller.send("POST", path, body, headers={"Idempotency-Key": str(uuid4())})


async def invite(caller: Caller, pet_id: str, **values: Any) -> httpx.Response:
    return await keyed(caller, "/vet-invitations", {"pet_id": pet_id, **values})


def token_in(words: str) -> str:
    return words.partition("/staff/invitation#token=")[2][:64]


async def accept(caller: Caller, token: str, clinic_id: str) -> httpx.Response:
    return await keyed(caller, "/vet-invitation/accept", {"token": token, "clinic_id": clinic_id})


async def olive_joins_riverside(world: World, postman: Postman) -> Json:
    """In the browser in which she is signed in at Northside, with Roo, her cat. Returns the new session."""
    riverside = world.riverside_clinic_id
    link = (await world.rita.get(f"/clinics/{riverside}/link")).json()["url"]
    email = f"olive-{uuid4().hex}@example.com"
    entry = Entry(world.olive.http, link.rpartition("/")[2])
    started = await entry.start(first_name="Olive", last_name="Hart", email=email)
    joined = await entry.verify(started.json()["attempt_id"], await mailed_code(postman, email))
    assert 201 == joined.status_code, joined.text
    use(world.olive, joined.json())
    connected = await entry.connect(new_pets=[{"name": "Roo", "species": "cat"}], via="qr")
    assert 201 == connected.status_code, connected.text
    return joined.json()


def use(caller: Caller, session: Json) -> None:
    """The browser has the new cookie already; from now on it sends the token that belongs to it."""
    caller.http.headers["X-CSRF-Token"] = session["csrf_token"]
