"""The dispatcher: claims texts as fast as numbers, carriers and room allow, and takes over what others left behind."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import psycopg
import structlog

from pawline.carriers.interface import Carrier
from pawline.deliveries.attempts import attempt_claimed
from pawline.deliveries.claiming import Claimed, Claims
from pawline.deliveries.desk import SendingDesk, Touch
from pawline.deliveries.pace import Pace
from pawline.deliveries.reconciling import look_for, missing_texts
from pawline.deliveries.sweeping import take_over, watch_overdue
from pawline.platform.db import Database
from pawline.platform.errors import Unavailable
from pawline.platform.repeating import repeat, sleep_until
from pawline.platform.settings import Settings

_WATCH_SECONDS = 60
_SHORTEST_SLEEP = 0.005
_log = structlog.get_logger()


class Dispatcher:
    """Run as many as you like, in any process."""

    def __init__(
        self,
        database: Database,
        carriers: Mapping[str, Carrier],
        touch: Touch,
        *,
        settings: Settings,
        pace: Pace | None = None,
    ) -> None:
        self._desk = SendingDesk(database, carriers, touch, settings, pace or Pace())
        self._under_way: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()

    def wake(self) -> None:
        """A hint that there is something to send. It may be lost: the next look is never far."""
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled; what is under way then gets time to end."""
        sweep_seconds = self._desk.pace.sweep
        loops = [
            self._claim(),
            self._sweep(self._take_over, every=sweep_seconds),
            self._sweep(self._look_for_missing, every=sweep_seconds),
            self._sweep(self._watch, every=_WATCH_SECONDS),
        ]
        tasks = {asyncio.create_task(each) for each in loops}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            # Nothing is broken off in the middle of a statement: each loop ends where it would have slept.
            self._stop.set()
            self._wake.set()
            await self._say_farewell(tasks)
        for task in tasks:
            task.result()

    async def _claim(self) -> None:
        pace = self._desk.pace
        claims = Claims(self._desk.database, self._desk.carriers, pace)
        try:
            while not self._stop.is_set():
                self._wake.clear()
                seconds = pace.poll
                try:
                    seconds = await self._claim_once(claims)
                except (Unavailable, psycopg.Error) as error:
                    _log.warning("texts_not_claimed", error=type(error).__name__)
                # Whoever sets the stop wakes, too; a wake before this loop cleared it would be lost.
                if not self._stop.is_set():
                    await sleep_until(self._wake, seconds=seconds)
        finally:
            await claims.close()

    async def _claim_once(self, claims: Claims) -> float:
        """Start what may go now. Returns in how many seconds to look again."""
        poll = self._desk.pace.poll
        room = self._desk.pace.at_once - len(self._under_way)
        if room <= 0:
            return poll
        claimed = await claims.claim(room)
        for each in claimed:
            self._start(each)
        if claimed:
            return 0
        next_in = await claims.seconds_to_next()
        return poll if next_in is None else min(poll, max(next_in, _SHORTEST_SLEEP))

    def _start(self, claimed: Claimed) -> None:
        task = asyncio.create_task(self._attempt(claimed))
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        self._wake.set()

    async def _attempt(self, claimed: Claimed) -> None:
        try:
            await attempt_claimed(self._desk, claimed)
        except Exception:  # noqa: BLE001 - the edge of a task: the lease runs out, and the text is taken over
            _log.exception("text_not_attempted", delivery_id=str(claimed.id))

    async def _take_over(self) -> None:
        if await take_over(self._desk):
            self.wake()

    async def _look_for_missing(self) -> None:
        missing = await missing_texts(self._desk)
        results = await asyncio.gather(*(look_for(self._desk, each) for each in missing), return_exceptions=True)
        for failure in (each for each in results if isinstance(each, Exception)):
            _log.error("text_search_failed", exc_info=failure)
        if missing:
            self.wake()

    async def _watch(self) -> None:
        await watch_overdue(self._desk.database)

    async def _sweep(self, work: Callable[[], Awaitable[None]], *, every: float) -> None:
        await repeat(work, every=every, stop=self._stop, trouble="texts_not_swept")

    async def _say_farewell(self, loops: "set[asyncio.Task[None]]") -> None:
        """What is under way gets time to end; the loops themselves start nothing any more."""
        tasks = loops | self._under_way
        _, late = await asyncio.wait(tasks, timeout=self._desk.pace.farewell)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)
