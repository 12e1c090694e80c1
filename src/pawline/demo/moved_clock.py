"""The demo's own time: the machine's, moved by as many seconds as a file says. Every process of a demo follows the file."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pawline.platform import clock

LOOK_EVERY_SECONDS = 0.25


class MovedClock:
    def __init__(self, data: Path) -> None:
        self._path = data / "clock.json"

    @property
    def offset(self) -> timedelta:
        """A file that is not there, or not ours, moves nothing."""
        with suppress(OSError, ValueError, TypeError):
            return timedelta(seconds=float(json.loads(self._path.read_text())))
        return timedelta(0)

    def move(self, offset: timedelta) -> None:
        """Other processes follow within LOOK_EVERY_SECONDS."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        half = self._path.with_suffix(".half")
        half.write_text(json.dumps(offset.total_seconds()))
        half.replace(self._path)
        self._apply()

    @asynccontextmanager
    async def followed(self) -> AsyncGenerator[None]:
        """Inside the block the file tells the time."""
        self._apply()
        following = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            following.cancel()
            clock.set_clock(None)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            self._apply()

    def _apply(self) -> None:
        offset = self.offset
        clock.set_clock(lambda: datetime.now(UTC) + offset)
