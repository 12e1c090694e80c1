"""A real Chromium against the real product; every person sits in front of a browser context of their own."""

import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from pawline.platform.pages import WEB_FOLDER
from tests.browser.windows import Desktops
from tests.product import Product
from tests.quick_passwords import quick_passwords

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
