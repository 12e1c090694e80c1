"""The simulated carrier on a loopback port, in the tests' own loop, and a client for what people do with their phones."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest
import uvicorn

from pawline.carriers.simulator.app import build_simulator
from pawline.carriers.simulator.events import Call, LogLine
from pawline.carriers.simulator.inbound import PictureTaken
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.own_numbers import OwnNumber
from pawline.carriers.simulator.phone_book import Phone
from pawline.carriers.simulator.settings import SimulatorSettings
from pawline.carriers.simulator.simulator import Simulator

OLIVE = "+14155550117"
STRANGER = "+14155550134"
PRIYA = "+447700900123"
LANDLINE = "+14155550100"
# Fast enough for tests, slow enough that things still happen one after the other.
QUICK = {"speed": 50.0}


@dataclass(frozen=True, slots=True)
class SimulatedCarrier:
    """``inside`` is the carrier itself; what has an address is used through that."""

    settings: SimulatorSettings
    inside: Simulator
    http: httpx.AsyncClient

    def environment(self) -> Mapping[str, str]:
        """What the product has to be told to use this carrier."""
        prefix = "PAWLINE_CARRIER_TWILIO_"
        return {
            f"{prefix}ACCOUNT_SID": self.settings.account_sid,
            f"{prefix}AUTH_TOKEN": self.settings.auth_token,
            f"{prefix}BASE_URL": self.settings.public_url,
            f"{prefix}MESSAGING_URL": self.settings.public_url,
            f"{prefix}NUMBERS_URL": self.settings.public_url,
        }

    async def own(self, number: str, *, text_url: str = "", voice_url: str = "", is_verified: bool = True) -> OwnNumber:
        values = {"text_url": text_url, "voice_url": voice_url, "is_verified": is_verified}
        return msgspec.convert(await self._ask("PUT", f"/numbers/{number}", values), OwnNumber)

    async def receive(
        self, *, from_: str, to: str, text: str = "", pictures: tuple[PictureTaken, ...] = (), wait: bool = True
    ) -> Entry:
        """Somebody texts the clinic. Returns when the product took it or gave it up, unless told not to wait."""
        values = {"to_number": to, "body": text, "pictures": [msgspec.to_builtins(picture) for picture in pictures]}
        entry = msgspec.convert(await self._ask("POST", f"/phones/{from_}/texts", values), Entry)
        if not wait:
            return entry
        return await self.until(lambda entries: next((e for e in entries if e.sid == entry.sid and e.state != "received"), None))

    async def sent_to(self, number: str) -> list[str]:
        """The bodies that the product's texts showed on this phone, in that order."""
        answer = await self._ask("GET", f"/phones/{number}/texts")
        return [entry.body for entry in msgspec.convert(answer["texts"], list[Entry]) if entry.kind == "outbound"]

    async def texts_on(self, number: str) -> list[Entry]:
        return msgspec.convert((await self._ask("GET", f"/phones/{number}/texts"))["texts"], list[Entry])

    async def ledger(self, *, from_: str = "", to: str = "", kind: str = "") -> list[Entry]:
        answer = await self._ask("GET", "/ledger", params={"from": from_, "to": to, "kind": kind})
        return msgspec.convert(answer["entries"], list[Entry])

    async def log(self) -> list[str]:
        return [line.text for line in msgspec.convert((await self._ask("GET", "/log"))["lines"], list[LogLine])]

    async def weather(self, **values: float) -> None:
        await self._ask("PATCH", "/weather", values)

    async def add_phone(self, number: str, name: str, kind: str = "mobile") -> Phone:
        return msgspec.convert(await self._ask("POST", "/phones", {"number": number, "name": name, "kind": kind}), Phone)

    async def change_phone(self, number: str, **values: Any) -> Phone:
        return msgspec.convert(await self._ask("PATCH", f"/phones/{number}", values), Phone)

    async def call(self, *, from_: str, to: str) -> Call:
        return msgspec.convert(await self._ask("POST", f"/phones/{from_}/calls", {"to_number": to}), Call)

    async def calls(self) -> list[Call]:
        return msgspec.convert((await self._ask("GET", "/calls"))["calls"], list[Call])

    async def answer(self, call: Call, number: str) -> None:
        await self._ask("POST", f"/calls/{call.sid}/answer", {"number": number})

    async def ignore(self, call: Call, number: str) -> None:
        await self._ask("POST", f"/calls/{call.sid}/ignore", {"number": number})

    async def hang_up(self, call: Call) -> None:
        await self._ask("POST", f"/calls/{call.sid}/hang_up", {})

    async def until_call(self, call: Call, state: str, *, seconds: float = 60) -> Call:
        async with asyncio.timeout(seconds):
            while True:
                found = next(known for known in await self.calls() if known.sid == call.sid)
                if found.state == state:
                    return found
                await asyncio.sleep(0.01)

    async def until(self, find: Callable[[list[Entry]], Any], *, seconds: float = 60) -> Any:
        """Ask the ledger again and again until ``find`` returns something true of it, and return that."""
        async with asyncio.timeout(seconds):
            while True:
                if found := find(await self.ledger()):
                    return found
                await asyncio.sleep(0.01)

    async def reset(self) -> None:
        await self._ask("POST", "/reset", {})
        await self.weather(**QUICK)

    async def _ask(self, method: str, path: str, values: object = None, *, params: Mapping[str, str] | None = None) -> Any:
        body = None if values is None else msgspec.json.encode(values)
        headers = {} if body is None else {"Content-Type": "application/json"}
        response = await self.http.request(method, path, content=body, params=params, headers=headers)
        assert response.is_success, response.text
        return msgspec.json.decode(response.content) if response.content else None


@asynccontextmanager
async def running_carrier(**settings: Any) -> AsyncGenerator[SimulatedCarrier]:
    """A carrier of one's own, with other settings than the shared one."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    usual: dict[str, Any] = {"public_url": url, "handset_seconds": 1, "verification_seconds": 0.2}
    chosen = SimulatorSettings(**{**usual, **settings})
    app = build_simulator(chosen)
    async with served(app, listener), httpx.AsyncClient(base_url=url, timeout=30) as http:
        carrier = SimulatedCarrier(chosen, app.state["simulator"], http)
        await carrier.weather(**QUICK)
        yield carrier


@asynccontextmanager
async def served(app: Any, listener: socket.socket) -> AsyncGenerator[None]:
    """Any ASGI application, on this socket and in this loop."""
    async with serving(uvicorn.Config(app, lifespan="on", log_config=None, access_log=False), listener):
        yield


@asynccontextmanager
async def serving(config: uvicorn.Config, listener: socket.socket) -> AsyncGenerator[None]:
    config.timeout_graceful_shutdown = 1
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.is_up.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@pytest.fixture(scope="session")
async def carrier_server() -> AsyncGenerator[SimulatedCarrier]:
    async with running_carrier() as carrier:
        yield carrier


@pytest.fixture
async def carrier(carrier_server: SimulatedCarrier) -> SimulatedCarrier:
    """The same carrier for all tests, which has forgotten what the one before did, its numbers included."""
    await carrier_server.reset()
    carrier_server.inside.desk.numbers.numbers.clear()
    return carrier_server


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield  # they belong to the test run
