"""Apps that make a new code every half minute (TOTP, RFC 6238), and the codes on paper that stand in for a lost one."""

import secrets
from typing import Any
from uuid import UUID

import segno
from pyotp import random_base32
from pyotp.totp import TOTP
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, NotFound, SignInFailed
from pawline.platform.sealing import Seal, SealBroken
from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.factor_events import Whose, note_factor, own
from pawline.sign_in.lockout import Try
from pawline.sign_in.models import Authenticator, RecoveryCode
from pawline.sign_in.own_password import require_own_password
from pawline.sign_in.views import NewAuthenticator, OwnAuthenticator, RecoveryCodes

MOST_RECOVERY_CODES = 10
STEP_SECONDS = 30
APP_DIGITS = 6
WRONG_CODE = "This code is not right, or it was used already. Wait for the next one and try again."
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another on paper
_EARLY_OR_LATE = (0, -1, 1)  # phones' clocks are a little off (RFC 6238, section 5.2)
_ACCOUNT = text("""
SELECT m.email, y.name AS practice_name FROM staff_member m JOIN practice y ON y.id = m.practice_id
WHERE m.practice_id = :practice_id AND m.id = :staff_id
""")


async def own_authenticator(uow: UnitOfWork, actor: Actor) -> OwnAuthenticator:
    since = select(Authenticator.confirmed_at).where(*_of(actor.practice_id, actor.person_id))
    left = select(func.count()).where(*_codes_of(actor.practice_id, actor.person_id), RecoveryCode.used_at.is_(None))
    return OwnAuthenticator((await uow.execute(since)).scalar_one_or_none(), (await uow.execute(left)).scalar_one())


async def begin_authenticator(desk: SignInDesk, actor: Actor, password: str) -> NewAuthenticator:
    """Nothing is asked for until a code of it has been seen; beginning anew forgets what was begun before.

    Raises:
        SignInFailed: it takes one's own password.
        Conflict: there is one already.
    """
    await require_own_password(desk, actor, password)
    secret = random_base32()
    sealed = _seal(desk.settings, actor.practice_id, actor.person_id).close(secret.encode())
    values = {"sealed_secret": sealed, "begun_at": clock.now(), "last_step": 0}
    begun = insert(Authenticator).values(practice_id=actor.practice_id, staff_id=actor.person_id, **values)
    anew = begun.on_conflict_do_update(
        index_elements=["practice_id", "staff_id"], set_=values, where=Authenticator.confirmed_at.is_(None)
    )
    async with desk.database.transaction() as uow:
        if (await uow.execute(anew.returning(Authenticator.staff_id))).one_or_none() is None:
            raise Conflict("Your second step is on already. Turn it off first to use another app.")
        account = (await uow.execute(_ACCOUNT, {"practice_id": actor.practice_id, "staff_id": actor.person_id})).one()
    name = f"{account.email}, {account.practice_name}"
    address = TOTP(secret).provisioning_uri(name=name, issuer_name="Pawline")
    return NewAuthenticator(secret, segno.make_qr(address, error="m").svg_data_uri(scale=4, light="#fff"))


async def confirm_authenticator(desk: SignInDesk, actor: Actor, code: str) -> RecoveryCodes:
    """The app makes the right codes: from now on they are asked for.

    Raises:
        SignInFailed: another code.
        NotFound: none was begun, or it is confirmed already.
        TooManyRequests: locked for a while.
    """
    attempt = _own_try(actor)
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        row = await _hold(uow, actor.practice_id, actor.person_id)
        if row is None or row.confirmed_at is not None:
            raise NotFound
        if not await _take_app_code(uow, desk.settings, row, code=_plain(code)):
            raise SignInFailed(WRONG_CODE)
        on = update(Authenticator).where(*_of(actor.practice_id, actor.person_id))
        await uow.execute(on.values(confirmed_at=clock.now()))
        await note_factor(uow, own(actor), "codes_on")
        codes = await _new_recovery_codes(uow, desk.settings, actor)
    await desk.lockout.forgive(attempt)
    return codes


async def renew_recovery_codes(desk: SignInDesk, actor: Actor, password: str, *, code: str) -> RecoveryCodes:
    """Raises as ``turn_off_authenticator``."""
    await require_own_password(desk, actor, password)
    attempt = _own_try(actor)
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        await _require_code(uow, desk.settings, actor, code=code)
        await note_factor(uow, own(actor), "recovery_codes_renewed")
        codes = await _new_recovery_codes(uow, desk.settings, actor)
    await desk.lockout.forgive(attempt)
    return codes


async def turn_off_authenticator(desk: SignInDesk, actor: Actor, password: str, *, code: str) -> None:
    """
    Raises:
        SignInFailed: not one's password, or not a code.
        NotFound: it is off.
        TooManyRequests: locked for a while.
    """
    await require_own_password(desk, actor, password)
    attempt = _own_try(actor)
    await desk.lockout.count(attempt)
    async with desk.database.transaction() as uow:
        await _require_code(uow, desk.settings, actor, code=code)
        await forget_authenticator(uow, actor.practice_id, actor.person_id)
        await note_factor(uow, own(actor), "codes_off")
    await desk.lockout.forgive(attempt)


