"""Sign-in of staff: e-mail and password, and the one-time link that lets them choose one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text, update

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, FieldError, SignInFailed
from pawline.platform.ids import new_id
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.lifted_refusals import lift_staff_refusal
from pawline.platform.mail_queue import PRACTICE_LOGO
from pawline.platform.security import hash_secret, keyed_hash
from pawline.platform.settings import Settings
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.front_desk import forget_pin
from pawline.sign_in.lockout import Try
from pawline.sign_in.models import PasswordLink
from pawline.sign_in.passwords import hash_password, is_password, needs_rehash
from pawline.sign_in.second_step import enter, forget_second_steps
from pawline.sign_in.sessions import Browser, end_all_sessions, start_session

PASSWORD_LINK_LASTS = timedelta(days=3)
_NOT_RIGHT = "The e-mail address or the password is not right."
PASSWORD_MAIL_TASK = "send_password_mail"  # noqa: S105 - the name of a job

# tenancy: whoever signs in has not said yet at which practice; each account is one practice's and is checked by its own password.
_ACCOUNTS = text("""
SELECT m.practice_id, m.id, m.password_hash, y.name AS practice_name
FROM staff_member m JOIN practice y ON y.id = m.practice_id
WHERE m.email = :email AND m.left_at IS NULL
ORDER BY y.name
LIMIT 10
""")
_HOLD_PASSWORD = text("""
SELECT m.password_hash FROM staff_member m
WHERE m.practice_id = :practice_id AND m.id = :id AND m.left_at IS NULL
FOR NO KEY UPDATE
""")
_SET_PASSWORD = text("""
UPDATE staff_member m SET password_hash = :password_hash
WHERE m.practice_id = :practice_id AND m.id = :id AND m.left_at IS NULL
RETURNING m.id
""")

_MAIL_FACTS = text(f"""
SELECT m.email, p.name, y.name AS practice_name, {PRACTICE_LOGO} AS logo_id
FROM password_link l
JOIN staff_member m ON m.practice_id = l.practice_id AND m.id = l.staff_id AND m.left_at IS NULL
JOIN person p ON p.practice_id = l.practice_id AND p.id = l.staff_id
JOIN practice y ON y.id = l.practice_id
WHERE l.practice_id = :practice_id AND l.id = :link_id AND l.used_at IS NULL AND l.expires_at > :now
""")  # noqa: S608 - made of constants


class ChoosePractice(Conflict):
    """The address and password fit at several practices; each error carries one of them: id, space, name."""

    code = "choose_practice"


async def sign_in_staff(desk: SignInDesk, email: str, password: str, *, practice_id: UUID | None, browser: Browser) -> str:
    """The secret of a new session.

    Raises:
        SignInFailed: no such account, or another password; which of the two is not said.
        TooManyRequests: locked for a while.
        ChoosePractice: ask which practice is meant.
        SecondStepNeeded: ask for a code.
    """
    email = email.strip().lower()
    attempt = Try(account=f"staff {email}", address=browser.address, crowd="staff")
    await desk.lockout.count(attempt)
    async with desk.database.single_statements() as connection:
        found = () if "\x00" in email else await connection.execute(_ACCOUNTS, {"email": email})
        accounts: list[Any] = list(found)
    fitting = [account for account in accounts if await is_password(password, account.password_hash)]
    if not accounts:
        await is_password(password, None)
    fitting = [account for account in fitting if practice_id in (None, account.practice_id)]
    if not fitting:
        raise SignInFailed(_NOT_RIGHT)
    await desk.lockout.forgive(attempt)
    if len(fitting) > 1:
        choices = [FieldError("practice_id", f"{account.practice_id} {account.practice_name}") for account in fitting]
        raise ChoosePractice("You work at more than one practice. Choose one.", errors=choices)
    [account] = fitting
    async with desk.database.transaction() as uow:
        key = {"practice_id": account.practice_id, "id": account.id}
        # Who chooses another password ends all sessions that the old one has opened: it must not open one after that.
        held = (await uow.execute(_HOLD_PASSWORD, key)).scalar_one_or_none()
        if held != account.password_hash and not await is_password(password, held):
            raise SignInFailed(_NOT_RIGHT)
        if held is not None and needs_rehash(held):
            await uow.execute(_SET_PASSWORD, {**key, "password_hash": await hash_password(password)})
        entry = await enter(uow, account.practice_id, account.id, browser=browser)
    return entry.session_secret()


async def issue_password_link(uow: UnitOfWork, settings: Settings, *, practice_id: UUID, staff_id: UUID) -> str:
    """A link that lets this staff member choose a password once, within three days."""
    return password_url(settings, await _new_link(uow, settings, practice_id=practice_id, staff_id=staff_id))


async def password_links_for(uow: UnitOfWork, settings: Settings, email: str) -> list[tuple[str, str]]:
    """The names of the practices where somebody with this address works, and for each a link as above."""
    accounts = (await uow.execute(_ACCOUNTS, {"email": email.strip().lower()})).all()
    return [
        (row.practice_name, await issue_password_link(uow, settings, practice_id=row.practice_id, staff_id=row.id))
        for row in accounts
    ]


async def mail_password_link(uow: UnitOfWork, settings: Settings, *, practice_id: UUID, staff_id: UUID) -> None:
    """The same by e-mail."""
    link_id = await _new_link(uow, settings, practice_id=practice_id, staff_id=staff_id)
    await defer(uow, PASSWORD_MAIL_TASK, priority=SOMEBODY_WAITS, practice_id=str(practice_id), link_id=str(link_id))


async def end_password_links(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    own = (PasswordLink.practice_id == practice_id, PasswordLink.staff_id == staff_id, PasswordLink.used_at.is_(None))
    await uow.execute(update(PasswordLink).where(*own).values(used_at=clock.now()))


def password_url(settings: Settings, link_id: UUID) -> str:
    """Derived from the id, so that neither a job nor the database carries the secret itself."""
    return f"{settings.public_url}/staff/password#token={_token(settings, link_id)}"


async def password_mail_facts(uow: UnitOfWork, practice_id: UUID, link_id: UUID) -> Any | None:
    """To whom the mail of a link goes; None when it is used or expired by now."""
    values = {"practice_id": practice_id, "link_id": link_id, "now": clock.now()}
    return (await uow.execute(_MAIL_FACTS, values)).one_or_none()


async def _new_link(uow: UnitOfWork, settings: Settings, *, practice_id: UUID, staff_id: UUID) -> UUID:
    link_id = new_id()
    await uow.execute(
        insert(PasswordLink).values(
            practice_id=practice_id,
            id=link_id,
            staff_id=staff_id,
            link_hash=hash_secret(_token(settings, link_id)),
            expires_at=clock.now() + PASSWORD_LINK_LASTS,
        )
    )
    return link_id


async def open_account(uow: UnitOfWork, practice_id: UUID, staff_id: UUID, *, password_hash: str, browser: Browser) -> str:
    """Give a new staff member the password they have chosen. The secret of their first session."""
    await uow.execute(_SET_PASSWORD, {"practice_id": practice_id, "id": staff_id, "password_hash": password_hash})
    return await start_session(uow, practice_id, staff_id, kind="staff", browser=browser)


def _token(settings: Settings, link_id: UUID) -> str:
    return keyed_hash(settings, "password link", str(link_id)).hex()


async def choose_password(desk: SignInDesk, token: str, password: str, *, browser: Browser) -> str:
    """Use up a password link; every other session of the staff member ends. The secret of a new session.

    Raises:
        SignInFailed: the link is used up or too old.
        SecondStepNeeded: the password is chosen; whoever has the mailbox alone does not get further.
    """
    attempt = Try(account=f"password link {hash_secret(token).hex()}", address=browser.address, crowd="staff")
    await desk.lockout.count(attempt)
    password_hash = await hash_password(password)
    # tenancy: the link's secret is what says which practice it belongs to.
    use_up = (
        update(PasswordLink)
        .where(
            PasswordLink.link_hash == hash_secret(token), PasswordLink.used_at.is_(None), PasswordLink.expires_at > clock.now()
        )
        .values(used_at=clock.now())
        .returning(PasswordLink.practice_id, PasswordLink.staff_id)
    )
    async with desk.database.transaction() as uow:
        link = (await uow.execute(use_up)).one_or_none()
        if link is None:
            raise SignInFailed("This link was used already or is too old. Ask an administrator of your practice for a new one.")
        key = {"practice_id": link.practice_id, "id": link.staff_id}
        if (await uow.execute(_SET_PASSWORD, {**key, "password_hash": password_hash})).first() is None:
            raise SignInFailed("You do not work at this practice any more. Ask an administrator there.")
        await end_all_sessions(uow, link.practice_id, link.staff_id)
        # The e-mail with the link has arrived: whatever was heard of the address, it works.
        await lift_staff_refusal(uow, link.practice_id, link.staff_id)
        await forget_pin(uow, link.practice_id, link.staff_id)
        await forget_second_steps(uow, link.practice_id, link.staff_id)
        entry = await enter(uow, link.practice_id, link.staff_id, browser=browser)
    await desk.lockout.forgive(attempt)
    return entry.session_secret()
