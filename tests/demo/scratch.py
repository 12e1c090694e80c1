"""Databases of our own for the tests of the demo: a fill needs an empty one, and commits."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from pawline.demo.fill import fill_demo
from pawline.platform.clock import set_clock
from pawline.platform.migrate import upgrade
from pawline.platform.settings import Settings

START = datetime(2026, 11, 21, 15, 30, 20, tzinfo=UTC)
_numbers = count(1)


@dataclass(frozen=True)
class Scratch:
    """One migrated database, and a folder for the files."""

    settings: Settings
    url: str

    async def fill(self) -> None:
        set_clock(lambda: START)
        try:
            await fill_demo(self.settings, self.url)
        finally:
            set_clock(None)

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
            return await (await connection.execute(query.encode())).fetchall()

    async def value(self, query: str) -> Any:
        return (await self.rows(query))[0][0]

    async def count(self, table: str, where: str = "true") -> int:
        return await self.value(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608 - the words are the tests' own


async def new_scratch(server_url: str, place: Path) -> Scratch:
    name = f"demo_{next(_numbers)}"
    async with await psycopg.AsyncConnection.connect(server_url, autocommit=True) as connection:
        await connection.execute(f"CREATE DATABASE {name}".encode())
    url = urlsplit(server_url)._replace(path=f"/{name}").geturl()
    await asyncio.to_thread(upgrade, url)
    return Scratch(Settings.from_env({"PAWLINE_DATA": str(place / name), "PAWLINE_DEMO": "1"}), url)
