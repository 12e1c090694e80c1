import asyncio
from datetime import UTC, datetime

import psycopg
import pytest

from pawline.platform import dedicated
from pawline.platform.dedicated import DedicatedConnection
from pawline.platform.errors import Unavailable
from tests.product import Product

NAME = "pawline test of dedicated"
ECHO = "SELECT CAST(%(text)s AS text) AS said, length(%(text)s) AS many, CAST(%(at)s AS timestamptz) AS at, %(ids)s::int[] AS ids"
WHO_IS_ACTIVE = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %(name)s AND state = 'active'"


@pytest.fixture
async def connection(product: Product) -> DedicatedConnection:
    return DedicatedConnection(product.database.url, NAME)


async def test_rows_have_a_field_for_each_column(connection: DedicatedConnection) -> None:
    at = datetime(2026, 5, 30, 14, tzinfo=UTC)

    for said in ("Pixel", "50 % of it", ""):
        (row,) = await connection.fetch(ECHO, {"text": said, "at": at, "ids": [1, 2]})
        assert (said, len(said), at, [1, 2]) == (row.said, row.many, row.at, row.ids)
    await connection.close()


async def test_what_no_socket_takes_at_once_arrives_whole(connection: DedicatedConnection) -> None:
    text = "x" * 20_000_000
    (row,) = await connection.fetch(ECHO, {"text": text, "at": None, "ids": []})
    await connection.close()

    assert text == row.said


async def test_a_wrong_statement_spoils_nothing_but_itself(connection: DedicatedConnection) -> None:
    await connection.fetch("SELECT 1 AS one", {})
    with pytest.raises(psycopg.errors.DivisionByZero):
        await connection.fetch("SELECT 1 / CAST(%(zero)s AS int) AS none", {"zero": 0})
    with pytest.raises(psycopg.errors.UndefinedTable):
        await connection.fetch("SELECT FROM nowhere", {})

    assert [1] == [row.one for row in await connection.fetch("SELECT 1 AS one", {})]
    await connection.close()


async def test_a_lost_connection_is_opened_anew_for_the_next_statement(connection: DedicatedConnection) -> None:
    with pytest.raises(Unavailable):
        await connection.fetch("SELECT pg_terminate_backend(pg_backend_pid())", {})

    assert [1] == [row.one for row in await connection.fetch("SELECT 1 AS one", {})]
    await connection.close()


async def test_a_connection_lost_meanwhile_is_unavailable_once(connection: DedicatedConnection, product: Product) -> None:
    await connection.fetch("SELECT 1 AS one", {})
    other = DedicatedConnection(product.database.url, "pawline test of another")
    end = "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE application_name = %(name)s"
    await other.fetch(end, {"name": NAME})
    await other.close()
    with pytest.raises(Unavailable):
        await connection.fetch("SELECT 1 AS one", {})

    assert [1] == [row.one for row in await connection.fetch("SELECT 1 AS one", {})]
    await connection.close()


async def test_a_silent_server_is_unavailable_and_asked_to_stop(
    connection: DedicatedConnection, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dedicated, "LONGEST_SECONDS", 0.3)
    with pytest.raises(Unavailable):
        await connection.fetch("SELECT pg_sleep(8)", {})

    assert await _falls_silent(product)


async def test_a_cancelled_caller_leaves_a_usable_connection(connection: DedicatedConnection) -> None:
    caller = asyncio.create_task(connection.fetch("SELECT pg_sleep(8)", {}))
    await asyncio.sleep(0.3)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller

    assert [1] == [row.one for row in await connection.fetch("SELECT 1 AS one", {})]
    await connection.close()


async def _falls_silent(product: Product) -> bool:
    """Whether the server soon does nothing any more for the connection under test."""
    looking = DedicatedConnection(product.database.url, "pawline test of another")
    for _ in range(40):
        if not (await looking.fetch(WHO_IS_ACTIVE, {"name": NAME}))[0].count:
            break
        await asyncio.sleep(0.05)
    (row,) = await looking.fetch(WHO_IS_ACTIVE, {"name": NAME})
    await looking.close()
    return row.count == 0
