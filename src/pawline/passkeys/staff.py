"""Passkeys of staff members: they sign in, unlock a shared computer, and say in an open session that it is still oneself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from pawline.passkeys.challenges import browser_of, make_challenge, take_challenge
from pawline.passkeys.claims import ALGORITHMS, Assertion, MadeCredential, StoredKey
from pawline.passkeys.models import StaffPasskey
from pawline.passkeys.site import site_of
from pawline.passkeys.views import NewPasskeyView, StaffPasskeys, StaffPasskeyView
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.base64url import write_base64url
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Invalid, NotFound, SignInFailed
from pawline.platform.ids import new_id
from pawline.platform.settings import Settings
from pawline.platform.text import clean_line
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.factor_events import note_factor, own
from pawline.sign_in.front_desk import open_desk
from pawline.sign_in.lockout import Try
from pawline.sign_in.own_password import require_own_password
from pawline.sign_in.sessions import Browser, start_session

MOST_PASSKEYS = 20
LONGEST_NAME = 60
REFUSED = "This passkey was not accepted. Try again, or use your password instead."

# tenancy: the credential is what says which staff member of which practice signs in.
_BY_CREDENTIAL = text("""
SELECT k.practice_id, k.id, k.staff_id, k.public_key, k.sign_count
FROM staff_passkey k
JOIN staff_member m ON m.practice_id = k.practice_id AND m.id = k.staff_id AND m.left_at IS NULL
WHERE k.credential_id = :credential_id
FOR UPDATE OF k
""")
_USED = text("""
UPDATE staff_passkey SET sign_count = :sign_count, last_used_at = :now WHERE practice_id = :practice_id AND id = :id
""")
_WHO = text("""
SELECT m.email, y.name AS practice_name
FROM staff_member m JOIN practice y ON y.id = m.practice_id
WHERE m.practice_id = :practice_id AND m.id = :staff_id AND m.left_at IS NULL
FOR NO KEY UPDATE OF m
""")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a passkey said, to a challenge of the browser that ``holder`` stands for, from where."""

    assertion: Assertion
    holder: str
    browser: Browser


@dataclass(frozen=True, slots=True)
class Identification:
    """One's password once more, or one's passkey; one of the two."""

    password: str | None
    answer: Answer | None


async def staff_passkeys_of(uow: UnitOfWork, actor: Actor) -> StaffPasskeys:
    """Newest first."""
    statement = (
        select(StaffPasskey.id, StaffPasskey.name, StaffPasskey.created_at, StaffPasskey.last_used_at)
        .where(*_own(actor))
        .order_by(StaffPasskey.created_at.desc(), StaffPasskey.id.desc())
    )
    return StaffPasskeys([StaffPasskeyView(*row) for row in await uow.execute(statement)])


async def begin_staff_passkey(desk: SignInDesk, actor: Actor, who: Identification, *, browser: Browser) -> NewPasskeyView:
    """The challenge is what remembers that it is oneself: whoever answers it within its five minutes is asked nothing more.

    Raises:
        SignInFailed: it is not one's password, nor one's passkey.
    """
    await require_oneself(desk, actor, who)
    challenge = await make_challenge(desk.database, desk.settings, holder=_adding(actor), address=browser.address)
    async with desk.database.transaction() as uow:
        member = await _hold(uow, actor)
        known = (await uow.execute(select(StaffPasskey.credential_id).where(*_own(actor)))).scalars().all()
    return NewPasskeyView(
        challenge=write_base64url(challenge),
        site=site_of(desk.settings),
        user_id=write_base64url(actor.person_id.bytes),
        user_name=f"{member.email}, {member.practice_name}",
        algorithms=list(ALGORITHMS),
        known=[write_base64url(credential_id) for credential_id in known],
    )


async def add_staff_passkey(desk: SignInDesk, actor: Actor, made: MadeCredential, *, name: str) -> StaffPasskeyView:
    """
    Raises:
        SignInFailed: it was not made for this site, this session and this moment.
        Conflict: it is known already, or there are more than anybody has devices.
    """
    from pawline.passkeys.proofs import prove_made  # noqa: PLC0415 - brings 5 MiB of libraries

    name = clean_line("name", name, longest=LONGEST_NAME)
    challenge = await take_challenge(desk.database, desk.settings, holder=_adding(actor), client_data=made.client_data)
    key = prove_made(desk.settings, made, challenge=challenge)
    view = StaffPasskeyView(new_id(), name, clock.now(), None)
    async with desk.database.transaction() as uow:
        await _hold(uow, actor)
        if (await uow.execute(select(func.count()).where(*_own(actor)))).scalar_one() >= MOST_PASSKEYS:
            raise Conflict(f"You have {MOST_PASSKEYS} passkeys. Remove one that you do not use any more first.")
        row = {"practice_id": actor.practice_id, "id": view.id, "staff_id": actor.person_id, "name": name}
        credential = {"credential_id": made.credential_id, "public_key": key.public_key, "sign_count": key.sign_count}
        statement = insert(StaffPasskey).values(**row, **credential, created_at=view.created_at)
        once = statement.on_conflict_do_nothing(index_elements=["credential_id"]).returning(StaffPasskey.id)
        if (await uow.execute(once)).one_or_none() is None:
            raise Conflict("This passkey is in use already.")
        await note_factor(uow, own(actor), "passkey_added", about=name)
    return view


