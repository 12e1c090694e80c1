"""Open screens are told to ask again when a commit may have happened unheard, and for nothing less."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from pawline.platform.db import Database, Hint, UnitOfWork
from pawline.platform.errors import LockTaken, Unavailable

HINT = Hint.access(uuid4(), uuid4())
# Held up by whoever holds the lock, and not before COMMIT: the trigger is deferred.
SLOW_COMMIT = (
    "CREATE TEMP TABLE held (id int)",
    """CREATE FUNCTION pg_temp.hold() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(8); RETURN NULL; END $$""",
    """CREATE CONSTRAINT TRIGGER held AFTER INSERT ON held DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION pg_temp.hold()""",
)
UNTIL_HELD_UP = """
DO $$ BEGIN
    WHILE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 8 AND NOT granted) LOOP
        PERFORM pg_sleep(0.01);
    END LOOP;
END $$"""

Act = Callable[[UnitOfWork], Awaitable[object]]


class Told:
    def __init__(self) -> None:
        self.hints: list[Hint] = []
        self.doubts = 0

    def doubt(self) -> None:
        self.doubts += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def database(database_url: str, told: Told) -> AsyncGenerator[Database]:
    database = Database(database_url, connections=1)
    database.publish_with(told.hints.append, told.doubt)
    yield database
    await database.close()


async def transact(database: Database, *acts: Act) -> None:
    async with database.transaction() as uow:
        uow.emit(HINT)
        for act in acts:
            await act(uow)


def does(statement: str) -> Act:
    return lambda uow: uow.execute(text(statement))


async def lose_connection(uow: UnitOfWork) -> None:
    pid = (await uow.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    url = uow.connection.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as other:
        await other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


async def refuse(_: UnitOfWork) -> None:
    raise Unavailable("Others are writing here at this moment. Please try again.")


async def test_a_lost_answer_to_commit_is_doubted(database: Database, told: Told) -> None:
    """F-20"""
    with pytest.raises(Unavailable):
        await transact(database, lose_connection)

    assert (1, []) == (told.doubts, told.hints)


async def test_whoever_is_cancelled_while_committing_leaves_a_doubt(database: Database, told: Told) -> None:
    """F-20"""
    await transact(database, *(does(statement) for statement in SLOW_COMMIT))
    async with await psycopg.AsyncConnection.connect(database.url) as holder:
        await holder.execute("SELECT pg_advisory_xact_lock(8)")
        inserting = asyncio.create_task(transact(database, does("INSERT INTO held VALUES (1)")))
        await holder.execute(UNTIL_HELD_UP)
        inserting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await inserting

    assert (1, [HINT]) == (told.doubts, told.hints)


async def test_a_connection_lost_before_commit_is_not_doubted(database: Database, told: Told) -> None:
    """F-21, F-35: nothing can have been committed."""
    with pytest.raises(Unavailable):
        await transact(database, lose_connection, does("SELECT 1"))

    assert 0 == told.doubts


async def test_waiting_in_vain_for_a_connection_is_not_doubted(
    database: Database, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F-21: under overload everybody would be told to ask at once."""
    monkeypatch.setattr(database.engine.pool, "_timeout", 0.05)
    async with database.transaction():
        with pytest.raises(Unavailable):
            await transact(database)

    assert 0 == told.doubts


async def test_a_server_that_is_not_there_is_not_doubted(told: Told) -> None:
    """F-21"""
    away = Database("postgresql://nobody@127.0.0.1:9/none", connections=1)
    away.publish_with(told.hints.append, told.doubt)
    with pytest.raises(Unavailable):
        await transact(away)
    await away.close()

    assert 0 == told.doubts


async def test_a_lock_that_somebody_else_holds_is_not_doubted(database: Database, told: Told) -> None:
    """F-21"""
    async with await psycopg.AsyncConnection.connect(database.url) as holder:
        await holder.execute("SELECT pg_advisory_xact_lock(7)")
        with pytest.raises(LockTaken):
            await transact(database, does("SET LOCAL lock_timeout = '10ms'"), does("SELECT pg_advisory_xact_lock(7)"))

    assert 0 == told.doubts


async def test_a_refusal_of_our_own_is_not_doubted(database: Database, told: Told) -> None:
    """F-21: it says that nothing was stored."""
    with pytest.raises(Unavailable):
        await transact(database, refuse)

    assert 0 == told.doubts
