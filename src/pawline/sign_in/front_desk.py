"""A computer that several people share: it locks by itself, and opens again for whoever left it.

All of it hangs on one moment of the session, ``locks_at``, which every request reads anyway. None: nobody else's computer.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import Hint, UnitOfWork
from pawline.platform.errors import Conflict, Invalid, NotFound, SignInFailed
from pawline.platform.security import is_same, keyed_hash
from pawline.platform.settings import Settings
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import LOCKS_AFTER
from pawline.sign_in.models import LoginSession, StaffPin
from pawline.sign_in.own_password import require_own_password
from pawline.sign_in.views import SharedDesk

PIN_LENGTH = 6
MOST_TRIES = 5
# Touches come about once a minute from each tab of the browser; a little sooner after a late one.
_TOUCHED_EVERY = timedelta(seconds=55)
# Of another feature, asked for here because the session's answer says it with all else.
_HAS_PASSKEY = text("SELECT EXISTS (SELECT FROM staff_passkey k WHERE k.practice_id = :practice_id AND k.staff_id = :id)")
_ROWS = ("0123456789", "9876543210")


async def desk_of(uow: UnitOfWork, actor: Actor) -> SharedDesk | None:
    """None on a computer of one's own."""
    if actor.locks_at is None:
        return None
    statement = select(StaffPin.tries).where(StaffPin.practice_id == actor.practice_id, StaffPin.staff_id == actor.person_id)
    tries = (await uow.execute(statement)).scalar_one_or_none()
    way: Literal["pin", "password"] = "pin" if tries is not None and tries < MOST_TRIES else "password"
    has_passkey = (await uow.execute(_HAS_PASSKEY, {"practice_id": actor.practice_id, "id": actor.person_id})).scalar_one()
    return SharedDesk(is_locked=actor.is_locked, locks_at=actor.locks_at, unlocks_with=way, has_passkey=has_passkey)


async def share_desk(uow: UnitOfWork, actor: Actor, session_id: UUID, *, is_shared: bool) -> None:
    """Say of one of the actor's own sessions whether others use its computer, too.

    Raises:
        Conflict: it is locked just now; nobody opens it from afar.
    """
    own = (LoginSession.practice_id == actor.practice_id, LoginSession.person_id == actor.person_id)
    one = (*own, LoginSession.id == session_id, LoginSession.revoked_at.is_(None))
    locks_at = (await uow.execute(select(LoginSession.locks_at).where(*one).with_for_update())).one_or_none()
    if locks_at is None:
        raise NotFound
    if locks_at[0] is not None and locks_at[0] <= clock.now():
        raise Conflict("This computer is locked. Unlock it there first.")
    await uow.execute(update(LoginSession).where(*one).values(locks_at=clock.now() + LOCKS_AFTER if is_shared else None))
    uow.emit(Hint.access(actor.practice_id, actor.person_id))


async def lock_desk(uow: UnitOfWork, actor: Actor) -> None:
    """
    Raises:
        Conflict: it is nobody else's computer.
    """
    if actor.locks_at is None:
        raise Conflict("Only a shared computer locks. Mark this one as shared under Your devices.")
    locked = update(LoginSession).where(*_this_session(actor)).values(locks_at=func.least(LoginSession.locks_at, clock.now()))
    await uow.execute(locked)
    uow.emit(Hint.access(actor.practice_id, actor.person_id))


async def touch_desk(uow: UnitOfWork, actor: Actor, *, idle_seconds: int) -> datetime | None:
    """Somebody touched this computer so long ago: that keeps it open, and opens nothing that is locked. Returns when it locks."""
    now = clock.now()
    later = now - timedelta(seconds=idle_seconds) + LOCKS_AFTER
    touched = update(LoginSession).where(
        LoginSession.practice_id == actor.practice_id,
        LoginSession.id == actor.session_id,
        LoginSession.locks_at > now,
        LoginSession.locks_at < later,
        LoginSession.locks_at <= now + LOCKS_AFTER - _TOUCHED_EVERY,
    )
    locks_at = (await uow.execute(touched.values(locks_at=later).returning(LoginSession.locks_at))).scalar_one_or_none()
    return locks_at or actor.locks_at


