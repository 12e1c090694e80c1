"""Codes for whoever proves once more who they are: by e-mail, and by text to those who have none."""

from uuid import UUID

from sqlalchemy import text

from pawline.joining.desk import JoiningDesk
from pawline.joining.texted_sign_ins import text_sign_in_code, use_texted_code
from pawline.platform.actor import Actor
from pawline.platform.errors import Conflict, SignInFailed
from pawline.sign_in.contacts import CODE_LASTS
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.sessions import Browser
from pawline.sign_in.step_up import mail_proof_code, note_proof, prove_with_mailed_code
from pawline.sign_in.views import ProofCodeSent

_NUMBER = text("""
SELECT k.number FROM contact_number k
WHERE k.practice_id = :practice_id AND k.contact_id = :contact_id AND k.is_landline IS NOT TRUE
ORDER BY k.created_at DESC LIMIT 1
""")


async def send_proof_code(desk: SignInDesk, joining: JoiningDesk, actor: Actor, *, browser: Browser) -> ProofCodeSent:
    """
    Raises:
        Conflict: nothing is on file where a code could go.
        TooManyRequests: asked for too often.
    """
    mailed = await mail_proof_code(desk, actor, browser=browser)
    if mailed is not None:
        return mailed
    async with desk.database.transaction() as uow:
        values = {"practice_id": actor.practice_id, "contact_id": actor.person_id}
        number = (await uow.execute(_NUMBER, values)).scalar_one_or_none()
    if number is None:
        raise Conflict("Your practice has no e-mail address and no mobile number of yours. Ask them to add one.")
    attempt_id = await text_sign_in_code(joining, number, browser=browser)
    return ProofCodeSent(attempt_id, "sms", f"…{number[-4:]}", int(CODE_LASTS.total_seconds()))


async def prove_with_code(desk: SignInDesk, actor: Actor, attempt_id: UUID, *, code: str, browser: Browser) -> None:
    """
    Raises:
        SignInFailed: another code, another person's, too old, or tried too often.
    """
    attempt = Try(account=f"proof {attempt_id}", address=browser.address)
    await desk.lockout.count(attempt)
    is_proven = await prove_with_mailed_code(desk, actor, attempt_id, code=code)
    if not is_proven and not await _prove_with_texted_code(desk, actor, attempt_id, code=code):
        raise SignInFailed("This code is not right, or it is too old. Use the latest one, or ask for a new code.")
    await desk.lockout.forgive(attempt)
    await desk.lockout.forgive(Try(account=f"proof of {actor.person_id}", address=browser.address))


async def _prove_with_texted_code(desk: SignInDesk, actor: Actor, attempt_id: UUID, *, code: str) -> bool:
    async with desk.database.transaction() as uow:
        contacts = await use_texted_code(uow, desk.settings, attempt_id, code=code)
        is_theirs = any((contact.practice_id, contact.id) == (actor.practice_id, actor.person_id) for contact in contacts)
        if is_theirs:
            await note_proof(uow, actor)
    return is_theirs
