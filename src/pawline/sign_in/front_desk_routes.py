"""HTTP of computers that several people share."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.front_desk import (
    choose_pin,
    lock_desk,
    share_desk,
    touch_desk,
    unlock_with_password,
    unlock_with_pin,
)
from pawline.sign_in.gate import requires

SHARES = requires(Permission.USE_SHARED_DESK)
UNLOCKS = requires(Permission.USE_SHARED_DESK, even_locked=True)
Secret = Annotated[str, msgspec.Meta(max_length=500)]
Pin = Annotated[str, msgspec.Meta(max_length=20)]


class DeskChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    is_shared: bool


class DeskTouch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    idle_seconds: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class TouchedDesk(msgspec.Struct, frozen=True):
    """``locks_at``: None on a computer of one's own, which does not lock."""

    locks_at: datetime | None


class NewPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: Secret
    pin: Pin


class PinUnlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pin: Pin


class PasswordUnlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: Secret


@put("/sessions/{session_id:uuid}/shared", guards=[SHARES], status_code=204, summary="Say whether others use this computer too")
async def share(
    session_id: FromPath[UUID],
    data: JSONBody[DeskChoice],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
) -> None:
    async with sign_in.database.transaction() as uow:
        await share_desk(uow, actor, session_id, is_shared=data.is_shared)


@post("/session/touch", guards=[SHARES], status_code=200, summary="Say that somebody uses this shared computer")
async def touch(data: JSONBody[DeskTouch], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> TouchedDesk:
    async with sign_in.database.transaction() as uow:
        return TouchedDesk(await touch_desk(uow, actor, idle_seconds=data.idle_seconds))


@post("/session/lock", guards=[UNLOCKS], status_code=204, summary="Lock this shared computer")
async def lock(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    async with sign_in.database.transaction() as uow:
        await lock_desk(uow, actor)


@post("/session/unlock", guards=[UNLOCKS], status_code=204, summary="Unlock this shared computer with one's PIN")
async def unlock(data: JSONBody[PinUnlock], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    await unlock_with_pin(sign_in, actor, data.pin)


@post("/session/unlock/password", guards=[UNLOCKS], status_code=204, summary="Unlock this shared computer with one's password")
async def unlock_by_password(
    data: JSONBody[PasswordUnlock], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> None:
    await unlock_with_password(sign_in, actor, data.password)


@put("/session/pin", guards=[SHARES], status_code=204, summary="Choose the PIN that unlocks shared computers")
async def set_pin(data: JSONBody[NewPin], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    await choose_pin(sign_in, actor, data.password, pin=data.pin)


front_desk_router = Router(path="/", route_handlers=[share, touch, lock, unlock, unlock_by_password, set_pin], tags=["sign-in"])
