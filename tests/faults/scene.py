"""What a test has at hand: the cast on a database of its own, web processes, and everybody's programs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.faults.cast import Cast, SignedIn
from tests.faults.client import Client
from tests.faults.database import DatabaseServer, rows_of
from tests.faults.web import WebProcess


@dataclass(slots=True)
class Scene:
    server: DatabaseServer
    database_name: str
    cast: Cast
    folder: Path
    thread: UUID = field(init=False)
    empty_threads: Iterator[UUID] = field(init=False)
    _webs: list[WebProcess] = field(default_factory=list[WebProcess])
    _clients: list[Client] = field(default_factory=list[Client])

    def __post_init__(self) -> None:
        self.empty_threads = iter(self.cast.threads)

    @property
    def url(self) -> str:
        return self.server.url_of(self.database_name)

    async def start_web(self, database_url: str | None = None, settings: Mapping[str, str] | None = None) -> WebProcess:
        web = WebProcess(database_url or self.url, self.folder, settings)
        self._webs.append(web)
        await web.start()
        return web

    def client(self, web: WebProcess, person: SignedIn | None = None) -> Client:
        """A connection of its own; ``person`` None is Olive."""
        client = Client(web.port, person or self.cast.olive)
        self._clients.append(client)
        return client

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        return await rows_of(self.url, query)

    async def bodies(self) -> list[str]:
        """What is stored in the thread, in order."""
        return [row[0] for row in await self.rows(f"SELECT body FROM message WHERE thread_id = '{self.thread}' ORDER BY seq")]  # noqa: S608

    async def end(self) -> None:
        for client in self._clients:
            client.close()
        for web in self._webs:
            await web.stop()
