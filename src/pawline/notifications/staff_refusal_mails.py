"""The mails about addresses of the team that take no e-mail: to those who manage the team, and to try such an address again."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.notifications.mail import build_mail, read_logo, send_mail, sender_domain
from pawline.notifications.refusals import noting_refusals
from pawline.notifications.staff_refusals import MANAGES_TEAM_OF, TOLD_TASK, TRY_TASK
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.jobs import Job
from pawline.platform.mail_queue import PRACTICE_LOGO
from pawline.platform.settings import Settings

# What was tried again or mended meanwhile is nothing to tell any more.
_FACTS = text(f"""
SELECT s.email, p.name, y.name AS practice_name, q.name AS refused_name, r.email AS refused_email, r.words,
    {PRACTICE_LOGO} AS logo_id, w.password_hash IS NOT NULL AS has_password, extract(epoch FROM r.refused_at)::bigint AS moment
FROM staff_mail_refusal r
JOIN staff_member w ON w.practice_id = r.practice_id AND w.id = r.staff_id AND w.email = r.email AND w.left_at IS NULL
JOIN staff_member s ON s.id = :to_id AND {MANAGES_TEAM_OF}
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
JOIN person q ON q.practice_id = w.practice_id AND q.id = w.id
JOIN practice y ON y.id = r.practice_id
WHERE r.practice_id = :practice_id AND r.staff_id = :staff_id
""")  # noqa: S608 - made of constants
_TRIED = text(f"""
SELECT s.email, p.name, y.name AS practice_name, {PRACTICE_LOGO} AS logo_id
FROM staff_member s
JOIN person p ON p.practice_id = s.practice_id AND p.id = s.id
JOIN practice y ON y.id = s.practice_id
WHERE s.practice_id = :practice_id AND s.id = :staff_id AND s.left_at IS NULL
""")  # noqa: S608 - made of constants


class StaffRefusalMails:
    """Each job loads afresh."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    def by_name(self) -> dict[str, Job]:
        return {TOLD_TASK: self.tell_of_refused_address_now, TRY_TASK: self.try_staff_address_now}

    async def tell_of_refused_address_now(self, practice_id: str, staff_id: str, to_id: str) -> None:
        values = {"practice_id": UUID(practice_id), "staff_id": UUID(staff_id), "to_id": UUID(to_id)}
        async with self._database.transaction() as uow:
            facts = (await uow.execute(_FACTS, values)).one_or_none()
        if facts is None:
            return
        headline = f"E-mails to {facts.refused_name} come back"
        shown: dict[str, Any] = {
            "headline": headline,
            "name": facts.name,
            "practice": facts.practice_name,
            "logo": await read_logo(self._files, facts.logo_id),
            "refused_name": facts.refused_name,
            "refused_email": facts.refused_email,
            "words": facts.words,
            "has_password": facts.has_password,
            "link": f"{self._settings.public_url}/staff/team",
        }
        mail = build_mail(self._settings, to=facts.email, subject=headline, template="staff_refused", facts=shown)
        # The same at every try: should one arrive twice, a mail reader can tell that it is one.
        message_id = f"<staff-refused-{staff_id}-{facts.moment}-{to_id}@{sender_domain(self._settings)}>"
        mail.replace_header("Message-ID", message_id)
        async with noting_refusals(self._database, values["practice_id"]):
            await send_mail(self._settings, mail, practice_id=values["practice_id"])

    async def try_staff_address_now(self, practice_id: str, staff_id: str) -> None:
        values = {"practice_id": UUID(practice_id), "staff_id": UUID(staff_id)}
        async with self._database.transaction() as uow:
            to = (await uow.execute(_TRIED, values)).one_or_none()
        if to is None:
            return
        logo = await read_logo(self._files, to.logo_id)
        shown = {"name": to.name, "practice": to.practice_name, "logo": logo, "link": f"{self._settings.public_url}/staff"}
        subject = f"E-mails of {to.practice_name} reach you again"
        mail = build_mail(self._settings, to=to.email, subject=subject, template="staff_tried", facts=shown)
        async with noting_refusals(self._database, values["practice_id"]):
            await send_mail(self._settings, mail, practice_id=values["practice_id"])
