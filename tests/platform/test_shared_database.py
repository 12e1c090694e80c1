"""Commands on a database that several processes share."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.demo.scratch import new_scratch
from tests.faults.waiting import HANG_SECONDS
from tests.platform.test_cli import SMTP, free_port, pawline

OWNER = "Helen@Northside.example"


@pytest.fixture
async def settings(database_url: str, place: Path, tmp_path: Path) -> dict[str, str]:
    scratch = await new_scratch(database_url, place)
    return {
        "DATABASE_URL": scratch.url,
        "PAWLINE_DATA": str(tmp_path),
        "PAWLINE_SECRET": "s" * 32,
        "PAWLINE_SMTP_URL": SMTP,
    }


@pytest.fixture
def worker(settings: dict[str, str]) -> Generator[str]:
    """Where it tells how it does."""
    port = free_port()
    environment = {**os.environ, **settings, "PAWLINE_WORKER_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "pawline", "worker"], env=environment, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    assert 0 == process.wait(40)


async def until_at_work(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(HANG_SECONDS):
        while True:
            with suppress(httpx.TransportError):
                ready = await client.get("/readyz")
                if ready.status_code == 200 and ready.json()["queue"]["worker_seen_seconds"] is not None:
                    return
            await asyncio.sleep(0.05)


async def test_a_worker_tells_how_it_does_where_it_is_told_to(worker: str) -> None:
    """What only workers count shows nowhere else: `pawline web` would tell 0 for ever."""
    async with httpx.AsyncClient(base_url=worker) as client:
        await until_at_work(client)
        healthy, session = await client.get("/healthz"), await client.get("/api/v1/session")
        metrics = (await client.get("/metrics")).text

    assert (200, 404) == (healthy.status_code, session.status_code)
    assert re.search(r"^pawline_jobs_failed 0\.0$", metrics, re.MULTILINE)
    for name in ("texts_overdue", "texts_possible_duplicates_total", "unread_mails_maybe_doubled_total", "worker_seen_seconds"):
        assert re.search(rf"^pawline_{name} \d", metrics, re.MULTILINE), name


def test_a_practice_owner_who_forgot_the_password_is_let_in_again(settings: dict[str, str]) -> None:
    """The only one, whom nobody can send a link."""
    names = ["--name", "Northside", "--clinic", "North", "--country", "GB", "--timezone", "Europe/London"]
    created = pawline("practice", "create", *names, "--owner-name", "Helen", "--owner-email", OWNER, **settings)
    first, again, nobodys = [
        pawline("practice", "password-link", "--email", email, **settings) for email in (OWNER, OWNER.upper(), "x@y.example")
    ]
    links = [re.findall(r"http\S+/staff/password#token=[0-9a-f]+", each.stdout) for each in (created, first, again)]

    assert [1, 1, 1] == [len(found) for found in links]
    assert 3 == len({found[0] for found in links})
    assert "At Northside, " in first.stdout
    assert (1, "", "Nobody who works at a practice") == (nobodys.returncode, nobodys.stdout, nobodys.stderr[:30])
