"""Work that is looked for again and again, until it is asked to stop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

import structlog

from pawline.platform.errors import Unavailable

_log = structlog.get_logger()


async def repeat(work: Callable[[], Awaitable[bool | None]], *, every: float, stop: asyncio.Event, trouble: str) -> None:
    """``work`` answers True when there is more to do at once. ``every`` in seconds; ``trouble`` names a failure in the log."""
    while not stop.is_set():
        is_more: bool | None = False
        try:
            is_more = await work()
        except Unavailable:
            _log.warning(trouble)
        except Exception:  # noqa: BLE001 - the edge of a loop: one mistake must not end it
            _log.exception(trouble)
        if not is_more:
            await sleep_until(stop, seconds=every)


async def until_one_ends(work: "asyncio.Task[None]", others: Iterable["asyncio.Task[None]"]) -> None:
    """``work`` beside ``others``, none of which should end. As soon as one does, so does ``work``, and its error is raised."""
    try:
        done, _ = await asyncio.wait([work, *others], return_when=asyncio.FIRST_COMPLETED)
    finally:
        await cancelled(work)
    for task in done:
        task.result()


async def cancelled(task: "asyncio.Task[None]") -> None:
    """Once it has ended. Raises what ended it before it was asked to."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def sleep_until(event: asyncio.Event, *, seconds: float) -> None:
    """Sleep, but not beyond the event."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
