"""``pawline bounce``: for a mail server that hands over what comes to ``PAWLINE_MAIL_BOUNCES``, one message at a time."""

import asyncio
import os
import sys
from typing import BinaryIO

import structlog
import typer
import uvloop

from pawline.notifications.bounces import BounceOutcome, take_bounce
from pawline.platform.db import Database
from pawline.platform.postgres import running_url
from pawline.platform.schema_state import require_current
from pawline.platform.settings import Settings

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the message and comes again."""
# The report stands before the e-mail that is sent back with it, which may have a transcript in it.
_LONGEST_BYTES = 1024 * 1024
_log = structlog.get_logger()


class NotRunning(Exception):
    """The embedded database runs with `pawline serve`, and is not started for a bounce."""


def bounce() -> None:
    """Read one message from standard input and mark the address it tells of. For a mail server; see docs/operating.md."""
    content = _read_all(sys.stdin.buffer)
    try:
        outcome = uvloop.run(_take(Settings.from_env(os.environ), content))
    except Exception as error:  # whatever it is, somebody will put it right, and until then nothing may be lost
        _log.exception("bounce_not_taken")
        raise typer.Exit(TRY_AGAIN) from error
    _log.info("bounce_taken", outcome=outcome)


def _read_all(source: BinaryIO) -> bytes:
    """The beginning of it. To its end all the same: a mail server minds when nobody reads what it writes."""
    content = source.read(_LONGEST_BYTES)
    while source.read(_LONGEST_BYTES):
        pass
    return content


async def _take(settings: Settings, content: bytes) -> BounceOutcome:
    url = settings.database_url or running_url(settings.postgres_folder)
    if url is None:
        raise NotRunning
    await asyncio.to_thread(require_current, url)
    database = Database(url, connections=1)
    try:
        return await take_bounce(settings, database, content)
    finally:
        await database.close()
