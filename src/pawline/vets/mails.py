"""The mail to an invited vet. The job loads afresh and sends nothing for what is answered by now."""

from uuid import UUID

from pawline.notifications.mail import build_mail, send_mail, template_in
from pawline.platform.db import Database
from pawline.platform.settings import Settings
from pawline.vets.invitations import invitation_mail_facts
from pawline.vets.tokens import invitation_url

# A vet's language nobody knows: in Spanish the mail says everything in English as well.
_SUBJECTS = {
    "en": "{inviter} asks you to connect about {pet}",
    "es": "{inviter} le pide que se conecte por {pet} / asks you to connect about {pet}",
}


class VetMails:
    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database

    async def send_vet_invitation_mail_now(self, practice_id: str, invitation_id: str) -> None:
        async with self._database.transaction() as uow:
            found = await invitation_mail_facts(uow, UUID(practice_id), UUID(invitation_id))
        if found is None:
            return
        link = invitation_url(self._settings, UUID(invitation_id))
        facts = {"inviter": found.inviter, "pet": found.pet, "species": found.species, "link": link}
        subject = _SUBJECTS[found.language].format(inviter=found.inviter, pet=found.pet)
        template = template_in("vet_invitation", found.language)
        mail = build_mail(self._settings, to=found.email, subject=subject, template=template, facts=facts)
        await send_mail(self._settings, mail, practice_id=UUID(practice_id))
