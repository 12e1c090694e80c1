"""An open live socket that keeps what it was told."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import websockets

from tests.faults.cast import SignedIn
from tests.faults.waiting import HANG_SECONDS
from tests.faults.web import WebProcess


@asynccontextmanager
async def live_socket(web: WebProcess, person: SignedIn) -> AsyncGenerator[websockets.ClientConnection]:
    """It has said hello, so from now on it hears everything."""
    url = f"ws://127.0.0.1:{web.port}/api/v1/live?app={person.app}"
    async with websockets.connect(url, additional_headers={"Cookie": person.cookie}, max_queue=None, max_size=None) as socket:
        assert "hello" == json.loads(await asyncio.wait_for(socket.recv(), HANG_SECONDS))["type"]
        yield socket


async def next_frame(socket: websockets.ClientConnection, *types: str, seconds: float) -> dict[str, Any]:
    """The next frame of one of these types. Raises TimeoutError, ConnectionClosed."""
    async with asyncio.timeout(seconds):
        while True:
            frame = json.loads(await socket.recv())
            if frame["type"] in types:
                return frame


async def closed_with(socket: websockets.ClientConnection, *, seconds: float) -> tuple[int | None, float]:
    """The code with which the server closes it, and the seconds until then."""
    begun = time.monotonic()
    async with asyncio.timeout(seconds):
        await socket.wait_closed()
    return socket.close_code, time.monotonic() - begun
