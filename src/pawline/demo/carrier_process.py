"""The simulated carrier beside the demo: a process of its own, on a loopback port that stays the same from start to start."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

import pawline
from pawline.carriers.simulator.account import number_of_product
from pawline.carriers.simulator.child import END_STREAMS, READY, Order, write_order
from pawline.carriers.simulator.settings import SimulatorSettings
from pawline.platform.settings import Settings

_MODULE = "pawline.carriers.simulator.child"
_STARTS_WITHIN_SECONDS = 30
_ENDS_WITHIN_SECONDS = 5
# How long a call to a clinic rings in the demo before it counts as missed.
_RING_SECONDS = 15
_ENVIRONMENT = {"PYTHONPATH": str(Path(pawline.__file__).resolve().parents[1]), "PYTHONDONTWRITEBYTECODE": "1"}


class CarrierNotStarted(Exception):
    """The simulated carrier does not run."""


@dataclass(frozen=True, slots=True)
class OwnedNumber:
    """A clinic's text number (E.164) and the clinic's name."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class RunningCarrier:
    settings: SimulatorSettings
    _process: Process

    def end_streams(self) -> None:
        """Pages that watch would otherwise hold up the end of the server that passes their stream on."""
        if self._process.stdin is not None and self._process.returncode is None:
            self._process.stdin.write(END_STREAMS)


@asynccontextmanager
async def running_carrier(settings: Settings, numbers: Iterable[OwnedNumber]) -> AsyncGenerator[RunningCarrier]:
    """Runs for as long as the block does. What it knows outlives it, in the data folder.

    Raises:
        CarrierNotStarted: the text says why.
    """
    with _listen(settings) as listener:
        chosen = _settings(settings, listener.getsockname()[1], numbers)
        process = await _start(chosen, listener)
    try:
        yield RunningCarrier(chosen, process)
    finally:
        await _end(process)


def state_file(settings: Settings) -> Path:
    return settings.data / "carrier" / "state.json"


def _settings(settings: Settings, port: int, numbers: Iterable[OwnedNumber]) -> SimulatorSettings:
    return SimulatorSettings(
        public_url=f"http://127.0.0.1:{port}",
        state_file=state_file(settings),
        numbers=tuple(number_of_product(found.number, name=found.name, product_url=settings.public_url) for found in numbers),
        ring_seconds=_RING_SECONDS,
        verification_seconds=8,
        # In the scenario of the worst weather seconds pass in a blink, and a small machine needs the time it needs.
        hook_retries=12,
        # The product answers HELP itself, with the clinic's name and phone.
        answers_help=False,
    )


def _listen(settings: Settings) -> socket.socket:
    """On the port of the last start, else the one after the product's own, else any that is free; never on the product's own."""
    kept = settings.data / "carrier" / "port.json"
    for port in (*_port_of_last_start(kept), settings.port + 1, 0):
        if port == settings.port:  # chosen this time for what had another one last time; the product will listen on it next
            continue
        with suppress(OSError, OverflowError):
            listener = socket.create_server(("127.0.0.1", port))
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(msgspec.json.encode(listener.getsockname()[1]))
            return listener
    raise CarrierNotStarted("The simulated carrier found no free port on 127.0.0.1.")


def _port_of_last_start(kept: Path) -> list[int]:
    with suppress(OSError, msgspec.DecodeError):
        return [msgspec.json.decode(kept.read_bytes(), type=int)]
    return []


async def _start(settings: SimulatorSettings, listener: socket.socket) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-s",
        "-m",
        _MODULE,
        stdin=PIPE,
        stdout=PIPE,
        env=_ENVIRONMENT,
        cwd="/",
        pass_fds=(listener.fileno(),),
        # Ctrl-C is for us: the carrier goes on until the last text is handed over.
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(_STARTS_WITHIN_SECONDS):
            if await _order(process, Order(descriptor=listener.fileno(), settings=settings)) == f"{READY}\n".encode():
                return process
    except TimeoutError:
        pass
    except BaseException:
        await _end(process)
        raise
    await _end(process)
    raise CarrierNotStarted("The simulated carrier did not start; the lines above say why.")


async def _order(process: Process, order: Order) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the carrier was started without pipes")
    process.stdin.write(write_order(order))
    await process.stdin.drain()
    return await process.stdout.readline()


async def _end(process: Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(_ENDS_WITHIN_SECONDS):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            os.kill(process.pid, 9)
        await process.wait()
