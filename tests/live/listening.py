"""Live frames of one thread, kept as they come."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.live.reducer import contiguous
from tests.world import Caller, LiveClient

Json = Any


@dataclass
class Recording:
    """Every ``changes`` frame that one person's socket brought."""

    frames: list[Json] = field(default_factory=list[Json])
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def whole(self, revision: int) -> list[Json]:
        """The frames once nothing up to ``revision`` is missing."""
        async with asyncio.timeout(30):
            while contiguous(0, self.frames) < revision:
                self.came.clear()
                await self.came.wait()
        return list(self.frames)


@asynccontextmanager
async def recording(caller: Caller) -> AsyncGenerator[Recording]:
    kept = Recording()
    async with caller.live() as client:
        listening = asyncio.create_task(_keep(client, kept))
        yield kept
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


async def _keep(client: LiveClient, kept: Recording) -> None:
    async for message in client.connection:
        frame = json.loads(message)
        if frame["type"] == "changes":
            kept.frames.append(frame)
            kept.came.set()
