"""E-mails to the staff members of today's appointments, as soon as the family writes."""

from email.message import EmailMessage
from typing import Any

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TO_STAFF, ClaimedNotice
from pawline.notifications.finding_staff import queue_staff_notices
from pawline.notifications.mail import build_mail, read_logo
from pawline.notifications.staff_contents import StaffMailFacts, staff_mail_facts
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.settings import Settings


class StaffMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await queue_staff_notices(self._database)
        return await send_claimed(self._settings, self._database, TO_STAFF, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            facts = await staff_mail_facts(uow, notice)
        return self._mail(notice, facts, await read_logo(self._files, facts.to.logo_id)) if facts else None

    def _mail(self, notice: ClaimedNotice, facts: StaffMailFacts, logo: bytes | None) -> EmailMessage:
        to = facts.to
        shown: dict[str, Any] = {
            "headline": facts.headline,
            "name": to.name,
            "practice": to.practice_name,
            "clinic": to.clinic_name,
            "logo": logo,
            "family": to.family_name,
            "link": f"{self._settings.public_url}/staff/threads/{notice.about_id}",
            "messages": facts.messages if to.mails_show_words else [],
        }
        return build_mail(self._settings, to=to.email, subject=facts.headline, template="staff_unread", facts=shown)
