import asyncio
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pawline.platform.postgres import EmbeddedPostgres, PostgresFailed, account, running_url
from pawline.platform.postgres.account import Account, account_for
from pawline.platform.postgres.leftovers import cluster_name, remove_socket_folder, socket_folder

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@pytest.fixture
def folder() -> Generator[Path]:
    """A fresh place for one server; pytest's own folders are closed to other users."""
    with tempfile.TemporaryDirectory(prefix="pawline-test-") as place:
        Path(place).chmod(0o755)
        yield Path(place) / "postgres"
        remove_socket_folder(Path(place) / "postgres")


async def value_of(url: str, query: str) -> Any:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(query.encode())
        return (await cursor.fetchall())[0][0] if cursor.description else None


def postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().split()[0])


def processes_on(folder: Path) -> list[int]:
    found: list[int] = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if cluster_name(folder).encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


async def until(is_so: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited too long"
        await asyncio.sleep(0.05)


async def test_server_is_private_and_careful_with_data(folder: Path) -> None:
    async with EmbeddedPostgres(folder) as server:
        settings = {
            name: await value_of(server.url, f"SHOW {name}")
            for name in ("listen_addresses", "fsync", "synchronous_commit", "data_checksums", "server_encoding")
        }
        sockets = socket_folder(folder)

        assert {
            "listen_addresses": "",
            "fsync": "on",
            "synchronous_commit": "on",
            "data_checksums": "on",
            "server_encoding": "UTF8",
        } == settings
        assert sockets is not None
        assert 0o700 == stat.S_IMODE(sockets.stat().st_mode)
        assert running_url(folder) == server.url

    assert not sockets.exists()
    assert running_url(folder) is None
    assert [] == processes_on(folder)


@pytest.fixture
def owner(folder: Path) -> Generator[subprocess.Popen[str]]:
    """Another process that runs a server on the folder and says where it is."""
    script = (
        "import asyncio, sys, pathlib\n"
        "from pawline.platform.postgres import EmbeddedPostgres\n"
        "async def main():\n"
        "    async with EmbeddedPostgres(pathlib.Path(sys.argv[1])) as server:\n"
        "        print(server.url, flush=True)\n"
        "        await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


async def test_data_survives_kill_9_of_everything(folder: Path, owner: subprocess.Popen[str]) -> None:
    """What was committed before the power went is there after it, without anybody's help."""
    assert owner.stdout is not None
    url = owner.stdout.readline().strip()
    await value_of(url, "CREATE TABLE kept (number int)")
    await value_of(url, "INSERT INTO kept SELECT generate_series(1, 1000)")
    for pid in (owner.pid, *processes_on(folder)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    owner.wait()

    async with EmbeddedPostgres(folder) as server:
        assert 1000 == await value_of(server.url, "SELECT count(*) FROM kept")


async def test_recycled_process_id_in_the_stale_lock_does_not_matter(folder: Path) -> None:
    async with EmbeddedPostgres(folder, is_durable=False):
        lines = (folder / "postmaster.pid").read_text().splitlines()
    # A process that lives, belongs to somebody who can be signalled, and is no server.
    (folder / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    async with EmbeddedPostgres(folder, is_durable=False) as server:
        assert 1 == await value_of(server.url, "SELECT 1")


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
def test_server_ends_with_the_process_that_started_it(folder: Path) -> None:
    script = (
        "import asyncio, os, sys, pathlib\n"
        "from pawline.platform.postgres import EmbeddedPostgres\n"
        "async def main():\n"
        "    await EmbeddedPostgres(pathlib.Path(sys.argv[1]), is_durable=False).start()\n"
        "    os._exit(0)\n"
        "asyncio.run(main())\n"
    )
    subprocess.run([sys.executable, "-c", script, str(folder)], check=True, timeout=30)

    asyncio.run(until(lambda: processes_on(folder) == []))


async def test_orphan_on_the_folder_is_stopped_first(folder: Path) -> None:
    """Where the system cannot end the server with its parent, the next start does."""
    async with EmbeddedPostgres(folder, is_durable=False) as orphan:
        old = postmaster(folder)
        orphan._watch.cancel()  # type: ignore[union-attr]  # nobody brings it back
        async with EmbeddedPostgres(folder, is_durable=False) as server:
            assert old != postmaster(folder)
            assert 1 == await value_of(server.url, "SELECT 1")


async def test_server_that_dies_comes_back_at_the_same_address(folder: Path) -> None:
    async with EmbeddedPostgres(folder, is_durable=False) as server:
        old = postmaster(folder)
        os.kill(old, signal.SIGKILL)
        await until(lambda: (folder / "postmaster.pid").exists() and postmaster(folder) != old)
        for _ in range(100):
            with suppress(psycopg.OperationalError):
                assert 1 == await value_of(server.url, "SELECT 1")
                return
            await asyncio.sleep(0.1)
    pytest.fail("it does not answer")


async def test_first_start_cut_short_leaves_nothing_half_made(folder: Path) -> None:
    unfinished = folder.with_name("postgres.unfinished")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18")

    async with EmbeddedPostgres(folder, is_durable=False) as server:
        assert 1 == await value_of(server.url, "SELECT 1")
    assert not unfinished.exists()


async def test_folder_of_another_major_version_is_refused_with_advice(folder: Path) -> None:
    folder.mkdir()
    (folder / "PG_VERSION").write_text("9\n")

    with pytest.raises(PostgresFailed, match=r"made by PostgreSQL 9.*Make a backup"):
        await EmbeddedPostgres(folder).start()


@pytest.fixture
def closed_folder() -> Generator[Path]:
    """Below a folder that only root may enter, like /root."""
    with tempfile.TemporaryDirectory(prefix="pawline-closed-") as place:
        yield Path(place) / "data" / "postgres"
        assert 0o700 == stat.S_IMODE(Path(place).stat().st_mode)


@needs_root
async def test_root_runs_it_as_somebody_else_even_below_a_closed_folder(closed_folder: Path) -> None:
    async with EmbeddedPostgres(closed_folder, is_durable=False) as server:
        assert 1 == await value_of(server.url, "SELECT 1")
        assert 0 != closed_folder.stat().st_uid
        assert f"Uid:\t{closed_folder.stat().st_uid}\t" in Path(f"/proc/{postmaster(closed_folder)}/status").read_text()


@needs_root
def test_present_owner_of_the_folder_stays_its_owner(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, 65534, 65534)

    assert 65534 == account_for(folder).user


@needs_root
@pytest.mark.skipif(shutil.which("userdel", path="/usr/sbin:/sbin") is None, reason="needs the tools for accounts")
def test_first_starts_at_the_same_time_make_one_account(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"pawline-{secrets.token_hex(4)}"
    monkeypatch.setattr(account, "ACCOUNT", name)
    try:
        with ThreadPoolExecutor(4) as starts:
            users = {found.user for found in starts.map(account_for, [folder] * 4)}
        assert {pwd.getpwnam(name).pw_uid} == users
    finally:
        subprocess.run(["/usr/sbin/userdel", name], check=True, capture_output=True)


@needs_root
def test_ordinary_user_needs_nothing_special(folder: Path) -> None:
    os.chown(folder.parent, 65534, 65534)
    script = (
        "import asyncio, sys, os, pathlib\n"
        "from pawline.platform.postgres import EmbeddedPostgres\n"
        "async def main():\n"
        "    async with EmbeddedPostgres(pathlib.Path(sys.argv[1]), is_durable=False) as server:\n"
        "        print(os.getuid(), server.url)\n"
        "asyncio.run(main())\n"
    )
    command = Account(65534, 65534).command(Path(sys.executable), "-c", script, str(folder), places=[folder])
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert shown.stdout.startswith("65534 postgresql://"), shown.stderr
    assert 65534 == folder.stat().st_uid
