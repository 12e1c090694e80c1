"""Processes of our own: started on spare ports, stopped by their own ids."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from bench.load.job import Job, Seen

START_SECONDS = 60.0
STOP_SECONDS = 40.0
SLACK_SECONDS = 90.0
"""For connecting and for the last answers, on top of the seconds of a job."""


class BenchFailed(Exception):
    """A process of the measurement did not do its part. The text says which."""


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    port: int
    started_within_seconds: float

    @property
    def resident_bytes(self) -> int:
        return psutil.Process(self.pid).memory_info().rss


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running(*arguments: str, port: int, env: Mapping[str, str], log: Path) -> AsyncGenerator[Server]:
    """``python -m <arguments>``, from the moment it answers on the port."""
    with log.open("ab") as output:
        started = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
            env={"PATH": os.environ.get("PATH", os.defpath), **env},
        )  # fmt: skip
    try:
        await _first_answer(port, process, log)
        yield Server(process.pid, port, time.perf_counter() - started)
    finally:
        await _stop(process)


async def generate(job: Job) -> Seen:
    async with generating(job) as seen:
        return seen


@asynccontextmanager
async def generating(job: Job) -> AsyncGenerator[Seen]:
    """What the generator saw; its listeners stay connected for as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**24
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(msgspec.json.encode(job) + b"\n")
        await process.stdin.drain()
        async with asyncio.timeout(job.seconds + SLACK_SECONDS):
            line = await process.stdout.readline()
        if not line:
            raise BenchFailed("The generator ended without a result; its complaint stands above.")
        yield msgspec.json.decode(line, type=Seen)
        process.stdin.close()
    finally:
        await _stop(process, patience=5)


async def _first_answer(port: int, process: asyncio.subprocess.Process, log: Path) -> None:
    deadline = time.perf_counter() + START_SECONDS
    while time.perf_counter() < deadline and process.returncode is None:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            head = await reader.readline()
            writer.close()
            # The references know no such page, and answer that they do not.
            if head.startswith(b"HTTP/1.1 ") and b" 503 " not in head:
                return
        await asyncio.sleep(0.005)
    raise BenchFailed(f"A server did not start: {log.read_text()[-2_000:]}")


async def _stop(process: asyncio.subprocess.Process, patience: float = STOP_SECONDS) -> None:
    with suppress(ProcessLookupError):
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(patience):
            await process.wait()
        return
    if process.returncode is None:
        process.kill()
        await process.wait()
