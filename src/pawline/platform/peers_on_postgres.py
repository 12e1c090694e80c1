"""Hints between processes over the database: NOTIFY, and who listens by the names of connections."""

from collections.abc import Callable
from typing import Any

import psycopg

from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.listening import NOTIFY, Ear, listen

CHANNEL = "pawline_live"
NAME = "pawline live "


class PostgresLine:
    """The connections are their owner's, who uses neither for anything else at the same time."""

    def __init__(self, url: str, *, sender: DedicatedConnection, looking: DedicatedConnection) -> None:
        self._url = url
        self._sender = sender
        self._looking = looking

    async def send(self, payload: str) -> None:
        await self._sender.fetch(NOTIFY, {"channel": CHANNEL, "payload": payload})

    async def listeners(self) -> frozenset[str]:
        rows = await self._looking.fetch(_LISTENERS, {"names": NAME + "%"})
        return frozenset(row.application_name.removeprefix(NAME) for row in rows)

    async def listen(self, name: str, *, hear: Callable[[str], None], begin: Callable[[], None]) -> None:
        async def begin_on(_: psycopg.AsyncConnection[Any]) -> None:
            begin()

        await listen(self._url, Ear(channel=CHANNEL, name=NAME + name, hear=hear, begin=begin_on))

    async def close(self) -> None:
        """Nothing here is its own."""


_LISTENERS = (
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE %(names)s"
)
