"""The mail about a way to sign in that came or went: whoever reads it may know nothing of it."""

from uuid import UUID

from pawline.notifications.mail import build_mail, read_logo, send_mail
from pawline.notifications.refusals import noting_refusals
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.jobs import Job
from pawline.platform.settings import Settings
from pawline.sign_in.factor_events import FACTOR_MAIL_TASK, factor_mail_facts

_REMOVED = (
    "Your authenticator app and your passkeys were {by}: your password alone signs you in. "
    "You can set them up again in your profile."
)
_HAPPENED = {
    "passkey_added": "A passkey was added to your account: {about}.",
    "passkey_removed": "A passkey was removed from your account: {about}.",
    "codes_on": "From now on your account asks for a code of your authenticator app after your password.",
    "codes_off": "Your account no longer asks for a code of your authenticator app: your password alone signs you in.",
    "recovery_code_used": "One of your recovery codes was used instead of a code of your authenticator app.",
    "recovery_codes_renewed": "You have new recovery codes; those from before do not work any more.",
    "removed_by_colleague": _REMOVED.format(by="removed from your account"),
    "removed_on_server": _REMOVED.format(by="removed from your account by whoever runs Pawline for your practice"),
}
_SUBJECTS = {
    "passkey_added": "A passkey was added",
    "passkey_removed": "A passkey was removed",
    "codes_on": "Your second step is on",
    "codes_off": "Your second step is off",
    "recovery_code_used": "A recovery code was used",
    "recovery_codes_renewed": "You have new recovery codes",
    "removed_by_colleague": "Your second step was removed",
    "removed_on_server": "Your second step was removed",
}


class FactorMails:
    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._files = FileStore(settings.files_url)

    def by_name(self) -> dict[str, Job]:
        return {FACTOR_MAIL_TASK: self.send_factor_mail_now}

    async def send_factor_mail_now(self, practice_id: str, event_id: str) -> None:
        async with self._database.transaction() as uow:
            found = await factor_mail_facts(uow, UUID(practice_id), UUID(event_id))
        if found is None:
            return
        facts = {
            "name": found.name,
            "practice": found.practice_name,
            "logo": await read_logo(self._files, found.logo_id),
            "happened": _HAPPENED[found.kind].format(about=found.about),
            "by": "" if found.is_own else found.by_name,
        }
        subject = f"{_SUBJECTS[found.kind]} at {found.practice_name}"
        mail = build_mail(self._settings, to=found.email, subject=subject, template="factor", facts=facts)
        async with noting_refusals(self._database, UUID(practice_id)):
            await send_mail(self._settings, mail, practice_id=UUID(practice_id))
