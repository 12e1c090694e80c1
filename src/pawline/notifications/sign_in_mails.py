"""The mails that let people in. Each job loads afresh and sends nothing for what is used up by now."""

from typing import Any
from uuid import UUID

from pawline.notifications.factor_mails import FactorMails
from pawline.notifications.mail import build_mail, read_logo, send_mail, template_in
from pawline.notifications.refusals import noting_refusals
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.jobs import Job
from pawline.platform.settings import Settings
from pawline.sign_in.contacts import MAIL_TASK, code_and_token, code_mail_facts
from pawline.sign_in.staff import PASSWORD_MAIL_TASK, password_mail_facts, password_url

_SUBJECTS = {"en": "Sign in to {practice}", "es": "Inicie sesión en {practice}"}


class SignInMails:
    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    def by_name(self) -> dict[str, Job]:
        about_factors = FactorMails(self._settings, self._database).by_name()
        return {MAIL_TASK: self.send_sign_in_mail_now, PASSWORD_MAIL_TASK: self.send_password_mail_now, **about_factors}

    async def send_sign_in_mail_now(self, practice_id: str, code_id: str) -> None:
        async with self._database.transaction() as uow:
            facts = await code_mail_facts(uow, UUID(practice_id), UUID(code_id))
        if facts is None:
            return
        code, token = code_and_token(self._settings, UUID(code_id))
        link = f"{self._settings.public_url}/owner/sign-in#token={token}"
        # The code stays out of the subject: a locked phone shows it to whoever looks.
        subject = _SUBJECTS[facts.language].format(practice=facts.practice_name)
        shown, template = await self._facts(facts, code=code, link=link), template_in("sign_in", facts.language)
        mail = build_mail(self._settings, to=facts.email, subject=subject, template=template, facts=shown)
        async with noting_refusals(self._database, UUID(practice_id)):
            await send_mail(self._settings, mail, practice_id=UUID(practice_id))

    async def send_password_mail_now(self, practice_id: str, link_id: str) -> None:
        async with self._database.transaction() as uow:
            facts = await password_mail_facts(uow, UUID(practice_id), UUID(link_id))
        if facts is None:
            return
        link = password_url(self._settings, UUID(link_id))
        subject = f"Choose your password for {facts.practice_name}"
        shown = await self._facts(facts, link=link)
        mail = build_mail(self._settings, to=facts.email, subject=subject, template="password", facts=shown)
        async with noting_refusals(self._database, UUID(practice_id)):
            await send_mail(self._settings, mail, practice_id=UUID(practice_id))

    async def _facts(self, row: Any, **others: str) -> dict[str, Any]:
        logo = await read_logo(self._files, row.logo_id)
        return {"name": row.name, "practice": row.practice_name, "logo": logo, **others}
