"""A small HTTP server that stands where a carrier does: it keeps what it is asked and answers as it is told."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """``is_lost``: the connection ends where the answer should be. ``wait_seconds`` comes before either."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    wait_seconds: float = 0
    is_lost: bool = False


def json_reply(body: object, *, status: int = 200, **headers: str) -> Reply:
    spelt = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, body=json.dumps(body).encode(), headers={"Content-Type": "application/json", **spelt})


class AnsweringServer:
    def __init__(self) -> None:
        self.url = ""
        self.requests: list[httpx.Request] = []
        self.replies: deque[Reply] = deque()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.requests.append(await self._read(reader))
            reply = self.replies.popleft() if self.replies else Reply(status=500)
            await asyncio.sleep(reply.wait_seconds)
            if not reply.is_lost:
                writer.write(_on_the_wire(reply))
                await writer.drain()
        except ConnectionError:
            pass  # the client has given up, which is what some tests are about
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> httpx.Request:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        method, target, _ = first.split(" ")
        headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
        length = int(httpx.Headers(headers).get("content-length", "0"))
        return httpx.Request(method, self.url + target, headers=headers, content=await reader.readexactly(length))


@asynccontextmanager
async def answering_server() -> AsyncGenerator[AnsweringServer]:
    server = AnsweringServer()
    listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    async with listening:
        yield server


def _on_the_wire(reply: Reply) -> bytes:
    headers = {"Content-Length": str(len(reply.body)), "Connection": "close", **reply.headers}
    lines = [f"HTTP/1.1 {reply.status} Said", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + reply.body
