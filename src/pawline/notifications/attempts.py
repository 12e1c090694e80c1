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
from pawline.notifications.mail import send_mail, sender_domain
from pawline.notifications.refusals import note_refusals
from pawline.platform.db import Database
from pawline.platform.errors import Unavailable
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
    try:
        mail = await write(notice)
        if mail is None:
            await is_needless(database, notice)
            return
        # The same at every try: should one arrive twice, a mail reader can tell that it is one.
        mail.replace_header("Message-ID", f"<{notice.kind.mail_name}-{notice.id}@{sender_domain(settings)}>")
        async with asyncio.timeout(_LONGEST_SECONDS):
            await send_mail(settings, mail, practice_id=notice.practice_id)
    except (aiosmtplib.SMTPException, OSError, TimeoutError, Unavailable) as error:
        await _failed(database, notice, error)
    except Exception as error:  # noqa: BLE001 - one that cannot be written must neither hold up the others nor be tried for ever
        _log.exception("mail_not_written", notice_id=str(notice.id), table=notice.kind.table)
        await _failed(database, notice, error)
    else:
        await was_sent(database, notice)


async def _failed(database: Database, notice: ClaimedNotice, error: Exception) -> None:
    about = {"notice_id": str(notice.id), "table": notice.kind.table, "attempts": notice.attempts}
    _log.warning("unread_mail_not_sent", **about, error=type(error).__name__)
    async with database.transaction() as uow:
        await note_refusals(uow, notice.practice_id, error)
    if _is_about_this_mail(error):
        await was_refused(database, notice)
    else:
        await try_again(database, notice)


def _is_about_this_mail(error: Exception) -> bool:
    """Refused for good because of whom it is for or what it says, and not because of how we signed in."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= _PERMANENT for refused in error.recipients)
    refusals = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
    return isinstance(error, refusals) and error.code >= _PERMANENT
