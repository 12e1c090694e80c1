"""The mails about a new address. Each job loads afresh and sends nothing for what is over by now."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from pawline.notifications.mail import build_mail, send_mail
from pawline.notifications.refusals import noting_refusals
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.jobs import Job
from pawline.platform.settings import Settings
from pawline.team.addresses import ADDRESS_MAIL_TASK, address_token
from pawline.team.confirming import ADDRESS_TOLD_TASK

_FACTS = text("""
SELECT w.email, w.old_email, w.confirmed_at IS NULL AND w.expires_at > :now AS is_open, w.confirmed_at, p.name,
    b.name AS asked_by, w.asked_by_id = w.staff_id AS is_own, y.name AS practice_name
FROM staff_address_change w
JOIN person p ON p.practice_id = w.practice_id AND p.id = w.staff_id
JOIN person b ON b.practice_id = w.practice_id AND b.id = w.asked_by_id
JOIN practice y ON y.id = w.practice_id
WHERE w.practice_id = :practice_id AND w.id = :change_id
""")


class AddressMails:
    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    def by_name(self) -> dict[str, Job]:
        return {ADDRESS_MAIL_TASK: self.send_new_address_mail_now, ADDRESS_TOLD_TASK: self.send_address_changed_mail_now}

    async def send_new_address_mail_now(self, practice_id: str, change_id: str) -> None:
        """To the new address, with the link."""
        found = await self._load(practice_id, change_id)
        if found is None or not found.is_open:
            return
        token = address_token(self._settings, UUID(change_id))
        facts = {**_facts(found), "link": f"{self._settings.public_url}/staff/address#token={token}"}
        subject = f"Confirm your new e-mail address for {found.practice_name}"
        mail = build_mail(self._settings, to=found.email, subject=subject, template="new_address", facts=facts)
        async with noting_refusals(self._database, UUID(practice_id)):
            await send_mail(self._settings, mail, practice_id=UUID(practice_id))

    async def send_address_changed_mail_now(self, practice_id: str, change_id: str) -> None:
        """To the old one: whoever reads it may know nothing of the change."""
        found = await self._load(practice_id, change_id)
        if found is None or found.confirmed_at is None:
            return
        subject = f"Your e-mail address for {found.practice_name} has changed"
        mail = build_mail(self._settings, to=found.old_email, subject=subject, template="address_changed", facts=_facts(found))
        async with noting_refusals(self._database, UUID(practice_id)):
            await send_mail(self._settings, mail, practice_id=UUID(practice_id))

    async def _load(self, practice_id: str, change_id: str) -> Any | None:
        values = {"practice_id": UUID(practice_id), "change_id": UUID(change_id), "now": clock.now()}
        async with self._database.transaction() as uow:
            return (await uow.execute(_FACTS, values)).one_or_none()


def _facts(found: Any) -> dict[str, str]:
    asked_by = "You" if found.is_own else found.asked_by  # begins its sentence
    return {"name": found.name, "practice": found.practice_name, "new_email": found.email, "asked_by": asked_by}
