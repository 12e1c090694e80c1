"""The parent's side of the bounded children: at most two at work, one waiting loaded, each serving one job only."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

import pawline
from pawline.platform.errors import Unavailable
from pawline.threads.media.child import READY

NOT_NOW = "Photos and files cannot be prepared right now. Please try again in a minute."
_START_SECONDS = 20.0
# All a child is told about the world: where our code lies. No secret of ours can leak through a decoder.
_ENVIRONMENT = {"PYTHONPATH": str(Path(pawline.__file__).resolve().parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}


class ChildFailed(Exception):
    """The child died, was too slow or answered nonsense. Whether the file or this machine is at fault, nobody knows."""


class ChildProcesses:
    """Children of one program. Loading Python and the decoders takes longer than a small photo, so one is loaded ahead."""

    def __init__(self, module: str, *, keeps_spare: bool) -> None:
        self._module = module
        self._keeps_spare = keeps_spare
        self._spare: asyncio.Task[Process] | None = None

    async def work(self, source: Path, folder: Path, *, timeout_seconds: float) -> bytes:
        """The answer's JSON. On time-out, cancellation or any failure the child is killed.

        Raises:
            ChildFailed: see there.
            Unavailable: no child could be started.
        """
        child = await self._take()
        try:
            async with asyncio.timeout(timeout_seconds):
                return await _ask(child, source, folder)
        except (TimeoutError, ValueError, ConnectionError) as error:  # ValueError: a line without end
            raise ChildFailed from error
        finally:
            await _end(child)
            if self._keeps_spare and self._spare is None:
                self._spare = asyncio.create_task(self._start())

    async def close(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            with suppress(Unavailable):
                await _end(await spare)

    async def _take(self) -> Process:
        spare, self._spare = self._spare, None
        if spare is not None:
            with suppress(Unavailable):
                child = await spare
                if child.returncode is None:
                    return child
        return await self._start()

    async def _start(self) -> Process:
        # -P keeps the current folder out of the import path: a file named json.py there must stay a file.
        command = (sys.executable, "-P", "-s", "-m", self._module)
        try:
            child = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, env=_ENVIRONMENT, cwd="/", start_new_session=True
            )
        except OSError as error:
            raise Unavailable(NOT_NOW) from error
        is_ready = False
        try:
            async with asyncio.timeout(_START_SECONDS):
                is_ready = await _pipes(child)[1].readline() == f"{READY}\n".encode()
        except TimeoutError:
            pass
        finally:
            if not is_ready:
                await _end(child)
        if not is_ready:
            raise Unavailable(NOT_NOW)
        return child


async def _ask(child: Process, source: Path, folder: Path) -> bytes:
    stdin, stdout = _pipes(child)
    stdin.write(json.dumps([str(source.resolve()), str(folder.resolve())]).encode() + b"\n")
    await stdin.drain()
    answer = await stdout.readline()
    if await child.wait() != 0 or not answer:
        raise ChildFailed
    return answer


async def _end(child: Process) -> None:
    # With all that it has started: its group has the child's own number. One that ended well has left nobody behind.
    if child.returncode != 0:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    await child.wait()
    _pipes(child)[0].close()


def _pipes(child: Process) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child was started without pipes")
    return child.stdin, child.stdout
