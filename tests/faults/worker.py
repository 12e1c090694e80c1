"""A real worker process, which may be told to die or freeze at a chosen step."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path

from tests.faults.environment import product_environment

_numbers = count(1)


class WorkerProcess:
    """``pawline worker``. ``settings`` as for a web process; ``failpoints`` as platform/failpoints.py reads them."""

    def __init__(self, database_url: str, folder: Path, settings: Mapping[str, str], *, failpoints: str = "") -> None:
        more = {**settings, "PAWLINE_TESTING": "1", "FAILPOINTS": failpoints}
        self._environment = product_environment(database_url, folder, more)
        self._log_file = folder / f"worker-{next(_numbers)}.log"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    @property
    def log(self) -> str:
        return self._log_file.read_text()

    @property
    def is_frozen(self) -> bool:
        state = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state == "T"

    async def start(self) -> None:
        with self._log_file.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "pawline",
                "worker",
                stdout=log,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
                env=self._environment,
            )

    async def until_it_ends(self, *, seconds: float) -> int:
        """Its exit code; that of a killed process is -9."""
        return await asyncio.wait_for(self.process.wait(), seconds)

    async def keep_thawed(self, *, seconds: float) -> None:
        """It freezes again at the same step with each text that gets there."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.process.returncode is None:
                    self.process.send_signal(signal.SIGCONT)
                    await asyncio.sleep(0.02)

    async def end(self) -> None:
        if self.process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            self.process.terminate()
            await self.keep_thawed(seconds=40)
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


@asynccontextmanager
async def running(worker: WorkerProcess) -> AsyncGenerator[WorkerProcess]:
    await worker.start()
    try:
        yield worker
    finally:
        await worker.end()
