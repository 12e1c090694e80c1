"""The mail to an invited vet. The job loads afresh and sends nothing for what is answered by now."""

from uuid import UUID

from pawline.notifications.mail import send_new_mail
from pawline.platform.db import Database
from pawline.platform.settings import Settings
from pawline.vets.invitations import invitation_mail_facts
from pawline.vets.tokens import invitation_url


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
        subject = f"{found.inviter} asks you to connect about {found.pet}"
        await send_new_mail(self._settings, to=found.email, subject=subject, template="vet_invitation", facts=facts)
