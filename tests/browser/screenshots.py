"""Takes the pictures of the README: ``python -m tests.browser.screenshots``."""

import asyncio
import os
import re
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from playwright.async_api import expect

from tests.browser.chromium import chromium

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DEMO_STARTS_WITHIN_SECONDS = 180


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with demo_running() as url, chromium() as browser:
        page = await browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce")
        await page.goto(f"{url}/staff")
        await page.get_by_role("button", name=re.compile("^Nora Ames")).click()
        await page.get_by_role("region", name="Queue").get_by_role("link").filter(has_text="Hart").click()
        await expect(page.get_by_role("textbox", name=re.compile("^Message to the Hart"))).to_be_visible()
        await page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
        await page.evaluate("document.fonts.ready.then(() => true)")
        await page.screenshot(path=PICTURES / "inbox.png")


@asynccontextmanager
async def demo_running() -> AsyncGenerator[str]:
    """The demo as anybody starts it, with data of its own, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="pawline-demo-") as folder:
        Path(folder).chmod(0o755)  # the database runs as a user of its own
        port = _free_port()
        env = {**os.environ, "PAWLINE_PORT": str(port), "PAWLINE_PUBLIC_URL": f"http://127.0.0.1:{port}"}
        command = [sys.executable, "-m", "pawline", "demo", "--data", str(Path(folder) / "data")]
        process = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.DEVNULL)
        try:
            await _until_ready(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            await process.wait()


async def _until_ready(url: str, process: asyncio.subprocess.Process) -> None:
    async with httpx.AsyncClient() as http, asyncio.timeout(DEMO_STARTS_WITHIN_SECONDS):
        while process.returncode is None:
            try:
                if (await http.get(f"{url}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
    sys.exit("The demo ended before it was ready.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


if __name__ == "__main__":
    asyncio.run(main())
