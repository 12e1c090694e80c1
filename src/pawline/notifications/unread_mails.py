"""Sending e-mails about unread messages: one to a contact and burst, also when the mail server was away."""

import asyncio
from email.message import EmailMessage
from typing import Any

import aiosmtplib
import structlog

from pawline.notifications.claims import ClaimedNotice, claim_notices, is_needless, try_again, was_refused, was_sent
from pawline.notifications.contents import UnreadMailFacts, unread_mail_facts
from pawline.notifications.finding import queue_notices
from pawline.notifications.mail import build_mail, send_mail, sender_domain
from pawline.notifications.off_links import off_url
from pawline.platform.db import Database
from pawline.platform.phone_numbers import format_for_people
from pawline.platform.settings import Settings

_LONGEST_SECONDS = 60
_PERMANENT = 500
_log = structlog.get_logger()


class UnreadMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await queue_notices(self._database)
        claimed = await claim_notices(self._database)
        await asyncio.gather(*(self._attempt(notice) for notice in claimed))
        return bool(claimed)

    async def _attempt(self, notice: ClaimedNotice) -> None:
        async with self._database.transaction() as uow:
            facts = await unread_mail_facts(uow, notice)
        if facts is None:
            await is_needless(self._database, notice)
            return
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                await send_mail(self._settings, self._mail(notice, facts))
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            await self._failed(notice, error)
        else:
            await was_sent(self._database, notice)

    async def _failed(self, notice: ClaimedNotice, error: Exception) -> None:
        _log.warning("unread_mail_not_sent", notice_id=str(notice.id), attempts=notice.attempts, error=type(error).__name__)
        if notice.is_late or _is_about_this_mail(error):
            await was_refused(self._database, notice)
        else:
            await try_again(self._database, notice)

    def _mail(self, notice: ClaimedNotice, facts: UnreadMailFacts) -> EmailMessage:
        off = off_url(self._settings, notice.practice_id, notice.contact_id)
        to = facts.to
        shown: dict[str, Any] = {
            "headline": facts.headline,
            "name": to.name,
            "practice": to.practice_name,
            "clinic": to.clinic_name,
            "link": f"{self._settings.public_url}/owner/threads/{notice.thread_id}",
            "messages": facts.messages if to.mails_show_words else [],
            "emergency_number": format_for_people(to.emergency_number, to.country) if to.emergency_number else None,
            "dialled": to.emergency_number,
            "settings_link": f"{self._settings.public_url}/owner/you",
            "off_link": off,
        }
        mail = build_mail(self._settings, to=to.email, subject=facts.headline, template="unread", facts=shown)
        # The same at every try: should one arrive twice, a mail reader can tell that it is one.
        mail.replace_header("Message-ID", f"<unread-{notice.id}@{sender_domain(self._settings)}>")
        mail["List-Unsubscribe"] = f"<{off}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return mail


def _is_about_this_mail(error: Exception) -> bool:
    """Refused for good because of whom it is for or what it says, and not because of how we signed in."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= _PERMANENT for refused in error.recipients)
    refusals = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
    return isinstance(error, refusals) and error.code >= _PERMANENT
