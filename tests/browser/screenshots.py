"""Takes the pictures of the README: ``python -m tests.browser.screenshots``."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.chromium import chromium
from tests.running_demo import demo_running

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with demo_running() as demo, chromium() as browser:
        page = await browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce")
        await page.goto(f"{demo.url}/staff")
        await page.get_by_role("button", name=re.compile("^Nora Ames")).click()
        await page.get_by_role("region", name="Queue").get_by_role("link").filter(has_text="Hart").click()
        await expect(page.get_by_role("textbox", name=re.compile("^Message to the Hart"))).to_be_visible()
        await page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
        await page.evaluate("document.fonts.ready.then(() => true)")
        await page.screenshot(path=PICTURES / "inbox.png")


if __name__ == "__main__":
    asyncio.run(main())
