from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import select

from pawline.demo import fill
from pawline.demo.fill import fill_demo
from pawline.demo.own_database import NotADemoDatabase
from pawline.platform.db import Model, UnitOfWork
from pawline.platform.files import FileStore
from pawline.threads.history import PastThread, write_history
from tests.demo.scratch import START, Scratch

# At the time of the migration, which is no time of the demo.
WRITTEN_BY_MIGRATIONS = {"record_since"}
AT_NORTHSIDE = "practice_id = (SELECT id FROM practice WHERE name = 'Northside Veterinary')"


async def test_northside_has_the_promised_people_and_animals(demo: Scratch) -> None:
    roles = await demo.rows("SELECT DISTINCT role FROM staff_member WHERE email LIKE '%@northside.example'")

    assert {"basic", "senior", "administrator", "practice_owner"} == {role for (role,) in roles}
    assert await demo.count("staff_member", AT_NORTHSIDE) >= 5
    assert [3, 45, 64] == [await demo.count(table, AT_NORTHSIDE) for table in ("clinic", "family", "pet")]
    assert {"dog", "cat", "rabbit", "parrot", "tortoise"} == {
        row[0] for row in await demo.rows("SELECT DISTINCT species FROM pet")
    }


async def test_a_year_of_messages_ends_minutes_ago(demo: Scratch) -> None:
    messages, first, last = (await demo.rows("SELECT count(*), min(created_at), max(created_at) FROM message"))[0]

    assert 3_000 <= messages <= 4_000
    assert 350 <= (START - first).days <= 366
    assert 0 < (START - last).total_seconds() < 600


async def test_fill_takes_at_most_half_of_the_minute_a_first_start_may_take(filled_in_seconds: tuple[Scratch, float]) -> None:
    assert filled_in_seconds[1] < 30


async def test_second_fill_changes_nothing(demo: Scratch) -> None:
    before = await contents(demo)
    await demo.fill()

    assert before == await contents(demo)


async def test_two_fills_with_the_same_clock_give_the_same_rows(demo: Scratch, empty: Scratch) -> None:
    await empty.fill()

    assert await contents(demo) == await contents(empty)


async def test_a_real_practice_is_left_alone(empty: Scratch) -> None:
    async with await psycopg.AsyncConnection.connect(empty.url) as connection:
        await connection.execute(
            "INSERT INTO practice (id, name, created_at, is_demo) VALUES (%s, 'Real', now(), false)", [uuid4()]
        )

    with pytest.raises(NotADemoDatabase):
        await fill_demo(empty.settings, empty.url)
    assert 1 == await empty.count("practice")


async def test_a_crash_half_way_leaves_nothing(empty: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[PastThread] = []

    async def fail_at_the_tenth(uow: UnitOfWork, past: PastThread) -> None:
        written.append(past)
        if len(written) == 10:
            raise ConnectionAbortedError
        await write_history(uow, past)

    monkeypatch.setattr(fill, "write_history", fail_at_the_tenth)
    with pytest.raises(ConnectionAbortedError):
        await empty.fill()
    assert [0, 0] == [await empty.count(table) for table in ("practice", "message")]

    monkeypatch.undo()
    await empty.fill()
    assert 2 == await empty.count("practice")


async def test_every_photo_can_be_opened(demo: Scratch) -> None:
    files = FileStore(demo.settings.files_url)
    photos = await demo.rows("SELECT id, size_bytes FROM attachment WHERE message_id IS NOT NULL")
    sizes = {photo: len(await files.get(f"attachments/{photo}/file")) for photo, _ in photos}
    thumbnails = [await files.get(f"attachments/{photo}/thumbnail") for photo, _ in photos]

    assert len(photos) > 50
    assert dict(photos) == sizes
    assert all(thumbnails)


async def contents(scratch: Scratch) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables that a fill writes, in order."""
    tables = [table for table in Model.metadata.sorted_tables if table.name not in WRITTEN_BY_MIGRATIONS]
    return {table.name: sorted(await scratch.rows(str(select(table))), key=repr) for table in tables}
