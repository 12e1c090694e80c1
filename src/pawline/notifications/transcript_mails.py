"""Sending transcripts to contacts: each shows what its reader could see in the app."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from pawline.notifications.attempts import send_claimed
from pawline.notifications.claims import TRANSCRIPTS, ClaimedNotice
from pawline.notifications.mail import build_mail, read_logo, template_in
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.mail_queue import ADDRESS_TAKES_MAIL
from pawline.platform.settings import Settings
from pawline.threads.file_links import FileLinks
from pawline.transcripts.gathering import Gathering, Wanted, file_name
from pawline.transcripts.printing import Printer

# They may have left the family, lost their address or their place in it since somebody asked; threads may have been merged.
_FACTS = text(f"""
SELECT c.email, c.language, c.family_id, n.name, x.thread_id, x.conversation_id, x.up_to_seq, v.title,
    f.name AS family_name, k.name AS clinic_name, k.logo_id, k.timezone, y.name AS practice_name,
    coalesce(v.ended_at, x.queued_at) AS dated_at,
    ARRAY(SELECT b.blocked_id FROM person_block b
          WHERE b.practice_id = c.practice_id AND b.blocker_id = c.id ORDER BY b.blocked_id) AS blocked_ids,
    ARRAY(SELECT b.since FROM person_block b
          WHERE b.practice_id = c.practice_id AND b.blocker_id = c.id ORDER BY b.blocked_id) AS blocked_since
FROM transcript_mail x
JOIN thread t ON t.practice_id = x.practice_id AND t.id = x.thread_id
JOIN conversation v ON v.practice_id = x.practice_id AND v.id = x.conversation_id AND v.thread_id = t.id
JOIN contact c ON c.practice_id = x.practice_id AND c.id = x.contact_id AND c.family_id = t.family_id
JOIN person n ON n.practice_id = c.practice_id AND n.id = c.id
JOIN family f ON f.practice_id = t.practice_id AND f.id = t.family_id
JOIN clinic k ON k.practice_id = t.practice_id AND k.id = t.clinic_id
JOIN practice y ON y.id = t.practice_id
WHERE x.practice_id = :practice_id AND x.id = :id AND c.role IN ('primary', 'secondary') AND c.email IS NOT NULL
    AND {ADDRESS_TAKES_MAIL}
""")  # noqa: S608 - made of constants
_NO_SESSION = UUID(int=0)
_SUBJECTS = {"en": "Your conversation with {clinic}: {title}", "es": "Su conversación con {clinic}: {title}"}


@dataclass(frozen=True, slots=True)
class _Shelf:
    database: Database
    files: FileStore
    links: FileLinks


class TranscriptMails:
    """Run as many as you like, in any process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._shelf = _Shelf(database, FileStore(settings.files_url), FileLinks(settings))
        self._printer = Printer()

    async def tell_now(self) -> bool:
        """Send some of what waits. True: there may be more of it."""
        return await send_claimed(self._settings, self._database, TRANSCRIPTS, write=self._write)

    async def _write(self, notice: ClaimedNotice) -> EmailMessage | None:
        async with self._database.transaction() as uow:
            to = (await uow.execute(_FACTS, {"practice_id": notice.practice_id, "id": notice.id})).one_or_none()
        if to is None:
            return None
        wanted = Wanted(to.thread_id, to.conversation_id, to.up_to_seq, to.language)
        reader = _reader(notice, to)
        content = await self._printer.print(Gathering(self._shelf, reader, wanted), self._settings.data)
        return self._mail(to, content, await read_logo(self._shelf.files, to.logo_id))

    def _mail(self, to: Any, content: bytes, logo: bytes | None) -> EmailMessage:
        subject = _SUBJECTS[to.language].format(clinic=to.clinic_name, title=to.title)
        shown = {
            "name": to.name,
            "practice": to.practice_name,
            "clinic": to.clinic_name,
            "logo": logo,
            "title": to.title,
            "link": f"{self._settings.public_url}/owner/threads/{to.thread_id}",
        }
        template = template_in("transcript", to.language)
        mail = build_mail(self._settings, to=to.email, subject=subject, template=template, facts=shown)
        name = file_name(to.language, to.family_name, to.dated_at.astimezone(ZoneInfo(to.timezone)))
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        return mail


def _reader(notice: ClaimedNotice, to: Any) -> Actor:
    """Who gets it, so that it is made with the one predicate of reading."""
    return Actor(
        practice_id=notice.practice_id,
        person_id=notice.person_id,
        session_id=_NO_SESSION,
        kind="contact",
        name=to.name,
        family_id=to.family_id,
        blocked=tuple(zip(to.blocked_ids, to.blocked_since, strict=True)),
    )
