"""The embedded PostgreSQL: our own child process on a folder, reachable through a private socket only."""

import asyncio
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote

import psycopg
import structlog

from pawline.platform.disk import flush_to_disk
from pawline.platform.postgres import leftovers
from pawline.platform.postgres.account import account_for
from pawline.platform.postgres.binaries import PostgresFailed, locale_options, pg_bin, require_same_version

log = structlog.get_logger()

DATABASE = "pawline"
# After a power cut it replays at most some minutes of work; a slow disk may take its time over that.
START_SECONDS = 600.0
STOP_SECONDS = 60.0

SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No statement, no error text, no detail: they would carry names and numbers. Seven files, one for each day of the week.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgres-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
# Tests start one product after the other on one server, each with pools of its own.
FOR_TESTS = dict.fromkeys(DURABLE, "off") | {"max_connections": "400"}


class EmbeddedPostgres:
    """``async with EmbeddedPostgres(folder) as server: server.url``. A server that dies is started again at the same address.

    The caller holds the lock on the data folder. ``is_durable=False`` gives up survival of a power cut for speed: tests only.
    """

    def __init__(self, folder: Path, *, is_durable: bool = True) -> None:
        self._folder = folder.resolve()
        self._is_durable = is_durable
        self._bin = pg_bin()
        self._account = account_for(self._folder)
        self._sockets = Path()
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return _url(self._sockets, DATABASE)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    async def start(self) -> None:
        """Raises PostgresFailed."""
        try:
            await self._start()
        except OSError as error:
            raise PostgresFailed(f"The database in {self._folder} cannot be started: {error.strerror or error}.") from error

    async def _start(self) -> None:
        await leftovers.clear(self._folder)
        self._make_socket_folder()
        try:
            if not self._folder.exists():
                await self._create()
            require_same_version(self._folder, self._bin)
            await self._launch()
            await self._ensure_database()
        except BaseException:
            await self.stop()
            raise
        self._watch = asyncio.create_task(self._keep_running())

    async def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """``immediate`` skips the last checkpoint; the next start replays the log instead."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait([self._watch])
            self._watch = None
        if self._process is not None:
            await _end(self._process, signal.SIGINT if mode == "fast" else signal.SIGQUIT)
            self._process = None
        leftovers.remove_socket_folder(self._folder)

    async def _create(self) -> None:
        """Make the cluster beside its place and move it there when whole: a first start cut short leaves nothing half made."""
        unfinished = self._folder.with_name(self._folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        self._account.give(unfinished)
        options = ["-D", str(unfinished), "-U", DATABASE, "-E", "UTF8", *locale_options(self._bin), "--data-checksums"]
        options += ["--auth-local=trust", "--auth-host=reject", *([] if self._is_durable else ["--no-sync"])]
        process = await self._spawn("initdb", *options, output=asyncio.subprocess.PIPE)
        try:
            _, complaint = await process.communicate()
        finally:
            await _end(process, signal.SIGTERM)
        if process.returncode != 0:
            raise PostgresFailed(f"The database folder {self._folder} cannot be made: {_last_lines(complaint)}")
        unfinished.rename(self._folder)
        flush_to_disk(self._folder.parent)

    async def _launch(self) -> None:
        settings = SERVER_SETTINGS | (DURABLE if self._is_durable else FOR_TESTS)
        settings |= {"unix_socket_directories": str(self._sockets), "cluster_name": leftovers.cluster_name(self._folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        start_log = self._folder.with_name(self._folder.name + "-start.log")
        with start_log.open("wb") as output:
            self._process = await self._spawn("postgres", "-D", str(self._folder), *options, output=output.fileno())
        await self._wait_until_ready(self._process, start_log)

    async def _spawn(self, program: str, *arguments: str, output: int) -> asyncio.subprocess.Process:
        command = self._account.command(self._bin / program, *arguments, places=[self._folder, self._sockets])
        # A session of its own: Ctrl-C in the terminal is for us, and the database ends only after the work on it has ended.
        # A bare environment: our secrets are none of its business.
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=output,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            cwd="/",
            start_new_session=True,
        )

    async def _wait_until_ready(self, process: asyncio.subprocess.Process, start_log: Path) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + START_SECONDS
        while loop.time() < deadline and process.returncode is None:
            with suppress(psycopg.OperationalError):
                await (await psycopg.AsyncConnection.connect(_url(self._sockets, "postgres"), connect_timeout=5)).close()
                return
            await asyncio.sleep(0.03)
        told = _last_lines(start_log.read_bytes()) or "it does not answer"
        raise PostgresFailed(f"The database in {self._folder} does not start: {told} (more in {self._folder / 'log'})")

    async def _ensure_database(self) -> None:
        async with await psycopg.AsyncConnection.connect(_url(self._sockets, "postgres"), autocommit=True) as connection:
            with suppress(psycopg.errors.DuplicateDatabase):
                await connection.execute(f"CREATE DATABASE {DATABASE}")

    async def _keep_running(self) -> None:
        while self._process is not None:
            code = await self._process.wait()
            log.error("embedded database ended by itself; starting it again", exit_code=code)
            try:
                await self._start_again()
            except (PostgresFailed, OSError) as error:
                log.error("embedded database does not start; trying again", reason=str(error))
                await asyncio.sleep(5)

    async def _start_again(self) -> None:
        await leftovers.clear(self._folder)
        # Clearing took the socket folder along. The address stays: every pool of this process has it.
        self._sockets.mkdir(mode=0o700)
        self._hand_over_socket_folder()
        await self._launch()

    def _make_socket_folder(self) -> None:
        if self._sockets == Path():
            # The path of a socket ends at 107 bytes, so it cannot live in a data folder of any length.
            parent = tempfile.gettempdir() if len(tempfile.gettempdir()) <= 60 else "/tmp"  # noqa: S108 - mkdtemp makes it private
            self._sockets = Path(tempfile.mkdtemp(prefix=leftovers.SOCKET_PREFIX, dir=parent))
        else:
            self._sockets.mkdir(mode=0o700)  # started again: the address that others hold stays good
        self._hand_over_socket_folder()

    def _hand_over_socket_folder(self) -> None:
        self._account.give(self._sockets)
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        leftovers.socket_note(self._folder).write_text(str(self._sockets))


def running_url(folder: Path) -> str | None:
    """The address of a server that another process runs on the folder; None when there is none."""
    sockets = leftovers.socket_folder(folder)
    return _url(sockets, DATABASE) if sockets is not None and sockets.is_dir() else None


def _url(sockets: Path, database: str) -> str:
    return f"postgresql://{DATABASE}@/{database}?host={quote(str(sockets), safe='')}&port=5432"


async def _end(process: asyncio.subprocess.Process, order: signal.Signals) -> None:
    for signal_, seconds in ((order, STOP_SECONDS), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.send_signal(signal_)
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), seconds)


def _last_lines(output: bytes) -> str:
    return " / ".join(output.decode(errors="replace").strip().splitlines()[-3:])
