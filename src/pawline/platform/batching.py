"""Shared work: callers that wait at the same moment are served by one statement and one commit."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from pawline.platform.errors import Clash, Unavailable

Item = TypeVar("Item")
Result = TypeVar("Result")
# Each takes seconds, for which everybody behind it waits.
_MOST_CLASHES = 3


class Batcher(Generic[Item, Result]):
    """Runs ``work`` on whatever is waiting as soon as the last batch is done; nobody waits for a timer.

    ``work`` answers one result, or one exception, for each item, in order. When it raises for a batch as a whole,
    each item is tried once alone, so that a failure is reported to just those that cause it. So it is where another
    transaction is in the way, which may be in the way of one only; what is unavailable otherwise is so for everybody.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Result | Exception]]], *, most: int) -> None:
        self._work = work
        self._most = most
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._runner: asyncio.Task[None] | None = None

    async def submit(self, item: Item) -> Result:
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._runner is None:
            self._runner = asyncio.create_task(self._run())
        return await future

    async def drain(self) -> None:
        """Wait until everything handed in so far is done."""
        while self._runner is not None:
            await asyncio.shield(self._runner)

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._serve(batch)
        finally:
            self._runner = None

    async def _serve(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> Exception | None:
        """What was raised for the batch as a whole; its callers know it by then."""
        try:
            results = await self._work([item for item, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the callers, not to this loop
            if isinstance(error, Unavailable) and not _is_clash(error):
                # Whoever came meanwhile would wait just as long for the same answer.
                came_meanwhile, self._waiting = self._waiting, []
                _settle_all([*batch, *came_meanwhile], error)
            elif len(batch) == 1:
                _settle_all(batch, error)
            else:
                await self._serve_each(batch)
            return error
        for (_, future), result in zip(batch, results, strict=True):
            _settle(future, result)
        return None

    async def _serve_each(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        clashes = 0
        for done, one in enumerate(batch, start=1):
            error = await self._serve([one])
            clashes += _is_clash(error)
            if isinstance(error, Unavailable) and (clashes == _MOST_CLASHES or not _is_clash(error)):
                _settle_all(batch[done:], error)
                return


def _is_clash(error: Exception | None) -> bool:
    return isinstance(error, Clash) or (isinstance(error, Unavailable) and isinstance(error.__cause__, Clash))


def _settle_all(batch: Sequence[tuple[Item, asyncio.Future[Result]]], error: Exception) -> None:
    for _, future in batch:
        _settle(future, error)


def _settle(future: asyncio.Future[Result], result: Result | Exception) -> None:
    with suppress(asyncio.InvalidStateError):  # the caller has gone away meanwhile
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)
