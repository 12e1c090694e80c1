"""Sign-in of contacts: a 6-digit code and a link in one e-mail; either can be used once, within 15 minutes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update

from pawline.families.language import keep_language
from pawline.families.service import join_app
from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import SignInFailed
from pawline.platform.ids import new_id
from pawline.platform.jobs import SOMEBODY_WAITS, defer
from pawline.platform.languages import Language
from pawline.platform.lifted_refusals import lift_refusal
from pawline.platform.mail_queue import PRACTICE_LOGO
from pawline.platform.security import hash_secret, is_same, keyed_hash
from pawline.platform.settings import Settings
from pawline.platform.text import clean_email
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.lockout import Try
from pawline.sign_in.models import SignInCode
from pawline.sign_in.sessions import Browser, start_session

CODE_LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MAIL_TASK = "send_sign_in_mail"
_STEPS = 2  # asking for a code, and bringing it back

# tenancy: an address may belong to contacts of several practices; each gets a code of their own, bound to contact and practice.
_CONTACTS = text("""
SELECT c.practice_id, c.id FROM contact c
WHERE c.email = :email AND c.role IN ('primary', 'secondary') ORDER BY c.id LIMIT 10
""")


async def send_code(desk: SignInDesk, email: str, *, browser: Browser) -> UUID:
    """Mail a code and a link to every contact with this address. Nobody learns here whether there is one."""
    email = clean_email("email", email)
    await desk.lockout.count(Try(account=f"code {email}", address=browser.address))
    attempt_id = new_id()
    async with desk.database.transaction() as uow:
        for contact in (await uow.execute(_CONTACTS, {"email": email})).all():
            await issue_code(uow, desk.settings, contact, attempt_id=attempt_id, language=browser.language)
    return attempt_id


async def sign_in_with_code(desk: SignInDesk, attempt_id: UUID, code: str, *, browser: Browser) -> str:
    """The secret of a new session. The code must be the one mailed for this very attempt."""
    attempt = Try(account=f"attempt {attempt_id}", address=browser.address)
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        used = await use_code(uow, attempt_id, code_hash(desk.settings, attempt_id, code.strip()))
        secret = None if used is None else await start_mailed_session(uow, used.practice_id, used.contact_id, browser=browser)
    if secret is None:  # raised after the commit: the try itself must stay counted
        raise SignInFailed("This code is not right, or it is too old. Check the latest e-mail, or ask for a new code.")
    await desk.lockout.forgive(attempt, steps=_STEPS)
    return secret


async def sign_in_with_link(desk: SignInDesk, token: str, *, browser: Browser) -> str:
    attempt = Try(account=f"link {hash_secret(token).hex()}", address=browser.address)
    await desk.lockout.count(attempt)
    # tenancy: the link's secret is what says which practice it belongs to.
    statement = (
        update(SignInCode)
        .where(SignInCode.link_hash == hash_secret(token), SignInCode.used_at.is_(None), SignInCode.expires_at > clock.now())
        .values(used_at=clock.now())
        .returning(SignInCode.practice_id, SignInCode.contact_id)
    )
    async with desk.database.transaction() as uow:
        used = (await uow.execute(statement)).one_or_none()
        if used is None:
            raise SignInFailed("This link was used already or is too old. Ask for a new one.")
        secret = await start_mailed_session(uow, used.practice_id, used.contact_id, browser=browser)
    await desk.lockout.forgive(attempt, steps=_STEPS)
    return secret


async def start_mailed_session(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, browser: Browser) -> str:
    """``start_contact_session`` for whoever has got an e-mail at their address: whatever was heard of it, it works."""
    await lift_refusal(uow, practice_id, contact_id)
    return await start_contact_session(uow, practice_id, contact_id, browser=browser)


async def start_contact_session(uow: UnitOfWork, practice_id: UUID, contact_id: UUID, *, browser: Browser) -> str:
    """The secret of a new session. Whoever has one uses the app, and from then on is written to there."""
    await join_app(uow, practice_id, contact_id)
    await keep_language(uow, practice_id, contact_id, language=browser.language)
    return await start_session(uow, practice_id, contact_id, kind="contact", browser=browser)


def code_and_token(settings: Settings, code_id: UUID) -> tuple[str, str]:
    """What the mail says. Derived from the id, so that neither a job nor the database carries the secrets themselves."""
    number = int.from_bytes(keyed_hash(settings, "sign-in code", str(code_id))[:8], "big") % 1_000_000
    return f"{number:06d}", keyed_hash(settings, "sign-in link", str(code_id)).hex()


async def issue_code(uow: UnitOfWork, settings: Settings, contact: Any, *, attempt_id: UUID, language: Language) -> None:
    code_id, now = new_id(), clock.now()
    code, token = code_and_token(settings, code_id)
    await uow.execute(
        insert(SignInCode).values(
            practice_id=contact.practice_id,
            id=code_id,
            contact_id=contact.id,
            attempt_id=attempt_id,
            code_hash=code_hash(settings, attempt_id, code),
            link_hash=hash_secret(token),
            language=language,
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
    )
    await defer(uow, MAIL_TASK, priority=SOMEBODY_WAITS, practice_id=str(contact.practice_id), code_id=str(code_id))


def code_hash(settings: Settings, attempt_id: UUID, code: str) -> bytes:
    """Keyed: a plain hash of six digits tells them to whoever reads the table and tries all million."""
    return keyed_hash(settings, "mailed code", str(attempt_id), code)


async def use_code(uow: UnitOfWork, attempt_id: UUID, code_hash: bytes) -> Any | None:
    """Count the try at every code of the attempt, and use up the one that fits."""
    # tenancy: the attempt's random id was given to one browser only and leads to its own codes.
    counted = (
        update(SignInCode)
        .where(
            SignInCode.attempt_id == attempt_id,
            SignInCode.used_at.is_(None),
            SignInCode.expires_at > clock.now(),
            SignInCode.tries < MOST_TRIES,
        )
        .values(tries=SignInCode.tries + 1)
        .returning(SignInCode.practice_id, SignInCode.id, SignInCode.contact_id, SignInCode.code_hash)
    )
    for row in (await uow.execute(counted)).all():
        if is_same(row.code_hash, code_hash):
            used = update(SignInCode).where(SignInCode.practice_id == row.practice_id, SignInCode.id == row.id)
            await uow.execute(used.values(used_at=clock.now()))
            return row
    return None


async def code_mail_facts(uow: UnitOfWork, practice_id: UUID, code_id: UUID) -> Any | None:
    """To whom the mail of a code goes; None when it is used or expired by now."""
    statement = select(SignInCode.contact_id, SignInCode.language).where(
        SignInCode.practice_id == practice_id,
        SignInCode.id == code_id,
        SignInCode.used_at.is_(None),
        SignInCode.expires_at > clock.now(),
    )
    row = (await uow.execute(statement)).one_or_none()
    if row is None:
        return None
    facts = await uow.execute(_MAIL_FACTS, {"practice_id": practice_id, "contact_id": row.contact_id, "language": row.language})
    return facts.one_or_none()


_MAIL_FACTS = text(f"""
SELECT c.email, p.name, y.name AS practice_name, {PRACTICE_LOGO} AS logo_id, CAST(:language AS text) AS language
FROM contact c
JOIN person p ON p.practice_id = c.practice_id AND p.id = c.id
JOIN practice y ON y.id = c.practice_id
WHERE c.practice_id = :practice_id AND c.id = :contact_id AND c.email IS NOT NULL
""")  # noqa: S608 - made of constants
