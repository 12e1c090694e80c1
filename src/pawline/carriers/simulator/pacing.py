"""Pacing: a number passes on so many segments a second; the rest waits its turn, in order."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

from pawline.carriers.simulator.background import Background
from pawline.carriers.simulator.dialling_plan import SEGMENTS_A_SECOND, type_of
from pawline.carriers.simulator.ledger import Entry
from pawline.carriers.simulator.weather import Sky


class Pacer:
    def __init__(self, sky: Sky, background: Background, carry: Callable[[Entry], Awaitable[None]]) -> None:
        self._sky = sky
        self._background = background
        self._carry = carry
        self._waiting: defaultdict[str, deque[Entry]] = defaultdict(deque)
        self._segments: Counter[str] = Counter()
        self._busy: set[str] = set()

    def add(self, entry: Entry) -> None:
        number = entry.from_number
        self._waiting[number].append(entry)
        self._segments[number] += entry.segments
        if number not in self._busy:
            self._busy.add(number)
            self._background.start(self._pass_on(number))

    def waits(self, number: str) -> timedelta:
        """How long a text would wait that came now."""
        return timedelta(seconds=self._segments[number] / SEGMENTS_A_SECOND[type_of(number)])

    def clear(self) -> None:
        self._waiting.clear()
        self._segments.clear()

    async def _pass_on(self, number: str) -> None:
        rate = SEGMENTS_A_SECOND[type_of(number)]
        try:
            while self._waiting[number]:
                entry = self._waiting[number].popleft()
                self._segments[number] -= entry.segments
                self._background.start(self._carried(entry))
                await asyncio.sleep(self._sky.scaled(entry.segments / rate))
        finally:
            self._busy.discard(number)

    async def _carried(self, entry: Entry) -> None:
        await self._carry(entry)
