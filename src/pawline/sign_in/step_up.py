"""Proving once more who one is, in the session that one has: a sign-in of months ago says little of who holds the phone now."""

from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.ids import new_id
from pawline.platform.mail_queue import ADDRESS_TAKES_MAIL
from pawline.sign_in.contacts import CODE_LASTS, code_hash, issue_code, use_code
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.models import LoginSession
from pawline.sign_in.sessions import Browser
from pawline.sign_in.views import ProofCodeSent

# An address that takes no e-mail is tried only where there is no mobile to text to.
_WHO = text(f"""
SELECT c.practice_id, c.id, CASE WHEN {ADDRESS_TAKES_MAIL} OR NOT EXISTS (
        SELECT FROM contact_number n
        WHERE n.practice_id = c.practice_id AND n.contact_id = c.id AND n.is_landline IS NOT TRUE) THEN c.email END AS email
FROM contact c WHERE c.practice_id = :practice_id AND c.id = :contact_id
""")  # noqa: S608 - made of constants


async def mail_proof_code(desk: SignInDesk, actor: Actor, *, browser: Browser) -> ProofCodeSent | None:
    """To the address on file, which whoever asks does not choose. None: there is none.

    Raises:
        TooManyRequests: asked for too often.
    """
    attempt_id = new_id()
    await desk.lockout.count(Try(account=f"proof of {actor.person_id}", address=browser.address))
    async with desk.database.transaction() as uow:
        contact: Any = (await uow.execute(_WHO, {"practice_id": actor.practice_id, "contact_id": actor.person_id})).one()
        if contact.email is None:
            return None
        await issue_code(uow, desk.settings, contact, attempt_id=attempt_id, language=browser.language)
    return ProofCodeSent(attempt_id, "email", _hint(contact.email), int(CODE_LASTS.total_seconds()))


async def prove_with_mailed_code(desk: SignInDesk, actor: Actor, attempt_id: UUID, *, code: str) -> bool:
    """Whether it is the code that was mailed to this very contact. The try counts either way."""
    async with desk.database.transaction() as uow:
        used = await use_code(uow, attempt_id, code_hash(desk.settings, attempt_id, code.strip()))
        is_theirs = used is not None and (used.practice_id, used.contact_id) == (actor.practice_id, actor.person_id)
        if is_theirs:
            await note_proof(uow, actor)
    return is_theirs


async def note_proof(uow: UnitOfWork, actor: Actor) -> None:
    """From now on this session is as good as one that has just begun."""
    own = (LoginSession.practice_id == actor.practice_id, LoginSession.id == actor.session_id)
    await uow.execute(update(LoginSession).where(*own).values(proven_at=clock.now()))


def _hint(email: str) -> str:
    name, _, place = email.partition("@")
    return f"{name[:1]}***@{place}"
