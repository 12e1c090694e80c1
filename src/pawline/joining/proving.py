"""The code comes back: the address is proven, and whoever has it is let in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text, update

from pawline.joining.desk import JoiningDesk
from pawline.joining.invitations import use_invitation
from pawline.joining.models import SignUp
from pawline.joining.people import Newcomer, find_or_add_contact
from pawline.joining.secrets import sign_up_code_hash
from pawline.joining.texters import end_questions
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import SignInFailed
from pawline.platform.security import is_same
from pawline.sign_in.contacts import start_contact_session, start_mailed_session
from pawline.sign_in.gate import require_proof
from pawline.sign_in.linking import ContactKey, leave_session, link_contacts
from pawline.sign_in.lockout import Try
from pawline.sign_in.sessions import Browser

MOST_TRIES = 5

# tenancy: the attempt's random id was given to one browser only and leads to its own sign-up.
_COUNT_TRY = text("""
UPDATE sign_up s SET tries = s.tries + 1
WHERE s.id = :id AND s.used_at IS NULL AND s.expires_at > :now AND s.tries < :most_tries
RETURNING s.practice_id, s.id, s.clinic_code_id, s.family_invitation_id, s.first_name, s.last_name, s.email, s.number,
    s.code_hash, (SELECT c.clinic_id FROM clinic_code c
        WHERE c.practice_id = s.practice_id AND c.id = s.clinic_code_id) AS clinic_id,
    (SELECT y.name FROM practice y WHERE y.id = s.practice_id) AS practice_name
""")

_HAS_ADDRESS = text("""
SELECT EXISTS (SELECT FROM contact c WHERE c.practice_id = :practice_id AND c.id = :contact_id AND c.email = :email)
    OR EXISTS (SELECT FROM contact_number k
               WHERE k.practice_id = :practice_id AND k.contact_id = :contact_id AND k.number = :number)
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prover:
    """Who brings the code back. ``contact_id``: who they say they are, when several share the address; ``known``: the contact
    who is signed in with the same browser."""

    browser: Browser
    contact_id: UUID | None
    known: Actor | None = None


async def prove(desk: JoiningDesk, attempt_id: UUID, code: str, *, prover: Prover) -> str:
    """The secret of a new session. Whoever is known from another practice is one person with the contact they have proven.

    Raises:
        SignInFailed: another code, too old, or tried too often.
        ChooseContact: the code is right and good for another try, with ``contact_id``.
        StepUpNeeded: it is too long ago that whoever is known here proved who they are.
        NotForTheApp, OfAnotherFamily, InvitationGone: the code is right and leads nowhere.
    """
    attempt = Try(account=f"sign-up {attempt_id}", address=prover.browser.address)
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        row = await _count_try(uow, attempt_id)
        is_right = row is not None and is_same(row.code_hash, sign_up_code_hash(desk.settings, attempt_id, code.strip()))
        secret = await _enter(uow, row, prover) if is_right else None
    if secret is None:  # raised after the commit: the try itself must stay counted
        raise SignInFailed("This code is not right, or it is too old. Use the latest one, or ask for a new code.")
    await desk.lockout.forgive(attempt)
    return secret


async def _require_same_person(uow: UnitOfWork, known: Actor, row: Any) -> None:
    """Becoming one person opens each one's practice to the other: it takes the address that both have, or a fresh proof.

    Raises:
        StepUpNeeded: the code is right and good for another try.
    """
    values = {"practice_id": known.practice_id, "contact_id": known.person_id, "email": row.email, "number": row.number}
    if not (await uow.execute(_HAS_ADDRESS, values)).scalar_one():
        require_proof(known)


async def _count_try(uow: UnitOfWork, attempt_id: UUID) -> Any | None:
    values = {"id": attempt_id, "now": clock.now(), "most_tries": MOST_TRIES}
    return (await uow.execute(_COUNT_TRY, values)).one_or_none()


async def _enter(uow: UnitOfWork, row: Any, prover: Prover) -> str:
    newcomer = Newcomer(
        practice_id=row.practice_id,
        practice_name=row.practice_name,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        number=row.number,
    )
    if row.family_invitation_id is not None:
        found_id = await use_invitation(uow, row.family_invitation_id, newcomer)
    else:
        if newcomer.number is not None:
            await end_questions(uow, row.practice_id, row.clinic_id, contact_number=newcomer.number)
        found_id = await find_or_add_contact(uow, newcomer, clinic_id=row.clinic_id, contact_id=prover.contact_id)
    used = update(SignUp).where(SignUp.practice_id == row.practice_id, SignUp.id == row.id)
    await uow.execute(used.values(used_at=clock.now()))
    if prover.known is not None:
        if prover.known.practice_id != row.practice_id:  # at one practice nobody's accounts become one
            await _require_same_person(uow, prover.known, row)
        known = ContactKey(prover.known.practice_id, prover.known.person_id)
        await link_contacts(uow, known, ContactKey(row.practice_id, found_id))
    start = start_contact_session if row.email is None else start_mailed_session
    secret = await start(uow, row.practice_id, found_id, browser=prover.browser)
    if prover.known is not None:
        await leave_session(uow, prover.known, secret)
    return secret
