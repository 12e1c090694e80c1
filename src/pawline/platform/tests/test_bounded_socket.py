"""Ready-made frames on a real line, between a browser's WebSocket and ours."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
import websockets
from uvicorn.server import ServerState

from pawline.platform.bounded_socket import BoundedWebSocket, WriteNow, writer_of
from pawline.platform.text_frame import TextFrame

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Line:
    """Both ends: ``browser`` is the one, ``write_now`` and ``send`` write to it from the other."""

    browser: websockets.ClientConnection
    write_now: WriteNow
    send: Send

    def __init__(self) -> None:
        self.has_ended = asyncio.Event()

    def write(self, *texts: str) -> list[bool]:
        return [self.write_now(TextFrame(text).wire) for text in texts]

    async def send_text(self, text: str) -> None:
        await self.send({"type": "websocket.send", "text": text})

    async def received(self, count: int) -> list[websockets.Data]:
        async with asyncio.timeout(30):
            return [await self.browser.recv() for _ in range(count)]


@asynccontextmanager
async def line_open(**options: Any) -> AsyncGenerator[Line]:
    line = Line()

    async def app(scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send) -> None:
        await receive()
        line.send, line.write_now = send, writer_of(scope)
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        line.has_ended.set()

    config = uvicorn.Config(app, ws_per_message_deflate=False, log_config=None)
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: BoundedWebSocket(config, ServerState(), {}), "127.0.0.1")
    host, port = server.sockets[0].getsockname()
    try:
        async with websockets.connect(f"ws://{host}:{port}", max_size=None, compression=None, **options) as line.browser:
            yield line
    finally:
        server.close()


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 300_000])
async def test_a_text_of_any_length_arrives_whole(length: int) -> None:
    """The length takes 1, 3 or 9 bytes of the frame: RFC 6455, 5.2."""
    async with line_open() as line:
        assert [True] == line.write("x" * length)
        sending = asyncio.create_task(line.send_text("after it"))

        assert ["x" * length, "after it"] == await line.received(2)
        await sending


@pytest.mark.parametrize("text", ["Räude, čeština, ελιά, 犬 and 🐕 Pixel", "é" * 63, "犬" * 21_845, '\x00\n"\\'])
async def test_characters_are_counted_in_bytes(text: str) -> None:
    async with line_open() as line:
        line.write(text, "after it")

        assert [text, "after it"] == await line.received(2)


async def test_ready_frames_sent_messages_and_pongs_keep_apart_and_in_order() -> None:
    async with line_open() as line:
        pongs = list[Awaitable[float]]()
        for n in range(0, 60, 2):
            assert [True] == line.write(f"{n} " + "x" * 200)
            pongs.append(await line.browser.ping())
            await line.send_text(f"{n + 1} " + "y" * 200)

        assert list(range(60)) == [int(str(text).split()[0]) for text in await line.received(60)]
        async with asyncio.timeout(30):
            await asyncio.gather(*pongs)


async def test_nothing_follows_our_close_frame() -> None:
    async with line_open() as line:
        assert [True] == line.write("last")
        await line.send({"type": "websocket.close", "code": 4401})

        assert [False] == line.write("too late")
        assert ["last"] == await line.received(1)
        with pytest.raises(websockets.ConnectionClosed):
            await line.received(1)
        assert 4401 == line.browser.close_code


@pytest.mark.parametrize("is_orderly", [True, False])
async def test_a_browser_that_has_gone_is_written_to_no_more(is_orderly: bool) -> None:
    async with line_open() as line:
        if is_orderly:
            await line.browser.close()
        else:
            line.browser.transport.abort()
        await asyncio.wait_for(line.has_ended.wait(), 30)

        assert [False] * 10 == line.write(*["anybody?"] * 10)


async def test_a_blocked_line_takes_no_more_until_it_has_drained() -> None:
    """What was refused was not written in part either; what was taken arrives, each once and in order."""
    async with line_open(max_queue=1) as line:
        taken = 0
        while line.write(f"{taken} " + "x" * 50_000) == [True]:
            taken += 1
            await asyncio.sleep(0)
        assert 10_000 > taken

        assert [False] * 3 == line.write("refused", "refused", "refused")
        sending = asyncio.create_task(line.send_text(f"{taken} waited"))
        assert list(range(taken + 1)) == [int(str(text).split()[0]) for text in await line.received(taken + 1)]
        await sending
        assert [True] == line.write("free again")
        assert ["free again"] == await line.received(1)


@pytest.mark.parametrize("scope", [{}, {"extensions": None}, {"extensions": {"websocket.http.response": {}}}])
def test_on_another_server_nothing_is_written_past_it(scope: dict[str, Any]) -> None:
    assert not writer_of(scope)(TextFrame("Pixel").wire)
