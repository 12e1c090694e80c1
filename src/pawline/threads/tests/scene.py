"""Short words for what the tests of threads and of the inbox do again and again."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from tests.photos import make_jpeg
from tests.world import Caller, Json, World


async def post(caller: Caller, thread_id: str, **values: Any) -> httpx.Response:
    """The answer to a post, whatever it is."""
    return await caller.send("POST", f"/threads/{thread_id}/messages", {"client_id": str(uuid4()), "body": "Hello", **values})


async def post_note(caller: Caller, thread_id: str, body: str = "Owner is worried") -> Json:
    return await caller.post_text(thread_id, body, kind="note")


async def post_many(caller: Caller, thread_id: str, count: int) -> None:
    await asyncio.gather(*(caller.post_text(thread_id, f"Pixel, day {number}") for number in range(count)))


async def delete(caller: Caller, thread_id: str, message: Json) -> httpx.Response:
    return await caller.send("DELETE", f"/threads/{thread_id}/messages/{message['id']}")


async def tag(caller: Caller, thread_id: str, message: Json, *, pet_ids: list[str]) -> httpx.Response:
    return await caller.send("PUT", f"/threads/{thread_id}/messages/{message['id']}/pets", {"pet_ids": pet_ids})


async def upload_photo(caller: Caller, thread_id: str, *, width: int = 64) -> Json:
    content, headers = make_jpeg(width, 48), {"Idempotency-Key": str(uuid4())}
    response = await caller.http.post(f"/threads/{thread_id}/attachments?file_name=paw.jpg", content=content, headers=headers)
    assert response.status_code == 201, response.text
    return response.json()


async def fetch(caller: Caller, url: str) -> httpx.Response:
    """A file by the address that the API gave."""
    return await caller.http.get(caller.product.url + url)


async def page(caller: Caller, thread_id: str, **parameters: Any) -> Json:
    response = await caller.get(f"/threads/{thread_id}/messages", **parameters)
    assert response.status_code == 200, response.text
    return response.json()


async def unread(caller: Caller, thread_id: str) -> list[int]:
    """What is unread for this person, by ``seq``, newest first."""
    return [each["seq"] for each in (await caller.thread(thread_id))["unread"]]


async def add_pet(world: World, name: str) -> str:
    """Another pet of the Hart family, treated by the same clinic."""
    pet_id = str(uuid4())
    values = {"practice": world.practice_id, "pet": pet_id, "family": world.family_id, "clinic": world.clinic_id, "name": name}
    async with world.product.database.transaction() as uow:
        for statement in _ADD_PET:
            await uow.execute(text(statement), values)
    return pet_id


_ADD_PET = (
    """INSERT INTO pet (practice_id, id, family_id, name, species, breed, created_at)
    VALUES (:practice, :pet, :family, :name, 'cat', '', now())""",
    """INSERT INTO connection (practice_id, id, pet_id, family_id, clinic_id, state, changed_at)
    VALUES (:practice, gen_random_uuid(), :pet, :family, :clinic, 'accepted', now())""",
)
