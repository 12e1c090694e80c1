"""The product under test: real PostgreSQL, migrated; the real web server on a loopback port, in the tests' own loop."""

import asyncio
import dataclasses
import socket
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from litestar.types import ASGIApp

from pawline.app import build_app
from pawline.payments.simulator.routes import simulated_provider
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.migrate import upgrade
from pawline.platform.postgres import EmbeddedPostgres
from pawline.platform.settings import Settings
from pawline.serving import uvicorn_config


@dataclass(frozen=True, slots=True)
class Product:
    url: str
    settings: Settings
    database: Database

    @property
    def api(self) -> str:
        return f"{self.url}/api/v1"


@pytest.fixture(scope="session")
def place() -> Generator[Path]:
    """A folder that other system users may pass through; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory(prefix="pawline-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
async def database_url(place: Path) -> AsyncGenerator[str]:
    async with EmbeddedPostgres(place / "postgres", is_durable=False) as server:
        await asyncio.to_thread(upgrade, server.url)
        yield server.url


@pytest.fixture(scope="session")
async def product(place: Path, database_url: str) -> AsyncGenerator[Product]:
    listener = new_listener()
    port = listener.getsockname()[1]
    env = {"PAWLINE_DATA": str(place), "PAWLINE_PORT": str(port), "PAWLINE_DEMO": "1", "PAWLINE_SMTP_URL": "smtp://127.0.0.1:9"}
    settings = dataclasses.replace(Settings.from_env(env), payments=simulated_provider(port))
    async with served(build_app(settings, database_url=database_url), listener):
        database = Database(database_url, connections=4)
        yield Product(settings.public_url, settings, database)
        await database.close()


def new_listener() -> socket.socket:
    listener = socket.create_server(("127.0.0.1", 0))
    # As on the loop of the product: without it, every second answer on a connection waits 40 ms for the client's ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


@asynccontextmanager
async def served(app: ASGIApp, listener: socket.socket) -> AsyncGenerator[None]:
    server = _Server(uvicorn_config(app))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.is_up.wait()
    yield
    server.should_exit = True
    await serving


@pytest.fixture(autouse=True)
def real_time_again() -> Generator[None]:
    yield
    clock.set_clock(None)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield  # they belong to the test run
