"""The process that is the product: database, web server and job worker, started and drained in order."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn

from pawline.platform.bounded_socket import BoundedWebSocket
from pawline.platform.data_folder import DataFolderInUse, locked
from pawline.platform.postgres import EmbeddedPostgres, running_url
from pawline.platform.room import keep_ballast, watch_room
from pawline.platform.settings import Settings

log = structlog.get_logger()

REQUESTS_END_WITHIN_SECONDS = 20
DRAIN_SECONDS = 25.0
COLLECT_AFTER_NEW_OBJECTS = 10_000
"""Python's own 700 are less than what a handful of requests makes and drops."""

BuildApp = Callable[[Settings, str], Any]
"""Settings and database URL to an ASGI application."""
RunWorker = Callable[[str, Settings], Awaitable[None]]
"""Works on jobs until cancelled."""
Prepare = Callable[[Settings, str], AbstractAsyncContextManager[Settings]]
"""What the database needs before anything is served, and what has to run beside it. Gives the settings to serve with."""


class CannotServe(Exception):
    """The text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a process runs. ``None`` leaves a part out. ``begin_end``: what has to end for the rest to be able to."""

    prepare: Prepare
    build_app: BuildApp | None = None
    run_worker: RunWorker | None = None
    announce: Callable[[Settings], None] = lambda _: None
    begin_end: Callable[[], None] = lambda: None


class StopRequest:
    """SIGTERM or Ctrl-C: the first drains, or ends a start that is under way; a second one does not wait for anybody."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.server: uvicorn.Server | None = None
        self._start: asyncio.Task[Any] | None = asyncio.current_task()

    @property
    def is_made(self) -> bool:
        return self.asked.is_set()

    def start_is_over(self) -> None:
        """From now on a request drains; until now it breaks off the start."""
        self._start = None

    @contextmanager
    def listening(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._made)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def _made(self) -> None:
        if self._start is not None and not self.is_made:
            self._start.cancel()
        if self.server is not None:
            self.server.force_exit = self.is_made
        self.asked.set()


async def serve(settings: Settings, parts: Parts) -> None:
    """Run until asked to stop; returns when all of it has ended in order.

    Raises:
        CannotServe, PostgresFailed, DataFolderInUse, SchemaOutdated: as their texts say.
    """
    stop = StopRequest()
    with stop.listening():
        try:
            # Whoever starts it twice on a folder is to read that, and not that the port is taken.
            with _own_folder(settings):
                listener = _listen(settings) if parts.build_app else None
                async with _database(settings) as url, parts.prepare(settings, url) as prepared:
                    stop.start_is_over()
                    await _run(prepared, url, parts, listener=listener, stop=stop)
        except asyncio.CancelledError:
            if not stop.is_made:
                raise


@asynccontextmanager
async def database(settings: Settings) -> AsyncGenerator[str]:
    """The address of the database; the embedded one runs for as long as the block does."""
    with _own_folder(settings):
        async with _database(settings) as url:
            yield url


@asynccontextmanager
async def database_beside_others(settings: Settings) -> AsyncGenerator[str]:
    """As ``database``, yet also while another Pawline serves from the same folder: for commands that look or add."""
    async with AsyncExitStack() as stack:
        try:
            url = await stack.enter_async_context(database(settings))
        except DataFolderInUse:
            running = running_url(settings.postgres_folder)
            if running is None:
                raise
            url = running
        yield url


def _own_folder(settings: Settings) -> AbstractContextManager[None]:
    """Several processes may share a database server, and the folder beside it."""
    return nullcontext() if settings.database_url is not None else locked(settings.data)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncGenerator[str]:
    if settings.database_url is not None:
        yield settings.database_url
        return
    keep_ballast(settings.data)
    async with EmbeddedPostgres(settings.postgres_folder) as server:
        yield server.url


async def _run(settings: Settings, url: str, parts: Parts, *, listener: socket.socket | None, stop: StopRequest) -> None:
    """Web and worker side by side. Both drain together; a job queued by a last request waits safely for the next start."""
    watch_room(settings)
    web = worker = None
    if parts.build_app is not None and listener is not None:
        stop.server = _Server(uvicorn_config(parts.build_app(settings, url)), lambda: parts.announce(settings))
        web = asyncio.create_task(stop.server.serve(sockets=[listener]))
    if parts.run_worker is not None:
        worker = asyncio.create_task(_keep_working(parts.run_worker, url, settings))
    asked = asyncio.create_task(stop.asked.wait())
    try:
        await asyncio.wait([asked, *([web] if web else [])], return_when=asyncio.FIRST_COMPLETED)
    finally:
        asked.cancel()
        parts.begin_end()
        if worker is not None:
            worker.cancel()
        if stop.server is not None:
            stop.server.should_exit = True
        await _wait_for_end([part for part in (web, worker) if part])
    if web is not None and web.done():
        web.result()
    if not stop.is_made:
        raise CannotServe("Pawline stopped because its web server ended by itself; the log says why.")


async def _keep_working(run_worker: RunWorker, url: str, settings: Settings) -> None:
    """A worker that loses its database comes back with it, as the web does."""
    while True:
        try:
            await run_worker(url, settings)
        except Exception:
            log.exception("worker ended by itself; starting it again")
        await asyncio.sleep(1)


async def _wait_for_end(parts: list[asyncio.Task[None]]) -> None:
    _, unfinished = await asyncio.wait(parts, timeout=DRAIN_SECONDS)
    if unfinished:
        log.warning("work that does not end is left to the next start", parts=len(unfinished))


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything slow is started, yet accept nobody until the application is ready."""
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.bind, settings.port))
    except OSError as error:
        listener.close()
        raise CannotServe(
            f"Port {settings.port} on {settings.bind} cannot be used: {error.strerror}. Give PAWLINE_PORT another number."
        ) from error
    return listener


def uvicorn_config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="on",
        loop="uvloop",
        http="httptools",
        ws=BoundedWebSocket,
        ws_ping_interval=20,
        ws_max_size=16 * 1024,
        # A compressor for each socket costs more memory than the socket, and frames are small.
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=REQUESTS_END_WITHIN_SECONDS,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
    )


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        # uvicorn would raise the signal again once it has drained, and end us before the worker and the database are stopped.
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except SystemExit as error:
            raise CannotServe("Pawline could not start; the lines above say why.") from error
        _spare_the_collector()
        self._announce()


def _spare_the_collector() -> None:
    """What stands after the start stays for good, so searching it for garbage again and again only holds up requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER_NEW_OBJECTS, 20, 20)
