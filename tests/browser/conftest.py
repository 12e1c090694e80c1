"""A real Chromium against the real product; every person sits in front of a browser context of their own."""

import asyncio
import shutil
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from pawline.platform.db import Database
from pawline.platform.pages import WEB_FOLDER
from pawline.platform.peers import Peers
from pawline.texting.desk import TextingDesk
from tests.browser.windows import Desktops
from tests.product import Product
from tests.quick_passwords import quick_passwords
from tests.texting_scene import Texting, set_texting
from tests.world import World

__all__ = ["quick_passwords"]

EXPECT_WITHIN_MS = 15_000
FLAGS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps; whether it may be used is still asked
]


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
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail("There is no chromium on the PATH. On Debian: apt-get install chromium", pytrace=False)
    expect.set_options(timeout=EXPECT_WITHIN_MS)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest.fixture
async def desktops(browser: Browser, product: Product) -> AsyncGenerator[Desktops]:
    """Opens windows for people, and fails the test when one of them logged an error nobody expected."""
    opened = Desktops(browser, product)
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
    telling = asyncio.gather(peers.send(), peers.look_around())
    yield scene
    telling.cancel()
    with suppress(asyncio.CancelledError):
        await telling
    await database.close()
