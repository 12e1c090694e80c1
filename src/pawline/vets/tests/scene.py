"""Deciding how a pet stands with Hill Street, as anybody of the cast, and writing about it."""

from uuid import uuid4

import httpx

from tests.world import Caller, Json, World


async def decide(caller: Caller, act: str, pet_id: str, *, clinic_id: str) -> httpx.Response:
    return await caller.send("POST", f"/pets/{pet_id}/connections/{clinic_id}/{act}")


async def end(caller: Caller, world: World, pet_id: str | None = None) -> httpx.Response:
    return await decide(caller, "end", pet_id or world.pixel_id, clinic_id=world.clinic_id)


async def connect(caller: Caller, world: World, pet_id: str | None = None) -> httpx.Response:
    return await decide(caller, "connect", pet_id or world.pixel_id, clinic_id=world.clinic_id)


async def standing(caller: Caller, world: World, pet_id: str | None = None) -> Json:
    """As whoever opens the thread sees it; ``None``: nobody has ever asked."""
    connections = (await caller.thread(world.thread_id))["connections"]
    return next((each for each in connections if each["pet_id"] == (pet_id or world.pixel_id)), None)


async def about(caller: Caller, world: World, *pet_ids: str, **values: object) -> httpx.Response:
    draft = {"client_id": str(uuid4()), "body": "She limps", "pet_ids": pet_ids, **values}
    return await caller.send("POST", f"/threads/{world.thread_id}/messages", draft)
