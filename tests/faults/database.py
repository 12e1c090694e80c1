"""One durable server for all tests of this folder, and a fresh copy of the cast for each test."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from pawline.platform.migrate import upgrade
from pawline.platform.postgres import EmbeddedPostgres
from pawline.platform.postgres.leftovers import cluster_name
from tests.faults.cast import Cast, make_cast

MODEL = "cast_model"


class DatabaseServer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.embedded = EmbeddedPostgres(folder)
        self.cast: Cast | None = None
        self._names = (f"scratch_{number}" for number in count(1))

    async def make_model(self) -> None:
        await self._order(f"CREATE DATABASE {MODEL}")
        await asyncio.to_thread(upgrade, self.url_of(MODEL))
        self.cast = await make_cast(self.url_of(MODEL))

    async def copy_model(self) -> str:
        """The name of a new database with the cast in it."""
        name = next(self._names)
        await self._order(f"CREATE DATABASE {name} TEMPLATE {MODEL}")
        return name

    def url_of(self, name: str) -> str:
        return urlsplit(self.embedded.url)._replace(path=f"/{name}").geturl()

    def crash(self) -> None:
        """An immediate stop: no checkpoint, no goodbye. Whoever runs the server starts it again."""
        os.kill(self.postmaster, signal.SIGQUIT)

    @property
    def postmaster(self) -> int:
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    @property
    def processes(self) -> list[int]:
        """The postmaster first, then whatever works for it."""
        found: set[int] = set()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if cluster_name(self.folder).encode() in (process / "cmdline").read_bytes():
                    found.add(int(process.name))
        return [self.postmaster, *sorted(found - {self.postmaster})]

    async def _order(self, statement: str) -> None:
        await rows_of(self.embedded.url, statement)


async def rows_of(url: str, statement: str) -> list[tuple[Any, ...]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(statement.encode())
        return await cursor.fetchall() if cursor.description else []


@asynccontextmanager
async def database_server() -> AsyncGenerator[DatabaseServer]:
    with tempfile.TemporaryDirectory(prefix="pawline-test-") as place:
        Path(place).chmod(0o755)
        server = DatabaseServer(Path(place) / "postgres")
        async with server.embedded:
            await server.make_model()
            yield server
