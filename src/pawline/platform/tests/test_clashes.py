"""A request in whose way another transaction was runs again by itself, on PostgreSQL and through the framework."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import psycopg
import pytest
from litestar import Litestar, Request, post
from sqlalchemy import text

from pawline.platform.clashes import MOST_TRIES
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.errors import Unavailable
from pawline.platform.problems import EXCEPTION_HANDLERS
from pawline.platform.request_course import COURSE_HANDLERS, RequestCourse

LOCK = "SELECT pg_advisory_xact_lock(%s)"
WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted)"
REFUSAL = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"
A, B = 71, 72

Act = Callable[[Database, int], Awaitable[None]]


@dataclass(slots=True)
class Desk:
    """One route, ``POST /``, which does ``act``; ``bodies``: what each of its runs was sent."""

    database: Database
    client: httpx.AsyncClient
    act: Act | None = None
    bodies: list[Any] = field(default_factory=list[Any])

    async def post(self, act: Act) -> httpx.Response:
        self.act = act
        return await self.client.post("http://desk/", json={"pet": "Pixel"})


@pytest.fixture
async def desk(database_url: str) -> AsyncGenerator[Desk]:
    @post("/")
    async def run(request: Request[Any, Any, Any]) -> dict[str, int]:
        desk.bodies.append(await request.json())
        assert desk.act is not None
        await desk.act(desk.database, len(desk.bodies))
        return {"runs": len(desk.bodies)}

    app = Litestar(
        [run],
        middleware=[RequestCourse()],
        exception_handlers={**EXCEPTION_HANDLERS, **COURSE_HANDLERS},
        openapi_config=None,
        logging_config=None,
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cast("Any", app))) as client:
        desk = Desk(Database(database_url, connections=2), client)
        yield desk
        await desk.database.close()


async def test_a_deadlock_of_two_sessions_ends_well_for_both(desk: Desk, database_url: str) -> None:
    """F-22: PostgreSQL ends one of them, and its request runs again."""

    async def crossing(database: Database, run: int) -> None:
        async with database.transaction() as uow:
            await _lock(uow, A)
            if run == 1:
                a_is_held.set()
                await _until(watching, WAITS, A)
            await _lock(uow, B)

    a_is_held = asyncio.Event()
    async with _session(database_url) as other, _session(database_url) as watching:
        await other.execute("SET deadlock_timeout = '30s'")  # so that it is the request that finds out, and is ended
        await other.execute("BEGIN")
        await other.execute(LOCK, [B])
        asking = asyncio.create_task(desk.post(crossing))
        await a_is_held.wait()
        await other.execute(LOCK, [A])
        await other.execute("COMMIT")
        answer = await asking

    assert (201, {"runs": 2}) == (answer.status_code, answer.json())
    assert [{"pet": "Pixel"}] * 2 == desk.bodies


async def test_a_serialization_failure_is_tried_again_three_times_at_most(desk: Desk) -> None:
    """F-22: then it is a 503 with Retry-After, never a 500."""

    async def refused(database: Database, _: int) -> None:
        async with database.transaction() as uow:
            await uow.execute(text(REFUSAL))

    answer = await desk.post(refused)

    assert (503, "2", MOST_TRIES) == (answer.status_code, answer.headers["Retry-After"], len(desk.bodies))
    assert "Please try again" in answer.json()["detail"]


async def test_a_request_of_which_something_is_committed_does_not_run_again(desk: Desk) -> None:
    """F-22: its first half would be done twice."""

    async def half(database: Database, _: int) -> None:
        async with database.transaction():
            pass
        async with database.transaction() as uow:
            await uow.execute(text(REFUSAL))

    assert 503 == (await desk.post(half)).status_code
    assert 1 == len(desk.bodies)


async def test_a_lock_that_somebody_holds_for_a_while_is_waited_for(desk: Desk, database_url: str) -> None:
    """F-22: longer than the lock timeout, which is short here."""

    async def locking(database: Database, run: int) -> None:
        if run == 2:
            await holder.execute("COMMIT")
        async with database.transaction() as uow:
            await uow.execute(text("SET LOCAL lock_timeout = '20ms'"))
            await _lock(uow, A)

    async with _session(database_url) as holder:
        await holder.execute("BEGIN")
        await holder.execute(LOCK, [A])
        answer = await desk.post(locking)

    assert (201, {"runs": 2}) == (answer.status_code, answer.json())


async def test_single_statements_of_the_busy_paths_run_again_too(database_url: str) -> None:
    """F-22: posts and sessions have connections of their own."""
    connection = DedicatedConnection(database_url, "clashes", options="-c lock_timeout=20ms")
    statement = LOCK.replace("%s", "%(key)s")
    async with _session(database_url) as holder:
        await holder.execute("BEGIN")
        await holder.execute(LOCK, [A])
        with pytest.raises(Unavailable):
            await connection.fetch(statement, {"key": A})
        fetching = asyncio.create_task(connection.fetch(statement, {"key": A}))
        await _until(holder, WAITS, A)
        await holder.execute("COMMIT")

        assert 1 == len(await fetching)
    await connection.close()


async def _lock(uow: UnitOfWork, key: int) -> None:
    await uow.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


@asynccontextmanager
async def _session(url: str) -> AsyncGenerator[psycopg.AsyncConnection[Any]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        yield connection


async def _until(connection: psycopg.AsyncConnection[Any], query: str, key: int) -> None:
    async with asyncio.timeout(30):
        while not (await (await connection.execute(query.encode(), [key])).fetchall())[0][0]:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
