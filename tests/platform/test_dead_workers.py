"""Jobs whose worker died while it was at them, on a database of their own."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from procrastinate import App, PsycopgConnector
from sqlalchemy import text

from pawline.cli.checks import CheckFailed
from pawline.cli.database_checks import check_jobs
from pawline.platform.db import Database
from pawline.platform.health import Watch
from pawline.platform.job_queue import retry_failed
from pawline.platform.jobs import MOST_CLAIMS, defer, take_over_stalled
from tests.demo.scratch import Scratch, new_scratch

STATES = "SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id"
CLAIMED_BY_THE_DEAD = text("""
WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id)
UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead) WHERE task_name = :name AND status = 'todo'
""")


class Queue:
    """``kill_worker_of``: a worker takes up the jobs of this name and dies, and another one notices."""

    def __init__(self, scratch: Scratch, app: App, database: Database) -> None:
        self.scratch = scratch
        self.database = database
        self._app = app

    async def kill_worker_of(self, name: str, *, times: int = 1) -> None:
        for _ in range(times):
            async with self.database.transaction() as uow:
                await uow.execute(CLAIMED_BY_THE_DEAD, {"name": name})
            await take_over_stalled(self._app)

    async def states(self) -> list[tuple[str, str, int]]:
        return [(name, status, attempts) for name, status, attempts in await self.scratch.rows(STATES)]


@pytest.fixture
async def queue(database_url: str, place: Path) -> AsyncGenerator[Queue]:
    scratch = await new_scratch(database_url, place)
    database = Database(scratch.url, connections=1)
    async with database.transaction() as uow:
        for name in ("kills", "waits"):
            await defer(uow, name)
    app = App(connector=PsycopgConnector(conninfo=scratch.url, min_size=1, max_size=1))
    async with app.open_async():
        yield Queue(scratch, app, database)
    await database.close()


async def test_a_job_that_kills_its_workers_is_given_up_and_the_others_go_on(queue: Queue) -> None:
    """F-43: at most 8 claims; under `pawline serve` each of them ends the whole product."""
    await queue.kill_worker_of("kills", times=MOST_CLAIMS - 1)
    before = await queue.states()
    await queue.kill_worker_of("kills")
    given_up = await queue.states()
    await queue.kill_worker_of("kills")

    assert 8 == MOST_CLAIMS
    assert [("kills", "todo", MOST_CLAIMS - 1), ("waits", "todo", 0)] == before
    assert [("kills", "failed", MOST_CLAIMS), ("waits", "todo", 0)] == given_up == await queue.states()


async def test_jobs_of_a_worker_that_died_again_do_not_come_back_together(queue: Queue) -> None:
    """F-43: whatever is done beside the job that kills gets its turn before it."""
    waiting = "SELECT count(DISTINCT scheduled_at) FROM procrastinate_jobs WHERE scheduled_at > now()"
    await queue.kill_worker_of("kills")
    first = await queue.scratch.value(waiting)
    for name in ("kills", "waits", "waits"):
        await queue.kill_worker_of(name)

    assert 0 == first
    assert 2 == await queue.scratch.value(waiting)


async def test_what_was_given_up_is_told_and_queued_once_more(queue: Queue) -> None:
    """F-43: the person who runs it sees it, and one command is enough."""
    watch = Watch(queue.scratch.url)
    fine = await check_jobs(queue.scratch.url)
    await queue.kill_worker_of("kills", times=MOST_CLAIMS)
    with pytest.raises(CheckFailed, match=r"kills \(1\).*pawline jobs retry"):
        await check_jobs(queue.scratch.url)
    failed = (await watch.look()).failed
    async with queue.database.transaction() as uow:
        count = await retry_failed(uow)
    await watch.close()

    assert "none was given up" == fine
    assert (1, 1) == (failed, count)
    assert [("kills", "todo", 0), ("waits", "todo", 0)] == await queue.states()
