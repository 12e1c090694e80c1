"""Windows on the demo as anybody starts it."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.browser.windows import DESK, Desktops, Look, Window
from tests.running_demo import RunningDemo, demo_running


@pytest.fixture(scope="module")
async def demo() -> AsyncGenerator[RunningDemo]:
    async with demo_running() as running:
        yield running


@pytest.fixture
async def desktops(browser: Browser, demo: RunningDemo) -> AsyncGenerator[Desktops]:
    """It is day at the clinics: the demo's clock is at noon of a working day."""
    await move_time(demo, until="open")
    opened = Desktops(browser, demo)
    yield opened
    assert [] == await opened.close()


async def move_time(demo: RunningDemo, **move: Any) -> datetime:
    """Returns what time it is then."""
    async with httpx.AsyncClient(base_url=demo.url) as http:
        response = await http.post("/api/v1/demo/time", json=move)
    assert 200 == response.status_code, response.text
    return datetime.fromisoformat(response.json()["now"])


async def signed_in(desktops: Desktops, path: str, name: str, *, look: Look = DESK) -> Window:
    """By a press on the name."""
    window = await desktops.open(path, look=look)
    await window.button(name).click()
    await expect(window.page.get_by_role("navigation", name="Main")).to_be_visible()
    return window
