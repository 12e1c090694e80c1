"""A real web process, and somebody who starts it again whenever it ends, as systemd does."""

import asyncio
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.faults.client import Client, answer_or_none
from tests.faults.environment import product_environment

READY_SECONDS = 60


class WebProcess:
    """``pawline web`` on a database that somebody else runs."""

    def __init__(self, database_url: str, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.port = _free_port()
        self.starts = 0
        self._database_url = database_url
        self._folder = folder
        self._settings = settings or {}
        self._process: asyncio.subprocess.Process | None = None
        self._supervision: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    @property
    def log(self) -> str:
        return self._log_file.read_text()

    @property
    def resident_bytes(self) -> int:
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    async def start(self) -> None:
        await self.launch()
        await self.until_ready()

    async def launch(self) -> None:
        self.starts += 1
        settings = product_environment(self._database_url, self._folder, {"PAWLINE_PORT": str(self.port), **self._settings})
        with self._log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "pawline", "web", stdout=log, stderr=log, stdin=asyncio.subprocess.DEVNULL, env=settings
            )

    async def until_ready(self) -> None:
        client = Client(self.port)
        async with asyncio.timeout(READY_SECONDS):
            while True:
                answer = await answer_or_none(client, "/readyz")
                if answer is not None and answer.status == 200:
                    break
                await asyncio.sleep(0.1)
        client.close()

    def supervise(self) -> None:
        self._supervision = asyncio.create_task(self._keep_running())

    async def stop(self) -> int:
        """SIGTERM; its exit code."""
        await self.leave_alone()
        if self.process.returncode is not None:
            return self.process.returncode
        with suppress(ProcessLookupError):
            self.process.terminate()
        try:
            return await asyncio.wait_for(self.process.wait(), 40)
        finally:
            if self.process.returncode is None:
                self.process.kill()
                await self.process.wait()

    async def leave_alone(self) -> None:
        """From now on nobody starts it again."""
        if self._supervision is not None:
            self._supervision.cancel()
            await asyncio.wait([self._supervision])
            self._supervision = None

    @property
    def _log_file(self) -> Path:
        return self._folder / f"web-{self.port}.log"

    async def _keep_running(self) -> None:
        while True:
            await self.process.wait()
            await asyncio.sleep(0.2)
            await self.launch()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
