"""Short words for what the tests of reports and blocks do again and again."""

from typing import Any

import httpx

from tests.world import Caller, Json, World


async def report(caller: Caller, world: World, message: Json, *, reason: str = "inappropriate", **values: Any) -> httpx.Response:
    path = f"/threads/{world.thread_id}/messages/{message['id']}/report"
    return await caller.send("POST", path, {"reason": reason, **values})


async def reports(caller: Caller, state: str = "open", **parameters: Any) -> Json:
    response = await caller.get("/reports", state=state, **parameters)
    assert response.status_code == 200, response.text
    return response.json()


async def resolve(caller: Caller, report_id: str, outcome: str, *, words: str = "") -> httpx.Response:
    return await caller.send("POST", f"/reports/{report_id}/resolve", {"outcome": outcome, "words": words})


async def block(caller: Caller, person: Caller) -> Json:
    response = await caller.send("POST", f"/people/{person.id}/block")
    assert response.status_code == 200, response.text
    return response.json()


async def unblock(caller: Caller, person: Caller) -> None:
    response = await caller.send("DELETE", f"/people/{person.id}/block")
    assert response.status_code == 204, response.text


async def shown(caller: Caller, thread_id: str) -> list[str]:
    """The words of the thread as this person sees them."""
    return [message["body"] for message in (await caller.thread(thread_id))["messages"]]


async def practice_block(caller: Caller, contact: Caller, reason: str = "Threatened Nora") -> httpx.Response:
    return await caller.send("POST", f"/contacts/{contact.id}/practice-block", {"reason": reason})
