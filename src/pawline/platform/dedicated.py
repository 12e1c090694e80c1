"""A connection of one's own, for statements that come one after the other all day long."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg

from pawline.platform.clashes import CLASHES, MOST_TRIES, pause_after
from pawline.platform.errors import Clash, Unavailable
from pawline.platform.prepared import PreparedStatements

LONGEST_SECONDS = 5.0
# A plan made while the tables were small stays in use until the next ANALYZE, and reads far too much once they have grown.
PLANNED_ANEW_SECONDS = 2.0
_OPTIONS = "-c statement_timeout=10s -c lock_timeout=1s -c timezone=UTC -c jit=off"


class DedicatedConnection:
    """Outside the pool and without its bookkeeping: each statement is prepared once and is a transaction of its own.

    One caller at a time. A lost connection is Unavailable for that call and opened anew for the next one.
    """

    def __init__(self, url: str, name: str, *, options: str = "") -> None:
        self._url = url
        self._name = name
        self._options = f"{_OPTIONS} {options}"
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._statements: PreparedStatements | None = None
        self._planned_at = 0.0

    async def fetch(self, statement: str, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """Rows with a field for each column. Where another transaction is in the way, the statement is run again.

        Raises:
            Unavailable: the server is lost, or the other one stays in the way.
            psycopg.Error: the statement is wrong.
        """
        tries = 0
        while True:
            tries += 1
            try:
                return await self._fetch(statement, parameters)
            except Clash as clash:
                if tries == MOST_TRIES:
                    raise Unavailable(clash.detail) from clash
            await pause_after(tries)

    async def _fetch(self, statement: str, parameters: Mapping[str, Any]) -> Sequence[Any]:
        try:
            statements = self._statements or await self._open()
            await self._plan_anew_if_due(statements)
            return await statements.fetch(statement, parameters)
        except CLASHES as error:
            raise Clash from error
        except (psycopg.OperationalError, psycopg.InterfaceError, TimeoutError) as error:
            if isinstance(error, TimeoutError):
                await self._cancel()
            await self.close()
            raise Unavailable from error
        except asyncio.CancelledError:
            await self.close()  # an answer is still on its way that must not pass for that of the next statement
            raise

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        statements, self._statements = self._statements, None
        if statements is not None:
            statements.close()
        if connection is not None:
            with suppress(psycopg.Error):
                await connection.close()

    async def _plan_anew_if_due(self, statements: PreparedStatements) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._planned_at > PLANNED_ANEW_SECONDS:
            self._planned_at = now
            await statements.discard_plans()

    async def _cancel(self) -> None:
        """Ask the server to stop, so that what nobody waits for any more is not done after all."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                await self._connection.cancel_safe(timeout=0.5)

    async def _open(self) -> PreparedStatements:
        # The server enforces its own limits; these are for a server that is frozen, or a network that is silent.
        async with asyncio.timeout(LONGEST_SECONDS):
            self._connection = await self._connect()
        self._statements = PreparedStatements(self._connection, longest_seconds=LONGEST_SECONDS)
        return self._statements

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=5,
            application_name=self._name,
            options=self._options,
        )
