"""A vet who does not use the app yet starts a practice with the invitation in their hand."""

from dataclasses import dataclass

from pawline.platform.security import hash_secret
from pawline.practices.service import PracticeDraft, create_practice
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.passwords import hash_password
from pawline.sign_in.sessions import Browser
from pawline.sign_in.staff import open_account
from pawline.vets.accepting import accept_vet_invitation, vet_invitation_place


@dataclass(frozen=True, slots=True)
class Founder:
    draft: PracticeDraft
    password: str


async def found_practice(desk: SignInDesk, token: str, founder: Founder, *, browser: Browser) -> str:
    """The secret of the first session of the practice's owner. One invitation makes one practice.

    Raises:
        VetInvitationGone, Invalid, TooManyRequests: nothing has changed.
    """
    await desk.lockout.count(Try(account=f"vet invitation {hash_secret(token).hex()}", address=browser.address, crowd="staff"))
    async with desk.database.transaction() as uow:
        await vet_invitation_place(uow, token)  # hashing passwords is costly: not for whoever has no invitation
    password_hash = await hash_password(founder.password)
    async with desk.database.transaction() as uow:
        created = await create_practice(uow, founder.draft)
        await accept_vet_invitation(uow, token, practice_id=created.practice_id, clinic_id=created.clinic_id)
        return await open_account(uow, created.practice_id, created.owner_id, password_hash=password_hash, browser=browser)
