"""Jobs on a database of their own, for a worker takes whatever it finds."""

import asyncio
from contextlib import suppress
from pathlib import Path

from pawline.platform.db import Database
from pawline.platform.jobs import SOMEBODY_WAITS, defer, work
from tests.demo.scratch import new_scratch


async def test_what_somebody_waits_for_goes_first(database_url: str, place: Path) -> None:
    """A code to sign in with does not queue behind the pictures of a busy morning."""
    scratch = await new_scratch(database_url, place)
    begun: list[str] = []
    both = asyncio.Event()

    async def run(name: str) -> None:
        begun.append(name)
        if len(begun) == 2:
            both.set()

    database = Database(scratch.url, connections=1)
    async with database.transaction() as uow:
        await defer(uow, "job", name="picture")
        await defer(uow, "job", priority=SOMEBODY_WAITS, name="code")
    worker = asyncio.create_task(work(scratch.url, {"job": run}, periodic={}))
    async with asyncio.timeout(60):
        await both.wait()
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker
    await database.close()

    assert ["code", "picture"] == begun
