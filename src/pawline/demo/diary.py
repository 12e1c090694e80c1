"""Keeping the demo's schedule filled for as long as the demo stands."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from pawline.demo.schedule import book_days
from pawline.platform.db import Database

_LOOK_EVERY_SECONDS = 3600


@asynccontextmanager
async def diary_kept(database_url: str) -> AsyncGenerator[None]:
    """By the start of the block the days ahead are booked; inside it, days that come near are."""
    await _book(database_url)
    keeping = asyncio.create_task(_keep(database_url))
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def _keep(database_url: str) -> None:
    while True:
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        await _book(database_url)


async def _book(database_url: str) -> None:
    database = Database(database_url, connections=1)
    try:
        async with database.transaction() as uow:
            await book_days(uow)
    finally:
        await database.close()