async def remove_staff_passkey(desk: SignInDesk, actor: Actor, passkey_id: UUID, *, who: Identification) -> None:
    """It opens nothing from now on; sessions that began with it go on.

    Raises:
        SignInFailed: it is not one's password, nor one's passkey.
    """
    await require_oneself(desk, actor, who)
    async with desk.database.transaction() as uow:
        statement = delete(StaffPasskey).where(*_own(actor), StaffPasskey.id == passkey_id)
        name = (await uow.execute(statement.returning(StaffPasskey.name))).scalar_one_or_none()
        if name is None:
            raise NotFound
        await note_factor(uow, own(actor), "passkey_removed", about=name)


async def forget_passkeys_of(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    whose = (StaffPasskey.practice_id == practice_id, StaffPasskey.staff_id == staff_id)
    await uow.execute(delete(StaffPasskey).where(*whose))


async def sign_in_staff_with_passkey(desk: SignInDesk, answer: Answer) -> str:
    """The secret of a new session. No code is asked for besides: a passkey is something one has, and a finger, face or PIN.

    Raises:
        SignInFailed: which of the many reasons is not said.
        TooManyRequests: locked for a while.
    """
    attempt, challenge = await _begin(desk, answer)
    async with desk.database.transaction() as uow:
        found = await _use(uow, desk.settings, answer.assertion, challenge=challenge)
        secret = await start_session(uow, found.practice_id, found.staff_id, kind="staff", browser=answer.browser)
    await desk.lockout.forgive(attempt)
    return secret


async def unlock_with_passkey(desk: SignInDesk, actor: Actor, answer: Answer) -> None:
    """Raises as ``require_oneself``."""
    attempt, challenge = await _begin(desk, answer)
    async with desk.database.transaction() as uow:
        await _use_own(uow, desk, actor, answer=answer, challenge=challenge)
        await open_desk(uow, actor)
    await desk.lockout.forgive(attempt)


async def require_oneself(desk: SignInDesk, actor: Actor, who: Identification) -> None:
    """
    Raises:
        Invalid: neither of the two, or both.
        SignInFailed: it is another's, or of another site, browser or moment.
        TooManyRequests: locked for a while.
    """
    if (who.password is None) == (who.answer is None):
        raise Invalid.field("password", "is needed, or a passkey; one of the two")
    if who.password is not None:
        await require_own_password(desk, actor, who.password)
    if who.answer is not None:
        attempt, challenge = await _begin(desk, who.answer)
        async with desk.database.transaction() as uow:
            await _use_own(uow, desk, actor, answer=who.answer, challenge=challenge)
        await desk.lockout.forgive(attempt)


async def _begin(desk: SignInDesk, answer: Answer) -> tuple[Try, bytes]:
    """Counted, and with the challenge used up, before anything is judged."""
    credential_id = answer.assertion.credential_id.hex()
    attempt = Try(account=f"staff passkey {credential_id}", address=answer.browser.address, crowd="staff")
    await desk.lockout.count(attempt)
    holder, client_data = browser_of(answer.holder), answer.assertion.client_data
    return attempt, await take_challenge(desk.database, desk.settings, holder=holder, client_data=client_data)


async def _use_own(uow: UnitOfWork, desk: SignInDesk, actor: Actor, *, answer: Answer, challenge: bytes) -> None:
    found = await _use(uow, desk.settings, answer.assertion, challenge=challenge)
    if (found.practice_id, found.staff_id) != (actor.practice_id, actor.person_id):
        raise SignInFailed(REFUSED)


async def _use(uow: UnitOfWork, settings: Settings, assertion: Assertion, *, challenge: bytes) -> Any:
    """Held until the commit, so that of two uses at once the second sees the first one's count."""
    from pawline.passkeys.proofs import prove_use  # noqa: PLC0415 - brings 5 MiB of libraries

    found = (await uow.execute(_BY_CREDENTIAL, {"credential_id": assertion.credential_id})).one_or_none()
    if found is None or assertion.user_handle != found.staff_id.bytes:
        raise SignInFailed(REFUSED)
    try:
        sign_count = prove_use(settings, assertion, StoredKey(found.public_key, found.sign_count), challenge=challenge)
    except SignInFailed:
        raise SignInFailed(REFUSED) from None
    used = {"practice_id": found.practice_id, "id": found.id, "sign_count": sign_count, "now": clock.now()}
    await uow.execute(_USED, used)
    return found


async def _hold(uow: UnitOfWork, actor: Actor) -> Any:
    """Whoever works there still, so that their passkeys are counted one after the other. Raises NotFound."""
    member = (await uow.execute(_WHO, {"practice_id": actor.practice_id, "staff_id": actor.person_id})).one_or_none()
    if member is None:
        raise NotFound
    return member


def _own(actor: Actor) -> tuple[Any, ...]:
    return StaffPasskey.practice_id == actor.practice_id, StaffPasskey.staff_id == actor.person_id


def _adding(actor: Actor) -> str:
    return f"adding in session {actor.session_id}"
