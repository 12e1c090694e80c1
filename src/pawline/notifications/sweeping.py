"""Looking for whom to tell: of several workers one looks, and goes on where the last look ended."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.mail_queue import WaitingMail

# Held until the commit.
_HOLD = text("SELECT swept_until FROM notice_sweep WHERE name = :name FOR UPDATE SKIP LOCKED")
_DONE = text("UPDATE notice_sweep SET swept_until = :now WHERE name = :name")


@dataclass(frozen=True, slots=True)
class Sweep:
    """One look: what has come ``since`` the last one, and up to ``now``."""

    uow: UnitOfWork
    since: datetime
    now: datetime

    async def keep(self, notice: type[WaitingMail], rows: Sequence[dict[str, Any]]) -> int:
        """Queue them, but those that are queued already. How many they are."""
        if rows:
            await self.uow.execute(insert(notice).on_conflict_do_nothing(), rows)
        return len(rows)


async def sweep(database: Database, name: str, *, oldest: timedelta, queue: Callable[[Sweep], Awaitable[int]]) -> int:
    """How many ``queue`` says it has queued. What is older than ``oldest`` is no news, however long no worker ran."""
    now = clock.now()
    async with database.transaction() as uow:
        swept_until = (await uow.execute(_HOLD, {"name": name})).scalar_one_or_none()
        if swept_until is None:
            return 0
        queued = await queue(Sweep(uow, max(min(swept_until, now), now - oldest), now))
        await uow.execute(_DONE, {"name": name, "now": now})
    return queued
