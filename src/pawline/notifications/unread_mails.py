"""Sending e-mails about unread messages: one to a contact and burst, also when the mail server was away."""

from email.message import EmailMessage
from functools import partial
from typing import Any

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TO_CONTACTS, ClaimedNotice
from pawline.notifications.contents import UnreadMailFacts, unread_mail_facts
from pawline.notifications.finding import queue_notices
from pawline.notifications.mail import build_mail, read_logo, template_in
from pawline.notifications.off_links import add_one_click, off_url
from pawline.notifications.owner_paths import owner_path
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.languages import Language
from pawline.platform.money import format_money
from pawline.platform.phone_numbers import format_for_people
from pawline.platform.settings import Settings
from pawline.practices.address import address_of


class UnreadMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    async def tell_now(self) -> bool:
        """Queue what is due, and send some of what waits. True: there may be more of it."""
        await queue_notices(self._database)
        return await send_claimed(self._settings, self._database, TO_CONTACTS, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            facts = await unread_mail_facts(uow, notice)
        return self._mail(notice, facts, await read_logo(self._files, facts.to.logo_id)) if facts else None

    def _mail(self, notice: ClaimedNotice, facts: UnreadMailFacts, logo: bytes | None) -> EmailMessage:
        off = off_url(self._settings, notice.practice_id, notice.person_id)
        to = facts.to
        shown: dict[str, Any] = {
            "headline": facts.headline,
            "name": to.name,
            "practice": to.practice_name,
            "clinic": to.clinic_name,
            "logo": logo,
            "address": address_of(to),
            "link": self._settings.public_url + owner_path(notice.about_id, facts.pet.id if facts.pet else None),
            "asked": partial(_asked, to.language),
            "messages": facts.messages if to.mails_show_words else [],
            "emergency_number": format_for_people(to.emergency_number, to.country) if to.emergency_number else None,
            "dialled": to.emergency_number,
            "settings_link": f"{self._settings.public_url}/owner/you",
            "off_link": off,
        }
        template = template_in("unread", to.language)
        mail = build_mail(self._settings, to=to.email, subject=facts.headline, template=template, facts=shown)
        add_one_click(mail, off)
        return mail


def _asked(language: Language, message: Any) -> str:
    """What the message asks to be paid; empty where nothing is to be paid, or not any more."""
    return format_money(message.amount_minor, message.currency, language) if message.amount_minor else ""
