"""What the lines are measured on: one PostgreSQL, and the servers on it. Each is started when first asked for."""

import asyncio
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from bench.pgbench import prepare_drafts
from bench.processes import Server, free_port, running
from bench.seeding import QUICK, People, Reader, Sizes, fill_archive, fill_people
from pawline.platform.postgres import EmbeddedPostgres

SECRET = "for-measuring-on-this-machine-only-0123456789"


@dataclass(frozen=True, slots=True)
class Place:
    """A database with people in it, and the Pawline that serves it."""

    url: str
    people: People
    server: Server


class Stage:
    def __init__(self, folder: Path, *, runs: int, seconds: float, is_quick: bool) -> None:
        self.folder = folder
        self.runs = runs
        self.seconds = seconds
        self.sizes = QUICK if is_quick else Sizes()
        self._stack = AsyncExitStack()
        self._places: dict[str, Place] = {}
        self._servers: dict[str, Server] = {}
        self._reader: Reader | None = None
        self._url = ""

    async def __aenter__(self) -> Self:
        await self._stack.__aenter__()
        self._url = (await self._stack.enter_async_context(EmbeddedPostgres(self.folder / "postgres"))).url
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def empty(self) -> Place:
        """Nothing stored but who is there."""
        if "empty" not in self._places:
            url = await self._create_database("empty")
            people = await asyncio.to_thread(fill_people, url, self.sizes)
            await asyncio.to_thread(prepare_drafts, url, people)
            self._places["empty"] = Place(url, people, await self._stack.enter_async_context(self.pawline(url)))
        return self._places["empty"]

    async def full(self) -> tuple[Place, Reader]:
        """The same people at a practice with an archive."""
        if "full" not in self._places or self._reader is None:
            url = await self._create_database("full")
            people = await asyncio.to_thread(fill_people, url, self.sizes)
            self._reader = await asyncio.to_thread(fill_archive, url, self.sizes)
            self._places["full"] = Place(url, people, await self._stack.enter_async_context(self.pawline(url)))
        return self._places["full"], self._reader

    async def bare(self) -> Server:
        if "bare" not in self._servers:
            self._servers["bare"] = await self._stack.enter_async_context(self.bare_process())
        return self._servers["bare"]

    async def frame_limit(self) -> Server:
        if "frame_limit" not in self._servers:
            self._servers["frame_limit"] = await self._stack.enter_async_context(self._reference("bench.frame_limit"))
        return self._servers["frame_limit"]

    @property
    def postgres_pid(self) -> int:
        return int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0])

    def pawline(self, url: str) -> AbstractAsyncContextManager[Server]:
        """A web process of its own on a database."""
        port = free_port()
        return running("pawline", "web", port=port, env=self.env(port) | {"DATABASE_URL": url}, log=self.folder / "pawline.log")

    def env(self, port: int) -> dict[str, str]:
        return {
            "PAWLINE_DATA": str(self.folder / "data"),
            "PAWLINE_PORT": str(port),
            "PAWLINE_SECRET": SECRET,
            "PAWLINE_SMTP_URL": "smtp://127.0.0.1:9",
        }

    def bare_process(self) -> AbstractAsyncContextManager[Server]:
        """Its tables live in the server's first database, which is nobody else's."""
        return self._reference("bench.bare", self._url)

    def _reference(self, module: str, *arguments: str) -> AbstractAsyncContextManager[Server]:
        port = free_port()
        return running(module, str(port), *arguments, port=port, env={}, log=self.folder / "references.log")

    async def _create_database(self, name: str) -> str:
        async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
            await connection.execute(f"CREATE DATABASE bench_{name}".encode())
        return self._url.replace("/pawline?", f"/bench_{name}?")
