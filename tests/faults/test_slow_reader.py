"""Sockets that are open and never read: they cost bounded memory, and others do not notice (F-38, P-18)."""

import asyncio
import socket
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest
import websockets

from pawline.platform.bounded_socket import STALLED_SECONDS
from tests.faults.live_socket import live_socket, next_frame
from tests.faults.scene import Scene
from tests.faults.telling import Tell
from tests.faults.waiting import HANG_SECONDS, until
from tests.faults.web import WebProcess

pytestmark = [pytest.mark.faults, pytest.mark.slow]

STALLED = 100
POSTS = 600
LONG = "Pixel limps. " * 750
MEBIBYTE = 1024 * 1024


@asynccontextmanager
async def stalled_socket(scene: Scene, web: WebProcess) -> AsyncGenerator[websockets.ClientConnection]:
    """Omar's; it reads nothing from the network until somebody asks it for a frame."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    plain.connect(("127.0.0.1", web.port))
    plain.setblocking(False)
    url = f"ws://127.0.0.1:{web.port}/api/v1/live?app=owner"
    headers = {"Cookie": scene.cast.omar.cookie}
    async with websockets.connect(
        url, sock=plain, additional_headers=headers, max_queue=1, max_size=None, ping_interval=None, close_timeout=1
    ) as connection:
        yield connection
        connection.transport.abort()


async def post_many(scene: Scene, web: WebProcess, *, posts: int) -> list[float]:
    """Seconds from the post to Olive's screen, for each."""
    client, seconds = scene.client(web, scene.cast.nora), list[float]()
    async with live_socket(web, scene.cast.olive) as olive:
        for _ in range(posts):
            begun = time.monotonic()
            assert 201 == (await client.post(scene.thread, uuid4(), LONG)).status
            await next_frame(olive, "changes", seconds=10)
            seconds.append(time.monotonic() - begun)
    return seconds


async def read_to_the_end(connection: websockets.ClientConnection) -> int | None:
    """How it ends for somebody who reads on after a long pause."""
    try:
        async with asyncio.timeout(30):
            while True:
                await connection.recv()
    except websockets.ConnectionClosed:
        return connection.close_code


def is_held(web: WebProcess, client_port: int) -> bool:
    """Does the web process still have its end of this connection open?"""
    held: set[str] = set()
    for file in Path(f"/proc/{web.process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            held.add(file.readlink().name)
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, *rest = line.split()
        if (local, remote) == (_hex_address(web.port), _hex_address(client_port)):
            return f"socket:[{rest[6]}]" in held
    return False


def _hex_address(port: int) -> str:
    return f"0100007F:{port:04X}"


async def test_stalled_sockets_cost_bounded_memory_and_are_closed(scene: Scene, web: WebProcess, tell: Tell) -> None:
    """A hundred of them: at most 64 MiB more, others hear of everything within a second, and the stalled learn why it ended."""
    await post_many(scene, web, posts=30)
    async with AsyncExitStack() as stack:
        stalled = [await stack.enter_async_context(stalled_socket(scene, web)) for _ in range(STALLED)]
        before = web.resident_bytes
        seconds = await post_many(scene, web, posts=POSTS)
        grown = web.resident_bytes - before
        codes = await asyncio.gather(*(read_to_the_end(connection) for connection in stalled))
    slowest = sorted(seconds)[int(POSTS * 0.95)] * 1000
    tell(f"{STALLED} stalled sockets: {grown / MEBIBYTE:+.0f} MiB; others p95 {slowest:.0f} ms")

    assert 64 * MEBIBYTE > grown
    assert max(seconds) < HANG_SECONDS
    assert {1013} == set(codes)


async def test_socket_that_never_reads_again_is_let_go(scene: Scene, web: WebProcess) -> None:
    """The close frame cannot reach it either; the line is cut once nothing has been taken for STALLED_SECONDS."""
    client = scene.client(web, scene.cast.nora)
    async with stalled_socket(scene, web) as stalled:
        port = stalled.transport.get_extra_info("sockname")[1]
        assert is_held(web, port)
        for _ in range(POSTS):
            await client.post(scene.thread, uuid4(), LONG)

        await until(lambda: not is_held(web, port), seconds=STALLED_SECONDS + 10)
