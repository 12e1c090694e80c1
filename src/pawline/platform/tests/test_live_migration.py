"""Migrating a database in which the previous release goes on working."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from alembic import command

from pawline.platform.migrate import build_config, upgrade
from pawline.platform.schema_state import DatabaseUnusable, SchemaState, connected, schema_state

BEFORE = "duty"  # the last migration before indexes were built beside the traffic
MESSAGE = """
INSERT INTO message (practice_id, id, thread_id, conversation_id, seq, revision, client_id, request_hash, author_id, author_name,
  author_kind, kind, channel, body, has_attachments, created_at)
SELECT practice, gen_random_uuid(), practice, practice, coalesce(max(seq), 0) + number, 1, gen_random_uuid(), '', practice,
  'Olive', 'contact', 'text', 'app', 'Pixel is well.', false, now()
FROM (SELECT '01990000-0000-7000-8000-000000000000'::uuid AS practice) AS one CROSS JOIN generate_series(1, %s) AS number
LEFT JOIN message ON practice_id = practice
GROUP BY practice, number
"""
WAITING = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE %s AND pid <> pg_backend_pid()
"""
BREAK_OFF = f"SELECT pg_terminate_backend(pid) FROM ({WAITING}) AS migrating"  # noqa: S608 - the words are the tests' own
UNFINISHED = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR indexrelid::regclass::text LIKE '%%\\_new'"
DEFINITION = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_message_created'"
_numbers = count(1)


@pytest.fixture(scope="module")
async def model(database_url: str) -> str:
    """The name of a database of the release before, with ten thousand messages."""
    await _rows(database_url, "CREATE DATABASE live_model")
    url = _url_of(database_url, "live_model")
    await asyncio.to_thread(_migrate_to_the_release_before, url)
    await _write(url, messages=10_000)
    return "live_model"


@pytest.fixture
async def url(database_url: str, model: str) -> str:
    name = f"live_{next(_numbers)}"
    await _rows(database_url, f"CREATE DATABASE {name} TEMPLATE {model}")
    return _url_of(database_url, name)


@pytest.mark.parametrize(
    ("isolation", "table", "statement"),
    [
        pytest.param("REPEATABLE READ", "message", "CREATE INDEX CONCURRENTLY", id="while_it_builds"),
        pytest.param("READ COMMITTED", "message", "DROP INDEX CONCURRENTLY", id="while_it_drops"),
        pytest.param("READ COMMITTED", "pet", "ALTER TABLE pet", id="while_it_adds_a_column"),
    ],
)
async def test_a_migration_that_waits_for_a_reader_stops_nobody_else(
    url: str, isolation: str, table: str, statement: str
) -> None:
    """F-53: with one long reader open, others read and write on; of two that migrate at once both end well."""
    async with _open_reader(url, isolation, table):
        migrations = asyncio.gather(*(asyncio.to_thread(upgrade, url) for _ in range(2)))
        await _until_waiting(url, statement)
        await _read_and_write(url, table)
        assert not migrations.done()
    await migrations

    assert SchemaState.CURRENT is schema_state(url)
    assert [] == await _rows(url, UNFINISHED)
    assert "INCLUDE (thread_id)" in (await _rows(url, DEFINITION))[0][0]


async def test_no_step_keeps_writers_waiting_for_a_second(url: str) -> None:
    """F-53, P-15: one migration after the other, while messages are written without a pause."""
    migration = asyncio.create_task(asyncio.to_thread(upgrade, url))
    written = 0
    while not migration.done():
        await _write(url, messages=1, patience="1s")
        written += 1
    await migration

    assert written > 1
    assert SchemaState.CURRENT is schema_state(url)


@pytest.mark.parametrize("statement", ["CREATE INDEX CONCURRENTLY", "DROP INDEX CONCURRENTLY"])
async def test_a_migration_that_was_broken_off_can_be_repeated(url: str, statement: str) -> None:
    """F-53: what it left behind is in nobody's way."""
    isolation = "REPEATABLE READ" if statement.startswith("CREATE") else "READ COMMITTED"
    async with _open_reader(url, isolation, "message"):
        migration = asyncio.create_task(asyncio.to_thread(upgrade, url))
        await _until_waiting(url, statement)
        await _rows(url, BREAK_OFF, f"%{statement}%")
        with pytest.raises(DatabaseUnusable):
            await migration
        left = await _rows(url, UNFINISHED)
    await asyncio.to_thread(upgrade, url)

    assert ("ix_message_created_new",) in left
    assert SchemaState.CURRENT is schema_state(url)
    assert [] == await _rows(url, UNFINISHED)
    assert "INCLUDE (thread_id)" in (await _rows(url, DEFINITION))[0][0]


def _url_of(server_url: str, name: str) -> str:
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


def _migrate_to_the_release_before(url: str) -> None:
    config = build_config()
    with connected(url) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        connection.commit()


@asynccontextmanager
async def _open_reader(url: str, isolation: str, table: str) -> AsyncGenerator[None]:
    async with await psycopg.AsyncConnection.connect(url) as reader:
        await reader.execute(f"SET TRANSACTION ISOLATION LEVEL {isolation}".encode())
        await reader.execute(f"SELECT count(*) FROM {table}".encode())  # noqa: S608 - the words are the tests' own
        yield


async def _until_waiting(url: str, statement: str) -> None:
    async with asyncio.timeout(60):
        while not await _rows(url, WAITING, f"%{statement}%"):  # noqa: ASYNC110 - PostgreSQL tells nobody
            await asyncio.sleep(0.05)


async def _read_and_write(url: str, table: str) -> None:
    """Fails where it would have to wait until the reader ends."""
    await _rows(url, f"SELECT count(*) FROM {table}")  # noqa: S608 - the words are the tests' own
    await _rows(url, f"DELETE FROM {table} WHERE false")  # noqa: S608 - the words are the tests' own
    await _write(url, messages=1)


async def _write(url: str, *, messages: int, patience: str = "4s") -> None:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        # Without the rows that a message refers to.
        await connection.execute("SET session_replication_role = replica")
        await connection.execute("SELECT set_config('lock_timeout', %s, false)", [patience])
        await connection.execute(MESSAGE.encode(), [messages])


async def _rows(url: str, query: str, *values: str) -> list[tuple[Any, ...]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SET lock_timeout = '4s'")
        cursor = await connection.execute(query.encode(), values)
        return await cursor.fetchall() if cursor.description else []
