"""The worker's part: looks again and again for whom to tell. Nobody has to call it when a message is posted."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from pawline.notifications.pushing import WebPush
from pawline.notifications.unread_mails import UnreadMails
from pawline.platform.db import Database
from pawline.platform.errors import Unavailable
from pawline.platform.settings import Settings

_MAILS_EVERY_SECONDS = 5.0
_PUSHES_EVERY_SECONDS = 1.0
_FAREWELL_SECONDS = 20
_log = structlog.get_logger()


async def tell_people(settings: Settings, database: Database) -> None:
    """Until cancelled; what is under way then gets time to end, for an e-mail broken off may have arrived."""
    mails, push, stop = UnreadMails(settings, database), WebPush(settings, database), asyncio.Event()
    loops = {
        asyncio.create_task(_every(_MAILS_EVERY_SECONDS, mails.tell_now, stop)),
        asyncio.create_task(_every(_PUSHES_EVERY_SECONDS, push.push_now, stop)),
    }
    try:
        await asyncio.wait(loops)
    finally:
        stop.set()
        _, late = await asyncio.wait(loops, timeout=_FAREWELL_SECONDS)
        for loop in late:
            loop.cancel()
        await push.close()


async def _every(seconds: float, work: Callable[[], Awaitable[bool]], stop: asyncio.Event) -> None:
    """``work`` says whether there is more to do at once."""
    while not stop.is_set():
        is_more = False
        try:
            is_more = await work()
        except Unavailable:
            _log.warning("people_not_told")
        except Exception:  # noqa: BLE001 - the edge of a loop: one mistake must not end it
            _log.exception("people_not_told")
        if not is_more:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), seconds)
