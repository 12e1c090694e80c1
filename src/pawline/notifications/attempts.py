"""Sending e-mails that wait: what the mail server takes is done, what it does not take is tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import aiosmtplib
import structlog

from pawline.notifications.claims import (
    ClaimedNotice,
    NoticeKind,
    claim_notices,
    is_needless,
    try_again,
    was_refused,
    was_sent,
)
from pawline.notifications.mail import send_mail
from pawline.platform.db import Database
from pawline.platform.settings import Settings

Write = Callable[[ClaimedNotice], Awaitable[EmailMessage | None]]
_LONGEST_SECONDS = 60
_PERMANENT = 500
_log = structlog.get_logger()


async def send_claimed(settings: Settings, database: Database, kind: NoticeKind, *, write: Write) -> bool:
    """Send some of what is due; ``write`` says None when there is nothing to tell any more. True: there may be more of it."""
    claimed = await claim_notices(database, kind)
    await asyncio.gather(*(_attempt(settings, database, notice, write=write) for notice in claimed))
    return bool(claimed)


async def _attempt(settings: Settings, database: Database, notice: ClaimedNotice, *, write: Write) -> None:
    mail = await write(notice)
    if mail is None:
        await is_needless(database, notice)
        return
    try:
        async with asyncio.timeout(_LONGEST_SECONDS):
            await send_mail(settings, mail)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        await _failed(database, notice, error)
    else:
        await was_sent(database, notice)


async def _failed(database: Database, notice: ClaimedNotice, error: Exception) -> None:
    about = {"notice_id": str(notice.id), "table": notice.kind.table, "attempts": notice.attempts}
    _log.warning("unread_mail_not_sent", **about, error=type(error).__name__)
    if notice.is_late or _is_about_this_mail(error):
        await was_refused(database, notice)
    else:
        await try_again(database, notice)


def _is_about_this_mail(error: Exception) -> bool:
    """Refused for good because of whom it is for or what it says, and not because of how we signed in."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= _PERMANENT for refused in error.recipients)
    refusals = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
    return isinstance(error, refusals) and error.code >= _PERMANENT
