"""Stands between the web process and PostgreSQL, and breaks the connection at a chosen byte."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

READY_FOR_QUERY = b"Z\x00\x00\x00\x05"
"""Ends every answer of PostgreSQL; what was asked is committed by then."""


@dataclass(slots=True, eq=False)
class _Pair:
    """The two connections of one client; ``asked_last`` keeps what a marker that is cut in two needs to be found."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    asked_last: bytes = b""
    answered_last: bytes = b""
    drops_answers: bool = False

    def cut(self) -> None:
        self.client.transport.abort()
        self.server.transport.abort()


@dataclass(slots=True)
class Proxy:
    """One rule at a time. A rule that has struck is gone; ``struck`` counts them."""

    url: str
    struck: int = 0
    _drop_answer_to: bytes | None = None
    _cut_after_answered_bytes: int | None = None
    _flows: asyncio.Event = field(default_factory=asyncio.Event)
    _pairs: set[_Pair] = field(default_factory=set[_Pair])

    def drop_answer_to(self, marker: bytes) -> None:
        """Forward the next request that holds the marker, wait until the server has carried it out, then cut without a word."""
        self._drop_answer_to = marker

    def cut_after(self, answered_bytes: int) -> None:
        """Let so many more bytes of answers through, then cut every connection."""
        self._cut_after_answered_bytes = answered_bytes

    def stall(self) -> None:
        """Nothing gets through any more, yet no connection ends: a cable pulled out."""
        self._flows.clear()

    def flow(self) -> None:
        self._flows.set()

    def cut_all(self) -> None:
        for pair in list(self._pairs):
            pair.cut()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, upstream_url: str) -> None:
        await self._flows.wait()
        try:
            from_server, to_server = await asyncio.open_unix_connection(_socket_path(upstream_url))
        except OSError:
            writer.transport.abort()
            return
        pair = _Pair(writer, to_server)
        self._pairs.add(pair)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._forward(reader, to_server, pair, look_at=self._on_asked))
                group.create_task(self._forward(from_server, writer, pair, look_at=self._on_answered))
        finally:
            pair.cut()
            self._pairs.discard(pair)

    async def _forward(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        pair: _Pair,
        *,
        look_at: Callable[[_Pair, bytes], bytes],
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(64 * 1024):
                await self._flows.wait()
                writer.write(look_at(pair, data))
                await writer.drain()
        pair.cut()

    def _on_asked(self, pair: _Pair, data: bytes) -> bytes:
        marker = self._drop_answer_to
        if marker is not None:
            seen = pair.asked_last + data
            pair.drops_answers = marker in seen
            pair.asked_last = seen[-len(marker) :]
            if pair.drops_answers:
                self._drop_answer_to = None
        return data

    def _on_answered(self, pair: _Pair, data: bytes) -> bytes:
        if pair.drops_answers:
            seen = pair.answered_last + data
            pair.answered_last = seen[-len(READY_FOR_QUERY) :]
            if READY_FOR_QUERY in seen:
                self.struck += 1
                pair.cut()
            return b""
        if self._cut_after_answered_bytes is not None:
            self._cut_after_answered_bytes -= len(data)
            if self._cut_after_answered_bytes <= 0:
                self._cut_after_answered_bytes = None
                self.struck += 1
                self.cut_all()
        return data


@asynccontextmanager
async def proxy_to(upstream: Callable[[], str]) -> AsyncGenerator[Proxy]:
    """A proxy to the server whose address ``upstream`` tells; it is asked anew for each connection."""
    tasks: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(asyncio.CancelledError):
            await proxy.carry(reader, writer, upstream())
        tasks.discard(task)

    server = await asyncio.start_server(accept, "127.0.0.1")
    name = urlsplit(upstream()).path.removeprefix("/")
    proxy = Proxy(f"postgresql://pawline@127.0.0.1:{server.sockets[0].getsockname()[1]}/{name}")
    proxy.flow()
    try:
        yield proxy
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _socket_path(url: str) -> str:
    query = parse_qs(urlsplit(url).query)
    return f"{query['host'][0]}/.s.PGSQL.{query['port'][0]}"
