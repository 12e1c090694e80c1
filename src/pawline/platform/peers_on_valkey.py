"""Hints between processes over Valkey or Redis, by publish and subscribe alone: nothing is kept there.

Who listens is told by the channels that have a subscriber: each process has one in its name beside the one for all.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import psycopg
import structlog
from valkey.asyncio import ConnectionPool, Valkey
from valkey.exceptions import ValkeyError

from pawline.platform.errors import Unavailable

_ANSWERS_WITHIN_SECONDS = 3.0
_SILENT_SECONDS = 5.0
"""After so long without a word we ask whether the server is still there."""
_AGAIN_SECONDS = 0.5

_log = structlog.get_logger()


class ValkeyLine:
    """``channel`` names the installation: several may share a server. It may raise Unavailable, and is asked until it answers."""

    def __init__(self, url: str, channel: Callable[[], Awaitable[str]]) -> None:
        self._pool: Any = ConnectionPool.from_url(url, **_options_for(url))  # pyright: ignore[reportUnknownMemberType]
        self._client: Any = Valkey(connection_pool=self._pool)
        self._read_channel = channel
        self._known_channel: str | None = None
        self._is_lost = False

    async def send(self, payload: str) -> None:
        channel = await self._channel()
        async with _answering():
            await self._client.publish(channel, payload)

    async def listeners(self) -> frozenset[str]:
        prefix = f"{await self._channel()}:"
        async with _answering():
            names: list[bytes] = await self._client.pubsub_channels(f"{prefix}*")
        return frozenset(name.decode().removeprefix(prefix) for name in names)

    async def listen(self, name: str, *, hear: Callable[[str], None], begin: Callable[[], None]) -> None:
        while True:
            try:
                channel = await self._channel()
                with _lost_server_is_unavailable():
                    async with self._subscribed(channel, f"{channel}:{name}") as connection:
                        self._is_back()
                        begin()
                        await _hear_all(connection, hear)
            except Unavailable as error:
                self._report(error)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def close(self) -> None:
        with suppress(Unavailable):
            async with _answering():
                await self._pool.disconnect()

    @asynccontextmanager
    async def _subscribed(self, *channels: str) -> AsyncGenerator[Any]:
        # The pool's own subscriptions come back by themselves after a loss, and nobody would hear that there was one.
        connection = self._pool.make_connection()
        try:
            async with _answering():
                await connection.connect()
                await connection.send_command("SUBSCRIBE", *channels)
                for _ in channels:
                    await connection.read_response()
            yield connection
        finally:
            await connection.disconnect(nowait=True)

    async def _channel(self) -> str:
        if self._known_channel is None:
            self._known_channel = await self._read_channel()
        return self._known_channel

    def _is_back(self) -> None:
        if self._is_lost:
            _log.info("valkey_is_back")
        self._is_lost = False

    def _report(self, error: Unavailable) -> None:
        if not self._is_lost:
            _log.warning("valkey_lost", error=type(error.__cause__).__name__)
        self._is_lost = True


def _options_for(url: str) -> dict[str, Any]:
    # Its own timeouts rest on asyncio.wait_for, which before Python 3.12 may swallow being cancelled.
    options: dict[str, Any] = {"socket_timeout": None, "socket_connect_timeout": None}
    if urlsplit(url).scheme in ("rediss", "valkeys"):
        options["ssl_check_hostname"] = True  # it would take anybody's valid certificate
    return options


async def channel_of(database_url: str) -> str:
    """The same for all processes on one database, by whatever address they know it, and for no other database."""
    try:
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True, connect_timeout=5) as connection:
            row = await (await connection.execute(_IDENTITY)).fetchone()
    except psycopg.Error as error:
        raise Unavailable from error
    assert row is not None  # noqa: S101 - there is one current database
    return f"pawline:{row[0]}"


async def try_out(url: str) -> None:
    """Send something to ourselves. Raises Unavailable."""
    name = f"pawline:trial:{token_hex(8)}"

    async def channel() -> str:
        return name

    line = ValkeyLine(url, channel)
    try:
        await line.listeners()
        await _send_to_oneself(line)
    finally:
        await line.close()


async def _send_to_oneself(line: ValkeyLine) -> None:
    is_there, came = asyncio.Event(), asyncio.Event()
    listening = asyncio.create_task(line.listen("self", hear=lambda _: came.set(), begin=is_there.set))
    try:
        async with asyncio.timeout(2 * _ANSWERS_WITHIN_SECONDS):
            await is_there.wait()
            await line.send("trial")
            await came.wait()
            if "self" not in await line.listeners():
                raise Unavailable
    except TimeoutError as error:
        raise Unavailable from error
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


async def _hear_all(connection: Any, hear: Callable[[str], None]) -> None:
    is_asked = False
    while True:
        said = await connection.read_response(timeout=_SILENT_SECONDS, disconnect_on_error=False)
        if said is None and is_asked:
            raise TimeoutError
        is_asked = said is None
        if said is None:
            await connection.send_command("PING")
        elif said[0] == b"message":
            hear(said[2].decode())


@asynccontextmanager
async def _answering() -> AsyncGenerator[None]:
    with _lost_server_is_unavailable():
        async with asyncio.timeout(_ANSWERS_WITHIN_SECONDS):
            yield


@contextmanager
def _lost_server_is_unavailable() -> Generator[None]:
    try:
        yield
    except (ValkeyError, OSError, TimeoutError) as error:
        raise Unavailable from error


_IDENTITY = (
    "SELECT system_identifier::text || '.' || oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
)
