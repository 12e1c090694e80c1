"""Keeping record of who loads a thread. It costs a reader one look-up in memory, and once a minute one statement."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Database, UnitOfWork
from pawline.platform.wall_clock import midnight_after
from pawline.threads.opened_model import ThreadOpened

# The last time stands in the record to the minute; the first one exactly.
_AGAIN_AFTER = timedelta(minutes=1)
_MOST_REMEMBERED = 10_000
_NEVER = datetime.min.replace(tzinfo=UTC)
_ZONE = text("""
SELECT k.timezone FROM thread t JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
WHERE t.practice_id = :practice_id AND t.id = :thread_id
""")
_MOVE = text("""
INSERT INTO thread_opened (practice_id, thread_id, on_date, person_id, first_at, last_at)
SELECT o.practice_id, :target_id, o.on_date, o.person_id, o.first_at, o.last_at
FROM thread_opened o WHERE o.practice_id = :practice_id AND o.thread_id = :source_id
ON CONFLICT (practice_id, thread_id, on_date, person_id) DO UPDATE SET
    first_at = least(thread_opened.first_at, excluded.first_at), last_at = greatest(thread_opened.last_at, excluded.last_at)
""")


class Openings:
    """What this process has recorded of late. Another process records by itself; twice does no harm."""

    def __init__(self) -> None:
        # Since when, and until when nothing has to be recorded again: the clinic's next day needs a row of its own.
        self._recorded: dict[tuple[UUID, UUID], tuple[datetime, datetime]] = {}

    async def record(self, database: Database, actor: Actor, thread_id: UUID) -> None:
        """Somebody who may see the thread loads it, or goes on reading it."""
        if self._is_recorded(actor, thread_id):
            return
        async with database.transaction() as uow:
            await self.record_in(uow, actor, thread_id)

    async def record_in(self, uow: UnitOfWork, actor: Actor, thread_id: UUID) -> None:
        if self._is_recorded(actor, thread_id):
            return
        thread: dict[str, Any] = {"practice_id": actor.practice_id, "thread_id": thread_id}
        zone, now = ZoneInfo((await uow.execute(_ZONE, thread)).scalar_one()), clock.now()
        today = now.astimezone(zone).date()
        opened = insert(ThreadOpened).values(**thread, person_id=actor.person_id, on_date=today, first_at=now, last_at=now)
        last_at = func.greatest(ThreadOpened.last_at, opened.excluded.last_at)
        await uow.execute(opened.on_conflict_do_update(constraint="pk_thread_opened", set_={"last_at": last_at}))
        until = min(now + _AGAIN_AFTER, midnight_after(today, zone))
        uow.after_commit(partial(self._remember, actor, thread_id, (now, until)))

    def _is_recorded(self, actor: Actor, thread_id: UUID) -> bool:
        since, until = self._recorded.get((actor.person_id, thread_id), (_NEVER, _NEVER))
        return since <= clock.now() < until

    def _remember(self, actor: Actor, thread_id: UUID, span: tuple[datetime, datetime]) -> None:
        self._recorded.pop((actor.person_id, thread_id), None)
        self._recorded[actor.person_id, thread_id] = span
        if len(self._recorded) > _MOST_REMEMBERED:
            del self._recorded[next(iter(self._recorded))]


async def move_openings(uow: UnitOfWork, practice_id: UUID, *, source_id: UUID, target_id: UUID) -> None:
    """Two threads become one: who opened either has opened the one that stays."""
    await uow.execute(_MOVE, {"practice_id": practice_id, "source_id": source_id, "target_id": target_id})
