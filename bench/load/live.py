"""A minimal WebSocket listener: reads text frames, answers pings, sends nothing else."""

import asyncio
from collections.abc import Callable
from typing import cast

from bench.load.job import Listener

TEXT, CLOSE, PING = 1, 8, 9
PONG = b"\x8a\x80\x00\x00\x00\x00"
"""Without payload, masked with zeros."""
OnText = Callable[[bytes], None]


class Refused(Exception):
    """The server did not accept a socket. The text is its answer's first line."""


class LiveConnection(asyncio.Protocol):
    def __init__(self, listener: Listener, on_text: OnText) -> None:
        self._listener = listener
        self._on_text = on_text
        self._rest = b""
        self._is_open = False
        self._transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(
            f"GET {self._listener.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cGF3bGluZS1iZW5jaC0wMQ==\r\n"
            f"Cookie: {self._listener.cookie}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self._is_open:
            head, found, rest = data.partition(b"\r\n\r\n")
            if not found:
                self._rest = data
                return
            data = rest
            self._open(head)
        frames, self._rest = split_frames(data)
        for opcode, payload in frames:
            if opcode == TEXT:
                self._on_text(payload)
            elif opcode == PING and self._transport is not None:
                self._transport.write(PONG)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio gives it
        if not self.opened.done():
            self.opened.set_exception(Refused("the connection was lost"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _open(self, head: bytes) -> None:
        self._is_open = True
        if head.startswith(b"HTTP/1.1 101"):
            self.opened.set_result(None)
        else:
            self.opened.set_exception(Refused(head.split(b"\r\n", 1)[0].decode()))


def split_frames(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Opcodes and payloads of the whole frames of a server, and what is left of an unfinished one."""
    frames: list[tuple[int, bytes]] = []
    at, end = 0, len(data)
    while end - at >= 2:
        length, start = data[at + 1], at + 2
        if length == 126:
            start = at + 4
            length = int.from_bytes(data[at + 2 : start], "big")
        elif length == 127:
            start = at + 10
            length = int.from_bytes(data[at + 2 : start], "big")
        if start + length > end:
            break
        frames.append((data[at] & 15, data[start : start + length]))
        at = start + length
    return frames, data[at:]


async def open_live(port: int, listener: Listener, on_text: OnText) -> LiveConnection:
    _, connection = await asyncio.get_running_loop().create_connection(
        lambda: LiveConnection(listener, on_text), "127.0.0.1", port
    )
    await connection.opened
    return connection
