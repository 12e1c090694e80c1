"""What the cast does in a thread, through the real API."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import text

from tests.world import Caller, World

Json = Any
STAFF = ("nora", "vane")
FAMILY = ("olive", "omar")
FOR_ALL = ("post", "delete", "read")
FOR_STAFF = ("note", "tag", "untag", "start", "rename", "end", "restart")
_WORDS: tuple[str, ...] = ("Pixel is limping.", "Since this morning?", "Yes, the left paw.", "Bring him in at two.", "Thank you!")


@dataclass(frozen=True)
class Act:
    """``number`` chooses which message or conversation; it wraps around."""

    who: str
    verb: str
    number: int = -1


async def perform(world: World, act: Act) -> None:
    """Do it. Refusals that a race may bring are fine; anything else the server refuses is not."""
    caller = world.callers[act.who]
    thread = await caller.thread(world.thread_id)
    if thread["has_older"]:
        thread["messages"] = (await caller.get(f"/threads/{world.thread_id}/messages", limit=200)).json()["messages"]
    response = await _ACTS[act.verb](caller, thread, act, world)
    assert response is None or response.status_code in (200, 201, 409), response.text


async def empty_thread(world: World) -> None:
    """As if nobody had ever written."""
    async with world.product.database.transaction() as uow:
        for statement in _EMPTY:
            await uow.execute(text(statement), {"thread": world.thread_id})


async def _post(caller: Caller, thread: Json, act: Act, world: World, kind: str = "text") -> httpx.Response:
    pet_ids = [world.pixel_id] if act.number % 2 == 0 else []
    body = _WORDS[int(thread["last_seq"]) % len(_WORDS)]
    draft: Json = {"client_id": str(uuid4()), "body": body, "kind": kind, "pet_ids": pet_ids}
    return await caller.send("POST", f"/threads/{thread['thread_id']}/messages", draft)


async def _note(caller: Caller, thread: Json, act: Act, world: World) -> httpx.Response:
    return await _post(caller, thread, act, world, "note")


async def _delete(caller: Caller, thread: Json, act: Act, _: World) -> httpx.Response | None:
    own = [message for message in thread["messages"] if message["author_id"] == caller.id]
    return await caller.send("DELETE", f"{_message(thread, own, act)}") if own else None


async def _tag(caller: Caller, thread: Json, act: Act, world: World) -> httpx.Response | None:
    return await _set_tags(caller, thread, act, [world.pixel_id])


async def _untag(caller: Caller, thread: Json, act: Act, _: World) -> httpx.Response | None:
    return await _set_tags(caller, thread, act, [])


async def _set_tags(caller: Caller, thread: Json, act: Act, pet_ids: list[str]) -> httpx.Response | None:
    messages = thread["messages"]
    return await caller.send("PUT", f"{_message(thread, messages, act)}/pets", {"pet_ids": pet_ids}) if messages else None


async def _read(caller: Caller, thread: Json, act: Act, _: World) -> httpx.Response:
    up_to_seq = thread["last_seq"] if act.number < 0 else min(act.number, thread["last_seq"])
    return await caller.send("PUT", f"/threads/{thread['thread_id']}/read-mark", {"up_to_seq": up_to_seq})


async def _start(caller: Caller, thread: Json, act: Act, _: World) -> httpx.Response:
    return await caller.send("POST", f"/threads/{thread['thread_id']}/conversations", {"title": f"Visit {act.number}"})


async def _rename(caller: Caller, thread: Json, act: Act, _: World) -> httpx.Response | None:
    path = _conversation(thread, act)
    return await caller.send("PATCH", path, {"title": f"Left paw {act.number}"}) if path else None


async def _end(caller: Caller, thread: Json, act: Act, _: World) -> httpx.Response | None:
    path = _conversation(thread, act)
    return await caller.send("POST", f"{path}/end") if path else None


async def _restart(caller: Caller, thread: Json, act: Act, _: World) -> httpx.Response | None:
    path = _conversation(thread, act)
    return await caller.send("POST", f"{path}/restart") if path else None


def _message(thread: Json, messages: list[Json], act: Act) -> str:
    return f"/threads/{thread['thread_id']}/messages/{messages[act.number % len(messages)]['id']}"


def _conversation(thread: Json, act: Act) -> str | None:
    found = thread["conversations"]
    return f"/threads/{thread['thread_id']}/conversations/{found[act.number % len(found)]['id']}" if found else None


_ACTS = {
    "post": _post,
    "note": _note,
    "delete": _delete,
    "tag": _tag,
    "untag": _untag,
    "read": _read,
    "start": _start,
    "rename": _rename,
    "end": _end,
    "restart": _restart,
}
_EMPTY = (
    "DELETE FROM message_pet WHERE message_id IN (SELECT id FROM message WHERE thread_id = :thread)",
    "DELETE FROM message WHERE thread_id = :thread",
    "DELETE FROM read_mark WHERE thread_id = :thread",
    "DELETE FROM conversation WHERE thread_id = :thread",
    "UPDATE thread SET last_seq = 0, revision = 0, open_conversation_id = NULL WHERE id = :thread",
)
