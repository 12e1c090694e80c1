"""What pages and tests hear of while it happens."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Literal

import msgspec

from pawline.carriers.simulator.ledger import Entry, now
from pawline.carriers.simulator.phone_book import Phone
from pawline.carriers.simulator.weather import Weather

LINES_KEPT = 500
EVENTS_WAITING = 2_000

StepState = Literal["running", "waiting", "done", "failed"]


class LogLine(msgspec.Struct, frozen=True):
    id: int
    at: datetime
    text: str


class Call(msgspec.Struct, kw_only=True):
    """A phone calls the clinic's number. ``ringing``: the numbers it is put through to. ``heard``: words said to the caller.

    ``outcome`` is what the carrier calls the forwarded part: completed, no-answer, busy, canceled; failed without one.
    """

    sid: str
    from_number: str
    to_number: str
    at: datetime
    state: Literal["calling", "ringing", "talking", "ended"] = "calling"
    ringing: list[str] = []
    answered_by: str | None = None
    heard: list[str] = []
    outcome: str = ""


class Block(msgspec.Struct, frozen=True):
    """``number`` may not text ``phone``: the carrier's own opt-out."""

    number: str
    phone: str


class TextChanged(msgspec.Struct, frozen=True, tag="text"):
    text: Entry


class PhoneChanged(msgspec.Struct, frozen=True, tag="phone"):
    phone: Phone


class CallChanged(msgspec.Struct, frozen=True, tag="call"):
    call: Call


class Logged(msgspec.Struct, frozen=True, tag="log"):
    line: LogLine


class WeatherChanged(msgspec.Struct, frozen=True, tag="weather"):
    weather: Weather


class BlocksChanged(msgspec.Struct, frozen=True, tag="blocks"):
    blocks: list[Block]


class StepChanged(msgspec.Struct, frozen=True, tag="step"):
    """A scenario came to a step. ``action`` names what the product has to be made to do while the state is ``waiting``."""

    run_id: str
    scenario: str
    step: int
    of: int
    words: str
    state: StepState
    action: str = ""
    problem: str = ""


class Forgotten(msgspec.Struct, frozen=True, tag="reset"):
    """All was reset: ask for everything anew."""


Event = TextChanged | PhoneChanged | CallChanged | Logged | WeatherChanged | BlocksChanged | StepChanged | Forgotten


class Events:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()
        self._lines: deque[LogLine] = deque(maxlen=LINES_KEPT)
        self._next_line = 1

    def tell(self, event: Event) -> None:
        for listener in list(self._listeners):
            if listener.qsize() < EVENTS_WAITING:
                listener.put_nowait(event)
            else:
                self._end(listener)

    def log(self, text: str) -> None:
        line = LogLine(self._next_line, now(), text)
        self._next_line += 1
        self._lines.append(line)
        self.tell(Logged(line))

    def lines(self, *, after: int = 0) -> list[LogLine]:
        return [line for line in self._lines if line.id > after]

    def clear_log(self) -> None:
        self._lines.clear()

    def listen(self) -> AsyncGenerator[Event]:
        """From now on, until the carrier ends or the listener falls behind: it may come again and ask for all anew."""
        listener: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(listener)
        return self._events_of(listener)

    def end(self) -> None:
        for listener in list(self._listeners):
            self._end(listener)

    async def _events_of(self, listener: asyncio.Queue[Event | None]) -> AsyncGenerator[Event]:
        try:
            while (event := await listener.get()) is not None:
                yield event
        finally:
            self._listeners.discard(listener)

    def _end(self, listener: asyncio.Queue[Event | None]) -> None:
        self._listeners.discard(listener)
        listener.put_nowait(None)


def shortened(number: str) -> str:
    """For the log: the country and area, and the last digits."""
    return f"{number[:5]}…{number[-4:]}"
