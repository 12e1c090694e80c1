"""HTTP of staff members' passkeys."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.passkeys.claims import NewPasskey, PasskeyProof
from pawline.passkeys.offering import holder_of, offer_to
from pawline.passkeys.staff import (
    Answer,
    Identification,
    add_staff_passkey,
    begin_staff_passkey,
    remove_staff_passkey,
    sign_in_staff_with_passkey,
    staff_passkeys_of,
    unlock_with_passkey,
)
from pawline.passkeys.views import NewPasskeyView, PasskeyChallengeView, StaffPasskeys, StaffPasskeyView
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.views import SessionView

OWN = requires(Permission.OWN_SIGN_IN)
UNLOCKS = requires(Permission.USE_SHARED_DESK, even_locked=True)


class Oneself(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One's own password once more, or a proof of one's passkey: an open screen is not enough for this."""

    password: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    proof: PasskeyProof | None = None


class NewStaffPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``name``: what to call it in the list."""

    name: Annotated[str, msgspec.Meta(max_length=500)]
    made: NewPasskey


class StaffPasskeyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    proof: PasskeyProof
    is_shared: bool = False


@get("/own-passkeys", guards=[OWN], summary="One's own passkeys as a staff member")
async def list_own(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> StaffPasskeys:
    async with sign_in.database.transaction() as uow:
        return await staff_passkeys_of(uow, actor)


@post("/own-passkeys/challenge", guards=[OWN], summary="Begin to add a passkey as a staff member: what the browser needs")
async def begin_own(
    data: JSONBody[Oneself], actor: NamedDependency[Actor], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> NewPasskeyView:
    browser = from_browser(request, sign_in.settings)
    return await begin_staff_passkey(sign_in, actor, read_oneself(data, request, sign_in), browser=browser)


@post("/own-passkeys", guards=[OWN], summary="Add the passkey that a staff member's browser has made")
async def add_own(
    data: JSONBody[NewStaffPasskey], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> StaffPasskeyView:
    return await add_staff_passkey(sign_in, actor, data.made.read(), name=data.name)


@post("/own-passkeys/{passkey_id:uuid}/remove", guards=[OWN], status_code=204, summary="Remove a passkey as a staff member")
async def remove_own(
    passkey_id: FromPath[UUID],
    data: JSONBody[Oneself],
    actor: NamedDependency[Actor],
    request: AnyRequest,
    sign_in: NamedDependency[SignInDesk],
) -> None:
    await remove_staff_passkey(sign_in, actor, passkey_id, who=read_oneself(data, request, sign_in))


@post("/session/staff/passkey/challenge", summary="Begin to use a staff member's passkey: what the browser needs to ask for one")
async def offer_staff(request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> Response[PasskeyChallengeView]:
    return await offer_to(request, sign_in)


@post("/session/staff/passkey", summary="Sign in a staff member with a passkey")
async def enter_staff(
    data: JSONBody[StaffPasskeyEntry], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> Response[SessionView]:
    answer = _answer(data.proof, request, sign_in)
    answer = replace(answer, browser=replace(answer.browser, is_shared=data.is_shared))
    return await signed_in(sign_in, "staff", await sign_in_staff_with_passkey(sign_in, answer), request=request)


@post("/session/unlock/passkey", guards=[UNLOCKS], status_code=204, summary="Unlock this shared computer with one's passkey")
async def unlock_by_passkey(
    data: JSONBody[PasskeyProof], actor: NamedDependency[Actor], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> None:
    await unlock_with_passkey(sign_in, actor, _answer(data, request, sign_in))


def read_oneself(data: Oneself, request: AnyRequest, sign_in: SignInDesk) -> Identification:
    return Identification(data.password, None if data.proof is None else _answer(data.proof, request, sign_in))


def _answer(proof: PasskeyProof, request: AnyRequest, sign_in: SignInDesk) -> Answer:
    return Answer(proof.read(), holder_of(request, sign_in), from_browser(request, sign_in.settings))


staff_passkeys_router = Router(
    path="/", route_handlers=[list_own, begin_own, add_own, remove_own, offer_staff, enter_staff, unlock_by_passkey]
)
