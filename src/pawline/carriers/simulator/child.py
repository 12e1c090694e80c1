"""The simulated carrier as a process of its own: ``python -m pawline.carriers.simulator.child``.

Its settings come as a line of JSON on standard input, the socket to listen on as an inherited descriptor. It ends when
standard input does, so it never outlives who started it; a line in between ends the streams of pages that watch.
"""

import asyncio
import logging
import socket
import sys
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
import uvloop
from litestar import Litestar

from pawline.carriers.simulator.app import build_simulator
from pawline.carriers.simulator.settings import SimulatorSettings
from pawline.carriers.simulator.simulator import Simulator

READY = "ready"
END_STREAMS = b"end streams\n"
# An open stream of events keeps the server waiting that long.
_ENDS_WITHIN_SECONDS = 1


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """``descriptor``: of the listening socket."""

    descriptor: int
    settings: SimulatorSettings


def write_order(order: Order) -> bytes:
    return msgspec.json.encode(order, enc_hook=str) + b"\n"


def read_order(line: bytes) -> Order:
    return msgspec.json.decode(line, type=Order, dec_hook=_read_path)


def _read_path(kind: type[Any], value: Any) -> Any:
    return Path(value) if issubclass(kind, Path) else value


async def _serve(order: Order) -> None:
    app = build_simulator(order.settings)
    server = _Server(_config(app))
    serving = asyncio.create_task(server.serve(sockets=[socket.socket(fileno=order.descriptor)]))
    obeying = asyncio.create_task(_obey(app.state["simulator"]))
    await asyncio.wait([serving, obeying], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving


async def _obey(simulator: Simulator) -> None:
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        if line == END_STREAMS:
            simulator.desk.events.end()


def _config(app: Litestar) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="on",
        http="httptools",
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=_ENDS_WITHIN_SECONDS,
    )


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()


def main() -> None:
    # Warnings and worse, to the standard error of who started it.
    logging.basicConfig(level=logging.WARNING)
    uvloop.run(_serve(read_order(sys.stdin.buffer.readline())))


if __name__ == "__main__":
    main()
