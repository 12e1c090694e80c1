"""The Chromium of the system, started as the tests and the pictures of the docs need it."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

WHOLE = ("chromium", "chromium-browser", "google-chrome")
# The headless shell draws no window of its own around each page, which halves what a test costs. It has no camera,
# no microphone and no push messages.
NAMES = ("chromium-headless-shell", *WHOLE)
FLAGS = (
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a microphone that beeps; whether it may be used is still asked
)


@asynccontextmanager
async def chromium(*flags: str, is_whole: bool = False) -> AsyncGenerator[Browser]:
    """Raises `FileNotFoundError` when the system has none."""
    found = next(filter(None, map(shutil.which, WHOLE if is_whole else NAMES)), None)
    if found is None:
        package = "chromium" if is_whole else "chromium-headless-shell"
        raise FileNotFoundError(f"There is no Chromium on the PATH. On Debian: apt-get install {package}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=[*FLAGS, *flags])
        yield browser
        await browser.close()
