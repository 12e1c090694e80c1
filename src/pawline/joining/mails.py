"""The mails of joining. Each job loads afresh and sends nothing for what is used up by now."""

from uuid import UUID

from pawline.joining.invitations import INVITATION_MAIL_TASK, invitation_mail_facts, invitation_url
from pawline.joining.secrets import sign_up_code
from pawline.joining.signing_up import MAIL_TASK, sign_up_mail_facts
from pawline.notifications.mail import build_mail, read_logo, send_mail, template_in
from pawline.notifications.refusals import noting_refusals
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.jobs import Job
from pawline.platform.settings import Settings

_SUBJECTS = {"en": "Your code for {practice}", "es": "Su código para {practice}"}
_INVITING = {"en": "{inviter} invites you to {practice}", "es": "{inviter} le invita a {practice}"}


class JoiningMails:
    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    def by_name(self) -> dict[str, Job]:
        return {MAIL_TASK: self.send_sign_up_mail_now, INVITATION_MAIL_TASK: self.send_invitation_mail_now}

    async def send_sign_up_mail_now(self, practice_id: str, sign_up_id: str) -> None:
        async with self._database.transaction() as uow:
            found = await sign_up_mail_facts(uow, UUID(practice_id), UUID(sign_up_id))
        if found is None:
            return
        code = sign_up_code(self._settings, UUID(sign_up_id))
        # Not the name that was typed: it would let strangers put words of their own into mails of ours.
        facts = {"practice": found.practice_name, "code": code, "logo": await read_logo(self._files, found.logo_id)}
        # The code stays out of the subject: a locked phone shows it to whoever looks.
        subject = _SUBJECTS[found.language].format(practice=found.practice_name)
        template = template_in("sign_up", found.language)
        mail = build_mail(self._settings, to=found.email, subject=subject, template=template, facts=facts)
        async with noting_refusals(self._database, UUID(practice_id)):
            await send_mail(self._settings, mail, practice_id=UUID(practice_id))

    async def send_invitation_mail_now(self, practice_id: str, invitation_id: str) -> None:
        async with self._database.transaction() as uow:
            found = await invitation_mail_facts(uow, UUID(practice_id), UUID(invitation_id))
        if found is None:
            return
        facts = {
            "name": found.name,
            "inviter": found.invited_by,
            "family": found.family_name,
            "practice": found.practice_name,
            "logo": await read_logo(self._files, found.logo_id),
            "link": invitation_url(self._settings, UUID(invitation_id)),
        }
        subject = _INVITING[found.language].format(inviter=found.invited_by, practice=found.practice_name)
        template = template_in("invitation", found.language)
        mail = build_mail(self._settings, to=found.email, subject=subject, template=template, facts=facts)
        async with noting_refusals(self._database, UUID(practice_id)):
            await send_mail(self._settings, mail, practice_id=UUID(practice_id))
