"""A connection that answers in time or is lost."""

import asyncio
from typing import Any

import psycopg

LONGEST_SECONDS = 9.0


class BoundedConnection(psycopg.AsyncConnection[Any]):
    """No round trip takes longer. The server enforces its own limits; this one is for a server that is frozen or silent."""

    async def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
        clock = asyncio.get_running_loop()
        began = clock.time()
        try:
            return await super().wait(gen, *args, **{"timeout": LONGEST_SECONDS, **options})
        except psycopg.OperationalError:
            if clock.time() - began >= LONGEST_SECONDS:
                self.pgconn.finish()  # an orderly end would wait for the same silent server
            raise