async def forget_authenticator(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    await uow.execute(delete(RecoveryCode).where(*_codes_of(practice_id, staff_id)))
    await uow.execute(delete(Authenticator).where(*_of(practice_id, staff_id)))


async def asks_for_code(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> bool:
    confirmed = select(Authenticator.staff_id).where(*_of(practice_id, staff_id), Authenticator.confirmed_at.is_not(None))
    return (await uow.execute(confirmed)).one_or_none() is not None


async def take_code(uow: UnitOfWork, settings: Settings, whose: Whose, *, code: str) -> bool:
    """Whether it is a code of the app or a recovery code; either is used up by that. Tries are the caller's to count."""
    row = await _hold(uow, whose.practice_id, whose.staff_id)
    if row is None or row.confirmed_at is None:
        return False
    plain = _plain(code)
    if len(plain) == APP_DIGITS:
        return await _take_app_code(uow, settings, row, code=plain)
    unused = (*_codes_of(whose.practice_id, whose.staff_id), RecoveryCode.used_at.is_(None))
    code_hash = _code_hash(settings, whose.practice_id, whose.staff_id, code=plain)
    used = update(RecoveryCode).where(*unused, RecoveryCode.code_hash == code_hash).values(used_at=clock.now())
    if (await uow.execute(used.returning(RecoveryCode.staff_id))).one_or_none() is None:
        return False
    await note_factor(uow, whose, "recovery_code_used")
    return True


async def _require_code(uow: UnitOfWork, settings: Settings, actor: Actor, *, code: str) -> None:
    if not await asks_for_code(uow, actor.practice_id, actor.person_id):
        raise NotFound
    if not await take_code(uow, settings, own(actor), code=code):
        raise SignInFailed(WRONG_CODE)


async def _take_app_code(uow: UnitOfWork, settings: Settings, row: Any, *, code: str) -> bool:
    """``row`` is held until the commit, so that of two uses at once the second finds the step taken."""
    try:
        secret = _seal(settings, row.practice_id, row.staff_id).open(row.sealed_secret).decode()
    except SealBroken:  # PAWLINE_SECRET has changed: an administrator removes the second step
        return False
    now = int(clock.now().timestamp())
    made = {now // STEP_SECONDS + offset: TOTP(secret).at(now, counter_offset=offset) for offset in _EARLY_OR_LATE}
    step = next((step for step, right in made.items() if is_same(right, code) and step > row.last_step), None)
    if step is None:
        return False
    await uow.execute(update(Authenticator).where(*_of(row.practice_id, row.staff_id)).values(last_step=step))
    return True


async def _new_recovery_codes(uow: UnitOfWork, settings: Settings, actor: Actor) -> RecoveryCodes:
    """Instead of those from before."""
    await uow.execute(delete(RecoveryCode).where(*_codes_of(actor.practice_id, actor.person_id)))
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(MOST_RECOVERY_CODES)]
    key = {"practice_id": actor.practice_id, "staff_id": actor.person_id}
    rows = [{**key, "code_hash": _code_hash(settings, actor.practice_id, actor.person_id, code=code)} for code in codes]
    await uow.execute(insert(RecoveryCode), rows)
    return RecoveryCodes([f"{code[:5]}-{code[5:]}" for code in codes])


async def _hold(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> Any | None:
    statement = select(Authenticator.__table__).where(*_of(practice_id, staff_id)).with_for_update()
    return (await uow.execute(statement)).one_or_none()


def _own_try(actor: Actor) -> Try:
    return Try(account=f"staff code {actor.person_id}", address=f"session {actor.session_id}", crowd="staff")


def _plain(code: str) -> str:
    """As it is stored, however somebody has typed it."""
    return "".join(character for character in code.lower() if character.isascii() and character.isalnum())


def _code_hash(settings: Settings, practice_id: UUID, staff_id: UUID, *, code: str) -> bytes:
    """Keyed, as ten letters are few enough to be tried by whoever reads the table."""
    return keyed_hash(settings, "recovery code", str(practice_id), str(staff_id), code)


def _seal(settings: Settings, practice_id: UUID, staff_id: UUID) -> Seal:
    """The key is not in the database; and one's secret does not open in the row of another."""
    return Seal(keyed_hash(settings, "authenticator key"), f"authenticator {practice_id} {staff_id}")


def _of(practice_id: UUID, staff_id: UUID) -> tuple[Any, ...]:
    return Authenticator.practice_id == practice_id, Authenticator.staff_id == staff_id


def _codes_of(practice_id: UUID, staff_id: UUID) -> tuple[Any, ...]:
    return RecoveryCode.practice_id == practice_id, RecoveryCode.staff_id == staff_id
