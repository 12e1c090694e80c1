"""What the team sets down with conversations, in the words of the tests."""

from typing import Any
from uuid import uuid4

import httpx

from tests.world import Caller, Json, World


async def conversation_in(world: World, thread_id: str) -> str:
    """The id of the latest one."""
    return (await world.nora.thread(thread_id))["conversations"][-1]["id"]


async def triage(caller: Caller, method: str, path: str, *, body: Json = None) -> Json:
    """The conversation, once it is set down."""
    response = await caller.send(method, path, body)
    assert response.status_code == 200, response.text
    return response.json()


async def mark_urgent(caller: Caller, thread_id: str, *, is_urgent: bool = True) -> Json:
    return await triage(caller, "PUT", f"{await path_of(caller, thread_id)}/urgency", body={"is_urgent": is_urgent})


async def path_of(caller: Caller, thread_id: str) -> str:
    """Of the thread's latest conversation."""
    return f"/threads/{thread_id}/conversations/{(await caller.thread(thread_id))['conversations'][-1]['id']}"


async def add_label(caller: Caller, name: str, colour: str = "teal") -> httpx.Response:
    return await caller.send("POST", "/labels", {"name": name, "colour": colour}, headers={"Idempotency-Key": str(uuid4())})


async def label_names(caller: Caller) -> list[str]:
    return [label["name"] for label in (await caller.get("/labels")).json()["labels"]]


async def queue(caller: Caller, **parameters: Any) -> list[str]:
    """Whose families stand in the queue."""
    response = await caller.get("/inbox", **parameters)
    assert response.status_code == 200, response.text
    return [row["family_name"].removesuffix(" family") for row in response.json()["rows"]]
