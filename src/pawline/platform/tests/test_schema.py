"""The schema is the sum of the migrations, and that is what the models declare."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine

from pawline import app
from pawline.platform.db import Model, sqlalchemy_url
from pawline.platform.migrate import build_config, upgrade
from pawline.platform.schema_state import HEAD

COLUMNS = """
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, identity_generation
FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY(%s)
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s)
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)"


@pytest.fixture(scope="module")
async def migrated(database_url: str) -> str:
    url = await _new_database(database_url, "migrated")
    await asyncio.to_thread(upgrade, url)
    return url


@pytest.fixture(scope="module")
async def declared(database_url: str) -> str:
    url = await _new_database(database_url, "declared")
    engine = create_engine(sqlalchemy_url(url), poolclass=NullPool)
    await asyncio.to_thread(Model.metadata.create_all, engine)
    return url


def test_the_application_loads_every_model() -> None:
    """Without it the tests below would compare nothing."""
    assert app.build_app
    assert {"practice", "family", "login_session", "thread", "message", "answered_request"} <= set(Model.metadata.tables)


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    assert [HEAD] == ScriptDirectory.from_config(build_config()).get_heads()


async def test_a_new_migration_would_have_nothing_to_do(migrated: str) -> None:
    assert [] == await asyncio.to_thread(_changes_due, migrated)


@pytest.mark.parametrize("query", [COLUMNS, CONSTRAINTS, INDEXES], ids=["columns", "constraints", "indexes"])
async def test_migrations_make_what_the_models_declare(query: str, migrated: str, declared: str) -> None:
    """Also what a new migration would not notice: checks, and the conditions of indexes."""
    made = await _rows(migrated, query)

    assert made
    assert made == await _rows(declared, query)


def _changes_due(url: str) -> list[Any]:
    with create_engine(sqlalchemy_url(url), poolclass=NullPool).connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": _is_ours}
        return compare_metadata(MigrationContext.configure(connection, opts=options), Model.metadata)


def _is_ours(thing: Any, name: str | None, kind: str, is_reflected: bool, _: Any) -> bool:  # size: alembic calls it by position
    """Not the job queue's tables, which its library ships."""
    table = name if kind == "table" else thing.table.name
    return not is_reflected or not str(table).startswith("procrastinate")


async def _new_database(server_url: str, name: str) -> str:
    async with await psycopg.AsyncConnection.connect(server_url, autocommit=True) as connection:
        await connection.execute(f"CREATE DATABASE {name}".encode())
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


async def _rows(url: str, query: str) -> set[tuple[Any, ...]]:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        return set(await (await connection.execute(query.encode(), [list(Model.metadata.tables)])).fetchall())