async def choose_pin(desk: SignInDesk, actor: Actor, password: str, *, pin: str) -> None:
    """
    Raises:
        SignInFailed: it takes one's own password.
        Invalid: not six digits, or digits that anybody tries first.
    """
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        raise Invalid.field("pin", f"needs {PIN_LENGTH} digits")
    if len(set(pin)) == 1 or any(pin in row for row in _ROWS):
        raise Invalid.field("pin", "is too easy to guess; mix the digits")
    await require_own_password(desk, actor, password)
    values = {"pin_hash": _pin_hash(desk.settings, actor, pin), "chosen_at": clock.now(), "tries": 0}
    chosen = insert(StaffPin).values(practice_id=actor.practice_id, staff_id=actor.person_id, **values)
    async with desk.database.transaction() as uow:
        await uow.execute(chosen.on_conflict_do_update(index_elements=["practice_id", "staff_id"], set_=values))


async def forget_pin(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    await uow.execute(delete(StaffPin).where(StaffPin.practice_id == practice_id, StaffPin.staff_id == staff_id))


async def unlock_with_pin(desk: SignInDesk, actor: Actor, pin: str) -> None:
    """Counts the tries of this staff member alone: a colleague at the same desk is never kept out by them.

    Raises:
        SignInFailed: another PIN, none at all, or too many tries, after which it takes the password.
    """
    own = (StaffPin.practice_id == actor.practice_id, StaffPin.staff_id == actor.person_id)
    # Counted before it is judged, so that tries made at the same moment cannot outrun the limit.
    counted = update(StaffPin).where(*own, StaffPin.tries < MOST_TRIES).values(tries=StaffPin.tries + 1)
    async with desk.database.transaction() as uow:
        row = (await uow.execute(counted.returning(StaffPin.pin_hash, StaffPin.tries))).one_or_none()
        is_right = row is not None and is_same(row.pin_hash, _pin_hash(desk.settings, actor, pin))
        if is_right:
            await open_desk(uow, actor)
    if not is_right:  # raised after the commit: the try itself must stay counted
        raise SignInFailed(_refusal(0 if row is None else MOST_TRIES - row.tries))


async def unlock_with_password(desk: SignInDesk, actor: Actor, password: str) -> None:
    """The PIN works again from then on.

    Raises:
        SignInFailed: it is not this staff member's password.
        TooManyRequests: locked for a while.
    """
    await require_own_password(desk, actor, password)
    async with desk.database.transaction() as uow:
        await open_desk(uow, actor)


async def open_desk(uow: UnitOfWork, actor: Actor) -> None:
    """For whoever has just shown by something better than the PIN that it is them; the PIN works again, too."""
    own = (StaffPin.practice_id == actor.practice_id, StaffPin.staff_id == actor.person_id)
    await uow.execute(update(StaffPin).where(*own).values(tries=0))
    shared = update(LoginSession).where(*_this_session(actor), LoginSession.locks_at.is_not(None))
    await uow.execute(shared.values(locks_at=clock.now() + LOCKS_AFTER))


def _refusal(tries_left: int) -> str:
    if tries_left == 0:
        return "The PIN was wrong too often, or there is none. Use your password."
    return f"This is not your PIN. {tries_left} {'try' if tries_left == 1 else 'tries'} left, then it takes your password."


def _pin_hash(settings: Settings, actor: Actor, pin: str) -> bytes:
    """Keyed: a plain hash of six digits tells them to whoever reads the table and tries all million."""
    return keyed_hash(settings, "front-desk PIN", str(actor.practice_id), str(actor.person_id), pin)


def _this_session(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return LoginSession.practice_id == actor.practice_id, LoginSession.id == actor.session_id
