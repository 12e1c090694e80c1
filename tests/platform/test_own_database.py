"""The demo looks at a database before it does anything to it."""

from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from pawline.platform.schema_state import HEAD
from tests.demo.scratch import Scratch, new_scratch
from tests.platform.test_cli import SMTP, free_port, pawline

REAL = "INSERT INTO practice (id, name, created_at, is_demo) VALUES (gen_random_uuid(), 'Real', now(), false)"


async def run(url: str, *statements: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for statement in statements:
            await connection.execute(statement.encode())


@pytest.fixture
async def real(database_url: str, place: Path) -> Scratch:
    """Of the release before this one, with a practice in it."""
    scratch = await new_scratch(database_url, place)
    await run(scratch.url, REAL, "UPDATE alembic_version SET version_num = 'people'")
    return scratch


def settings_for(url: str, data: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "PAWLINE_DATA": str(data),
        "PAWLINE_SECRET": "s" * 32,
        "PAWLINE_SMTP_URL": SMTP,
        "PAWLINE_PORT": str(free_port()),
    }


async def test_the_demo_does_not_even_migrate_a_real_practice(real: Scratch, tmp_path: Path) -> None:
    """`make demo` in a shell with DATABASE_URL set to production."""
    shown = pawline("demo", **settings_for(real.url, tmp_path))

    assert (1, True) == (shown.returncode, "This database holds a real practice" in shown.stderr), shown.stderr
    assert "Traceback" not in shown.stderr
    assert "people" == await real.value("SELECT version_num FROM alembic_version")
    assert 1 == await real.count("practice")


@pytest.mark.parametrize("part", ["serve", "web", "worker"])
async def test_no_part_of_pawline_serves_a_real_practice_as_a_demo(real: Scratch, tmp_path: Path, part: str) -> None:
    """With PAWLINE_DEMO=1 anybody signs in as anybody."""
    await run(real.url, f"UPDATE alembic_version SET version_num = '{HEAD}'")  # noqa: S608 - a constant
    shown = pawline(part, **settings_for(real.url, tmp_path), PAWLINE_DEMO="1")

    assert (1, True) == (shown.returncode, "This database holds a real practice" in shown.stderr), shown.stderr


async def test_the_demo_stays_away_from_the_tables_of_others(database_url: str, tmp_path: Path) -> None:
    name = f"others_{uuid4().hex}"
    await run(database_url, f"CREATE DATABASE {name}")
    url = urlsplit(database_url)._replace(path=f"/{name}").geturl()
    await run(url, "CREATE TABLE invoice (id int)")
    shown = pawline("demo", **settings_for(url, tmp_path))

    assert (1, True) == (shown.returncode, "the tables of another program" in shown.stderr), shown.stderr
