"""The demo as a whole, with its phones: made-up practices, simulated carrier, web server and worker, in the tests' own loop."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from pawline.app import build_app
from pawline.carriers.simulator.account import number_of_product, product_settings
from pawline.platform.db import Database
from pawline.platform.settings import Settings
from pawline.serving import uvicorn_config
from pawline.sign_in.sessions import Browser, start_session
from pawline.worker import run_worker
from tests.demo.scratch import Scratch, new_scratch
from tests.product import Product
from tests.simulated_carrier import SimulatedCarrier, running_carrier, serving
from tests.world import Caller

TOLL_FREE, BRITISH = "+18885550142", "+447700900001"


@dataclass(frozen=True)
class PhonesDemo:
    product: Product
    carrier: SimulatedCarrier
    scratch: Scratch

    async def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """The demo's own routes, which want nobody to be signed in."""
        async with httpx.AsyncClient(base_url=self.product.api, timeout=180) as browser:
            return await browser.request(method, f"/demo/{path}", json=body)

    async def nora(self) -> Caller:
        practice_id, person_id = (
            await self.scratch.rows("SELECT practice_id, id FROM person WHERE name = 'Nora Ames' AND kind = 'staff'")
        )[0]
        async with self.product.database.transaction() as uow:
            secret = await start_session(uow, practice_id, person_id, kind="staff", browser=Browser("test", "127.0.0.1"))
        return Caller(str(person_id), "Nora Ames", "staff", secret, self.product)

    async def names_of(self, number: str) -> list[str]:
        """Who has the number on file."""
        query = "SELECT p.name FROM contact_number k JOIN person p ON p.id = k.contact_id WHERE k.number = '{}'"
        rows = await self.scratch.rows(query.format(number))
        return [name for (name,) in rows]


@pytest.fixture(scope="session")
async def phones_demo(database_url: str, place: Path) -> AsyncGenerator[PhonesDemo]:
    scratch = await new_scratch(database_url, place)
    await scratch.fill()
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    numbers = tuple(number_of_product(number, name="", product_url=url) for number in (TOLL_FREE, BRITISH))
    async with running_carrier(numbers=numbers, answers_help=False, hook_retries=12) as carrier:
        settings = _settings(scratch.settings, url, carrier)
        app = build_app(settings, database_url=scratch.url)
        async with serving(uvicorn_config(app), listener), _working(settings, scratch.url):
            database = Database(scratch.url, connections=2)
            yield PhonesDemo(Product(url, settings, database), carrier, scratch)
            await database.close()


@pytest.fixture
async def phones(phones_demo: PhonesDemo) -> AsyncGenerator[PhonesDemo]:
    """The same demo for all tests; the carrier has forgotten what the one before did, and the time is now."""
    await phones_demo.carrier.reset()
    yield phones_demo
    assert 200 == (await phones_demo.ask("POST", "time", {"reset": True})).status_code


def _settings(settings: Settings, url: str, carrier: SimulatedCarrier) -> Settings:
    env = {
        "PAWLINE_DATA": str(settings.data),
        "PAWLINE_DEMO": "1",
        "PAWLINE_PUBLIC_URL": url,
        "PAWLINE_TESTING": "1",
        "PAWLINE_HURRY": "10",
        "PAWLINE_SMTP_URL": "smtp://127.0.0.1:9",
    }
    given = {
        f"PAWLINE_CARRIER_{name}_{key}".upper(): value
        for name, values in product_settings(carrier.settings).items()
        for key, value in values.items()
    }
    return Settings.from_env({**env, **given})


@asynccontextmanager
async def _working(settings: Settings, database_url: str) -> AsyncGenerator[None]:
    working = asyncio.create_task(run_worker(database_url, settings))
    try:
        yield
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
