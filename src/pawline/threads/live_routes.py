"""The one WebSocket: live changes out; typing, viewing and whether somebody is at the screen in."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Annotated, Any, Literal, cast
from uuid import UUID

import msgspec
from litestar import WebSocket, websocket
from litestar.di import NamedDependency
from litestar.exceptions import WebSocketDisconnect

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.bounded_socket import writer_of
from pawline.platform.errors import Problem
from pawline.platform.realtime import HEARTBEAT_SECONDS, Hub, LiveSocket
from pawline.platform.security import allowed_origins, cookie_name
from pawline.platform.text_frame import TextFrame
from pawline.sign_in.gate import Gate
from pawline.threads.activity import Activity, tell_activity
from pawline.threads.desk import Desk

LONGEST_FROM_CLIENT = 2_000


class InThread(msgspec.Struct, tag_field="type", tag="activity", forbid_unknown_fields=True):
    thread_id: UUID
    state: Literal["typing", "viewing", "idle"]


class AtHand(msgspec.Struct, tag_field="type", tag="at_hand", forbid_unknown_fields=True):
    """Somebody touched the screen so long ago."""

    idle_seconds: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


_read = msgspec.json.Decoder(InThread | AtHand).decode


@websocket("/api/v1/live")
async def live(
    socket: WebSocket[Any, Any, Any], gate: NamedDependency[Gate], hub: NamedDependency[Hub], desk: NamedDependency[Desk]
) -> None:
    """Refuses before accepting, so that a stranger learns as much as from a page that does not exist."""
    actor = await _actor_of(socket, gate)
    if actor is None:
        await _refuse(socket)
        return
    await socket.accept()
    waiting = LiveSocket(actor, writer_of(socket.scope))
    waiting.push(_hello())
    hub.add(waiting)
    reader = asyncio.create_task(_read_all(socket, waiting, desk))
    try:
        await _write_all(socket, waiting, reader)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the browser has gone
    finally:
        hub.remove(waiting)
        reader.cancel()
        with suppress(asyncio.CancelledError):
            await reader


async def _refuse(socket: WebSocket[Any, Any, Any]) -> None:
    # A plain close would become 403; a page that does not exist is 404.
    await socket.send({"type": "websocket.http.response.start", "status": 404, "headers": []})  # type: ignore[typeddict-item]
    await socket.send({"type": "websocket.http.response.body", "body": b""})  # type: ignore[typeddict-item]


async def _actor_of(socket: WebSocket[Any, Any, Any], gate: Gate) -> Actor | None:
    app = socket.query_params.get("app")
    if socket.headers.get("origin", gate.settings.public_url) not in allowed_origins(gate.settings) or app not in (
        "staff",
        "owner",
    ):
        return None
    return await gate.actor_by_secret(socket.cookies.get(cookie_name(gate.settings, app), ""))


async def _write_all(socket: WebSocket[Any, Any, Any], waiting: LiveSocket, reader: "asyncio.Task[None]") -> None:
    """Send what waits, as it comes, until either side ends it."""
    send = cast("Callable[[dict[str, str]], Awaitable[None]]", socket.send)  # without the framework's copying, frame by frame
    while not reader.done():
        await waiting.wake.wait()
        waiting.wake.clear()
        while waiting.frames:
            await send({"type": "websocket.send", "text": waiting.frames[0].text})
            waiting.first_is_sent()
        if waiting.close_code is not None:
            await socket.close(code=waiting.close_code)
            return


async def _read_all(socket: WebSocket[Any, Any, Any], waiting: LiveSocket, desk: Desk) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            data = await socket.receive_data(mode="text")
            if len(data) > LONGEST_FROM_CLIENT:
                waiting.close(1009)
                return
            with suppress(msgspec.MsgspecError, Problem):  # not ours, or about a thread that is not this person's
                message = _read(data)
                if isinstance(message, AtHand):
                    waiting.used_at = clock.now() - timedelta(seconds=message.idle_seconds)
                else:
                    await tell_activity(desk, waiting.actor, Activity(message.thread_id, message.state))
    waiting.wake.set()


def _hello() -> TextFrame:
    hello = {"type": "hello", "server_time": clock.now(), "heartbeat_seconds": HEARTBEAT_SECONDS}
    return TextFrame(msgspec.json.encode(hello).decode())
