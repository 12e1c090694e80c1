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
FOR_STAFF = ("unread", "urgent", "calm", "note", "tag", "untag", "start", "rename", "end", "restart")
_WORDS: tuple[str, ...] = ("Pixel is limping.", "Since this morning?", "Yes, the left paw.", "Bring him in at two.", "Thank you!")


@dataclass(frozen=True)
class Act:
    """``number`` chooses which message or conversation; it wraps around."""

    who: str
    verb: str
    number: int = -1


@dataclass(frozen=True)
class Turn:
    """What somebody has before them when they act: the thread as they see it, and ``number`` of the act."""

    caller: Caller
    thread: Json
    number: int
    pixel_id: str

    @property
    def path(self) -> str:
        return f"/threads/{self.thread['thread_id']}"

    @property
    def conversation_path(self) -> str | None:
        found = self.thread["conversations"]
        return f"{self.path}/conversations/{found[self.number % len(found)]['id']}" if found else None

    def message_path(self, messages: list[Json]) -> str:
        return f"{self.path}/messages/{messages[self.number % len(messages)]['id']}"


async def perform(world: World, act: Act) -> None:
    """Do it. Refusals that a race may bring are fine; anything else the server refuses is not."""
    caller = world.callers[act.who]
    thread = await caller.thread(world.thread_id)
    if thread["has_older"]:
        thread["messages"] = (await caller.get(f"/threads/{world.thread_id}/messages", limit=200)).json()["messages"]
    response = await _ACTS[act.verb](Turn(caller, thread, act.number, world.pixel_id))
    assert response is None or response.status_code in (200, 201, 409), response.text


async def empty_thread(world: World) -> None:
    """As if nobody had ever written."""
    async with world.product.database.transaction() as uow:
        for statement in _EMPTY:
            await uow.execute(text(statement), {"thread": world.thread_id})


async def _post(turn: Turn, kind: str = "text") -> httpx.Response:
    pet_ids = [turn.pixel_id] if turn.number % 2 == 0 else []
    body = _WORDS[int(turn.thread["last_seq"]) % len(_WORDS)]
    draft: Json = {"client_id": str(uuid4()), "body": body, "kind": kind, "pet_ids": pet_ids}
    return await turn.caller.send("POST", f"{turn.path}/messages", draft)


async def _note(turn: Turn) -> httpx.Response:
    return await _post(turn, "note")


async def _delete(turn: Turn) -> httpx.Response | None:
    own = [message for message in turn.thread["messages"] if message["author_id"] == turn.caller.id]
    return await turn.caller.send("DELETE", turn.message_path(own)) if own else None


async def _tag(turn: Turn) -> httpx.Response | None:
    return await _set_tags(turn, [turn.pixel_id])


async def _untag(turn: Turn) -> httpx.Response | None:
    return await _set_tags(turn, [])


async def _set_tags(turn: Turn, pet_ids: list[str]) -> httpx.Response | None:
    messages = turn.thread["messages"]
    return await turn.caller.send("PUT", f"{turn.message_path(messages)}/pets", {"pet_ids": pet_ids}) if messages else None


async def _read(turn: Turn) -> httpx.Response:
    last_seq = turn.thread["last_seq"]
    up_to_seq = last_seq if turn.number < 0 else min(turn.number, last_seq)
    return await turn.caller.send("PUT", f"{turn.path}/read-mark", {"up_to_seq": up_to_seq})


async def _unread(turn: Turn) -> httpx.Response:
    return await turn.caller.send("POST", f"{turn.path}/mark-unread")


async def _urgent(turn: Turn) -> httpx.Response | None:
    return await _set_urgency(turn, is_urgent=True)


async def _calm(turn: Turn) -> httpx.Response | None:
    return await _set_urgency(turn, is_urgent=False)


async def _set_urgency(turn: Turn, *, is_urgent: bool) -> httpx.Response | None:
    path = turn.conversation_path
    return await turn.caller.send("PUT", f"{path}/urgency", {"is_urgent": is_urgent}) if path else None


async def _start(turn: Turn) -> httpx.Response:
    return await turn.caller.send("POST", f"{turn.path}/conversations", {"title": f"Visit {turn.number}"})


async def _rename(turn: Turn) -> httpx.Response | None:
    path = turn.conversation_path
    return await turn.caller.send("PATCH", path, {"title": f"Left paw {turn.number}"}) if path else None


async def _end(turn: Turn) -> httpx.Response | None:
    path = turn.conversation_path
    return await turn.caller.send("POST", f"{path}/end") if path else None


async def _restart(turn: Turn) -> httpx.Response | None:
    path = turn.conversation_path
    return await turn.caller.send("POST", f"{path}/restart") if path else None


_ACTS = {
    "post": _post,
    "note": _note,
    "delete": _delete,
    "tag": _tag,
    "untag": _untag,
    "read": _read,
    "unread": _unread,
    "urgent": _urgent,
    "calm": _calm,
    "start": _start,
    "rename": _rename,
    "end": _end,
    "restart": _restart,
}
_EMPTY = (
    "DELETE FROM message_pet WHERE message_id IN (SELECT id FROM message WHERE thread_id = :thread)",
    "DELETE FROM message_key WHERE message_id IN (SELECT id FROM message WHERE thread_id = :thread)",
    "DELETE FROM sealed_message WHERE message_id IN (SELECT id FROM message WHERE thread_id = :thread)",
    "DELETE FROM message WHERE thread_id = :thread",
    "DELETE FROM read_mark WHERE thread_id = :thread",
    "DELETE FROM conversation WHERE thread_id = :thread",
    "UPDATE thread SET last_seq = 0, revision = 0, open_conversation_id = NULL WHERE id = :thread",
)
