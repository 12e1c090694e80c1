"""A connection of one's own, for statements that come one after the other all day long."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from pawline.platform.errors import Unavailable

LONGEST_SECONDS = 5.0
# A plan made while the tables were small stays in use until the next ANALYZE, and reads far too much once they have grown.
PLANNED_ANEW_SECONDS = 2.0
_OPTIONS = "-c statement_timeout=10s -c lock_timeout=5s -c timezone=UTC -c jit=off"


class DedicatedConnection:
    """Outside the pool and without its bookkeeping: each statement is prepared once and is a transaction of its own.

    One caller at a time. A lost connection is Unavailable for that call and opened anew for the next one.
    """

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._planned_at = 0.0

    async def fetch(self, statement: str, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """Rows as named tuples. Raises Unavailable when the server is lost, psycopg.Error for what the statement does wrong."""
        try:
            # The server enforces its own limit; this one is for a server that is frozen, or a network that is silent.
            # The driver answers a first cancellation by asking the server to stop, and a second one by letting go at once.
            async with asyncio.timeout(LONGEST_SECONDS + 0.5), asyncio.timeout(LONGEST_SECONDS):
                if self._connection is None:
                    self._connection = await self._connect()
                await self._plan_anew_if_due(self._connection)
                cursor = await self._connection.execute(statement.encode(), parameters, prepare=True)
                return await cursor.fetchall()
        except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError) as error:
            await self.close()
            raise Unavailable from error

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                await connection.close()

    async def _plan_anew_if_due(self, connection: psycopg.AsyncConnection[Any]) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._planned_at > PLANNED_ANEW_SECONDS:
            self._planned_at = now
            await connection.execute(b"DISCARD PLANS", prepare=False)

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            row_factory=namedtuple_row,
            connect_timeout=5,
            application_name=self._name,
            options=_OPTIONS,
        )
