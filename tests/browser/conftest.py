"""A real Chromium against the real product; every person sits in front of a browser context of their own."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from pawline.platform.db import Database
from pawline.platform.pages import WEB_FOLDER
from pawline.platform.peers import Peers
from pawline.texting.desk import TextingDesk
from tests.browser.chromium import chromium
from tests.browser.windows import Desktops
from tests.product import Product
from tests.quick_passwords import quick_passwords
from tests.texting_scene import Texting, set_texting
from tests.world import World

__all__ = ["quick_passwords"]

EXPECT_WITHIN_MS = 15_000


@pytest.fixture(scope="session")
def built_apps() -> Path:
    """The browser apps, which nothing here builds: a test run must not change what it tests."""
    if not (WEB_FOLDER / "staff.html").is_file():
        pytest.fail(
            f"The browser apps are not built: there is no staff.html in {WEB_FOLDER}. Build them with: python hatch_build.py",
            pytrace=False,
        )
    return WEB_FOLDER


@pytest.fixture(scope="session")
async def browser(built_apps: Path) -> AsyncGenerator[Browser]:
    expect.set_options(timeout=EXPECT_WITHIN_MS)
    async with chromium() as opened:
        yield opened


@pytest.fixture
async def desktops(request: pytest.FixtureRequest, browser: Browser, product: Product) -> AsyncGenerator[Desktops]:
    """Opens windows for people, and fails the test when one of them logged an error nobody expected."""
    opened = Desktops(browser, product, keeps_apps=request.node.get_closest_marker("offline") is not None)
    yield opened
    assert [] == await opened.close()


@pytest.fixture
async def texting(world: World, database_url: str) -> AsyncGenerator[Texting]:
    """Northside texts; what comes in shows on the screens at once, as it does when a webhook brings it."""
    scene = await set_texting(world)
    database = Database(database_url, connections=4)
    peers = Peers(database_url, receive=lambda _: None, resync=lambda: None)
    database.publish_with(peers.tell, peers.doubt)
    scene.desk = TextingDesk(scene.desk.settings, database, scene.desk.carriers)
    telling = asyncio.create_task(peers.run(listens=False))
    yield scene
    telling.cancel()
    with suppress(asyncio.CancelledError):
        await telling
    await database.close()
