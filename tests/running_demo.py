"""The demo as anybody starts it: ``pawline demo`` in a process of its own, with data of its own."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from pawline.platform.settings import Settings

DEMO_STARTS_WITHIN_SECONDS = 180


@dataclass(frozen=True, slots=True)
class RunningDemo:
    url: str
    settings: Settings


@asynccontextmanager
async def demo_running() -> AsyncGenerator[RunningDemo]:
    """For as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="pawline-demo-") as folder, _port_kept() as port:
        Path(folder).chmod(0o755)  # the database runs as a user of its own
        data, url = str(Path(folder) / "data"), f"http://127.0.0.1:{port}"
        env = {**os.environ, "PAWLINE_PORT": str(port), "PAWLINE_PUBLIC_URL": url}
        command = [sys.executable, "-m", "pawline", "demo", "--data", data]
        process = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.DEVNULL)
        try:
            await _until_ready(url, process)
            yield RunningDemo(url, Settings.from_env({**env, "PAWLINE_DEMO": "1", "PAWLINE_DATA": data}))
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
    raise RuntimeError("The demo ended before it was ready.")


@contextmanager
def _port_kept() -> Generator[int]:
    """Given to nobody else. Bound for reuse and not listening, it is not in the way of who asks for this very port."""
    with socket.socket() as keeper:
        keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        keeper.bind(("127.0.0.1", 0))
        yield keeper.getsockname()[1]
