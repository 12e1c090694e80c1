"""Work that is looked for again and again, until it is asked to stop."""

import asyncio
from collections.abc import Awaitable, Callable
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


async def sleep_until(event: asyncio.Event, *, seconds: float) -> None:
    """Sleep, but not beyond the event."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
