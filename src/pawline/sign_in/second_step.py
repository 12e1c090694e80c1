"""Between the right password and the session: the code of whoever has an authenticator app."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, insert, update

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, FieldError, SignInFailed
from pawline.platform.ids import new_id
from pawline.platform.security import hash_secret, new_secret
from pawline.sign_in.authenticator import WRONG_CODE, asks_for_code, take_code
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.factor_events import Whose
from pawline.sign_in.lockout import Try
from pawline.sign_in.models import SecondStep
from pawline.sign_in.sessions import Browser, start_session

SECOND_STEP_LASTS = timedelta(minutes=5)
MOST_TRIES = 5


class SecondStepNeeded(Conflict):
    """The password is right, and nobody is signed in yet; the error of ``attempt`` is the secret that goes with the code."""

    code = "second_step_needed"


class SecondStepGone(SignInFailed):
    code = "second_step_gone"

    def __init__(self) -> None:
        super().__init__("That took too long, or too many codes were wrong. Sign in with your password again.")


@dataclass(frozen=True, slots=True)
class Entry:
    """``secret``: of a session, or of the second step that leads to one."""

    secret: str
    is_whole: bool

    def session_secret(self) -> str:
        """After the commit: whoever is asked for a code must find what was begun.

        Raises:
            SecondStepNeeded: there is no session yet.
        """
        if not self.is_whole:
            words = "Your password is right. Now type the code of your authenticator app."
            raise SecondStepNeeded(words, errors=[FieldError("attempt", self.secret)])
        return self.secret


async def enter(uow: UnitOfWork, practice_id: UUID, staff_id: UUID, *, browser: Browser) -> Entry:
    """For whoever has shown the right password, or has just chosen one."""
    if not await asks_for_code(uow, practice_id, staff_id):
        return Entry(await start_session(uow, practice_id, staff_id, kind="staff", browser=browser), is_whole=True)
    secret = new_secret()
    row = {"practice_id": practice_id, "id": new_id(), "staff_id": staff_id, "secret_hash": hash_secret(secret)}
    await uow.execute(insert(SecondStep).values(**row, expires_at=clock.now() + SECOND_STEP_LASTS, tries=0))
    return Entry(secret, is_whole=False)


async def finish_second_step(desk: SignInDesk, secret: str, code: str, *, browser: Browser) -> str:
    """The secret of a new session.

    Raises:
        SignInFailed: another code, or one that was used.
        SecondStepGone: too late, too many tries, or something has changed meanwhile: it takes the password again.
        TooManyRequests: locked for a while; beginning anew with the password brings no more tries.
    """
    whose = await _count_try(desk, secret)
    attempt = Try(account=f"staff code {whose.staff_id}", address=browser.address, crowd="staff")
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        # Used up first, so that of two right codes at once one signs in; a wrong one raises, which takes that back.
        await _use_up(uow, whose, secret)
        if not await take_code(uow, desk.settings, whose, code=code):
            raise SignInFailed(WRONG_CODE)
        session_secret = await start_session(uow, whose.practice_id, whose.staff_id, kind="staff", browser=browser)
    await desk.lockout.forgive(attempt)
    return session_secret


async def forget_second_steps(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    await uow.execute(delete(SecondStep).where(SecondStep.practice_id == practice_id, SecondStep.staff_id == staff_id))


async def _count_try(desk: SignInDesk, secret: str) -> Whose:
    """Committed before the code is judged, so that tries made at the same moment cannot outrun the limit."""
    # tenancy: the secret is what says which staff member of which practice has begun.
    begun = (SecondStep.secret_hash == hash_secret(secret), SecondStep.expires_at > clock.now(), SecondStep.tries < MOST_TRIES)
    counted = update(SecondStep).where(*begun).values(tries=SecondStep.tries + 1)
    async with desk.database.transaction() as uow:
        row = (await uow.execute(counted.returning(SecondStep.practice_id, SecondStep.staff_id))).one_or_none()
    if row is None:
        raise SecondStepGone
    return Whose(row.practice_id, row.staff_id, row.staff_id)


async def _use_up(uow: UnitOfWork, whose: Whose, secret: str) -> None:
    one = (SecondStep.practice_id == whose.practice_id, SecondStep.secret_hash == hash_secret(secret))
    if (await uow.execute(delete(SecondStep).where(*one).returning(SecondStep.id))).one_or_none() is None:
        raise SecondStepGone
