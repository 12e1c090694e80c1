"""For test modules that need a camera, a microphone or push messages: the whole Chromium in place of the headless shell."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser.chromium import chromium

__all__ = ["browser"]


@pytest.fixture(scope="module")
async def browser(built_apps: Path) -> AsyncGenerator[Browser]:
    async with chromium(is_whole=True) as opened:
        yield opened
