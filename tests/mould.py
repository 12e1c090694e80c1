"""The cast is made once, by the product's own code; every test gets a copy under ids, secrets and times of its own.

So tests cannot see each other's rows, and making them costs one statement instead of sixty.
"""

import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, TextClause, Uuid, func, select, text

from pawline.platform import clock
from pawline.platform.db import Model, UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.security import hash_secret, new_secret
from tests.cast import CastBuilder
from tests.product import Product
from tests.world import World

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_TIME = r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00"
_OWN = re.compile(rf"{_ID}|{_TIME}|[0-9a-f]{{64}}|[0-9a-f]{{32}}")


@dataclass(frozen=True, slots=True)
class Mould:
    """``rows`` is what the world has in the database, as JSON by table."""

    world: World
    rows: str
    made_at: datetime
    statement: TextClause

    async def cast(self) -> World:
        fresh = self._fresh()
        shift = clock.now() - self.made_at

        def own(found: re.Match[str]) -> str:
            old = found[0]
            return (datetime.fromisoformat(old) + shift).isoformat() if "T" in old else fresh[old]

        async with self.world.product.database.transaction() as uow:
            await uow.execute(self.statement, {"rows": _OWN.sub(own, self.rows)})
        ids = {name: fresh[value] for name, value in vars(self.world).items() if name.endswith("_id")}
        people = self.world.callers.items()
        return replace(
            self.world, **ids, callers={key: replace(who, id=fresh[who.id], secret=fresh[who.secret]) for key, who in people}
        )

    def _fresh(self) -> dict[str, str]:
        """New ids and secrets for the old ones, in each of their spellings. New ids sort as the old ones do."""
        ids = {old: str(new_id()) for old in sorted(set(re.findall(_ID, self.rows)))}
        secrets = {caller.secret: new_secret() for caller in self.world.callers.values()}
        hashes = {hash_secret(old).hex(): hash_secret(new).hex() for old, new in secrets.items()}
        return ids | {UUID(old).hex: UUID(new).hex for old, new in ids.items()} | secrets | hashes


@pytest.fixture(scope="session")
async def mould(product: Product) -> Mould:
    world = World(product)
    async with product.database.engine.connect() as connection:
        uow = UnitOfWork(connection)
        await CastBuilder(uow, world).build()
        rows = {table.name: found for table in Model.metadata.sorted_tables if (found := await _rows(uow, world, table))}
        await connection.rollback()
    return Mould(world, json.dumps(rows), clock.now(), _insert_into(list(rows)))


@asynccontextmanager
async def own_world(mould: Mould) -> AsyncGenerator[World]:
    world = await mould.cast()
    world.add_stranger()
    yield world
    for caller in world.callers.values():
        await caller.close()


@pytest.fixture
async def world(mould: Mould) -> AsyncGenerator[World]:
    async with own_world(mould) as world:
        yield world


async def _rows(uow: UnitOfWork, world: World, table: Table) -> Any:
    owner = table.columns.get("practice_id", table.columns.get("id"))
    if owner is None or not isinstance(owner.type, Uuid):
        return None  # belongs to no practice
    statement = select(func.jsonb_agg(func.to_jsonb(table.table_valued()))).where(
        owner.in_([UUID(world.practice_id), UUID(world.riverside_id)])
    )
    return (await uow.execute(statement)).scalar_one()


def _insert_into(tables: list[str]) -> TextClause:
    """One statement for all, since PostgreSQL looks at foreign keys when it ends."""
    inserts = ", ".join(_insert(Model.metadata.tables[name]) for name in tables)
    return text(f"WITH given AS (SELECT CAST(:rows AS jsonb) AS tables), {inserts} SELECT")


def _insert(table: Table) -> str:
    """All columns but those that the database makes by itself."""
    name, columns = table.name, ", ".join(column.name for column in table.columns if column.computed is None)
    rows = f"SELECT {columns} FROM given, jsonb_populate_recordset(NULL::{name}, tables -> '{name}')"  # noqa: S608 - names of our own tables
    return f"{name}_rows AS (INSERT INTO {name} ({columns}) {rows})"
