"""HTTP of passkeys."""

from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.passkeys.claims import NewPasskey, PasskeyProof
from pawline.passkeys.offering import holder_of, offer_to
from pawline.passkeys.service import (
    add_passkey,
    begin_passkey,
    passkeys_of,
    prove_with_passkey,
    remove_passkey,
    sign_in_with_passkey,
)
from pawline.passkeys.staff_routes import staff_passkeys_router
from pawline.passkeys.views import NewPasskeyView, PasskeyChallengeView, Passkeys, PasskeyView
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.views import SessionView

OWN = requires(Permission.OWN_PASSKEYS)
PROVES = requires(Permission.PROVE_AGAIN)


@get("/passkeys", guards=[OWN], summary="One's own passkeys")
async def list_passkeys(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> Passkeys:
    async with sign_in.database.transaction() as uow:
        return await passkeys_of(uow, actor)


@post("/passkeys/challenge", guards=[OWN], summary="Begin to add a passkey: what the browser needs to make one")
async def begin(actor: NamedDependency[Actor], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> NewPasskeyView:
    return await begin_passkey(sign_in, actor, browser=from_browser(request, sign_in.settings))


@post("/passkeys", guards=[OWN], summary="Add the passkey that the browser has made")
async def add(
    data: JSONBody[NewPasskey], actor: NamedDependency[Actor], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> PasskeyView:
    return await add_passkey(sign_in, actor, data.read(), browser=from_browser(request, sign_in.settings))


@delete("/passkeys/{passkey_id:uuid}", guards=[OWN], summary="Remove a passkey; sessions that began with it go on")
async def remove(passkey_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    async with sign_in.database.transaction() as uow:
        await remove_passkey(uow, actor, passkey_id)


@post("/session/owner/passkey/challenge", summary="Begin to sign in with a passkey: what the browser needs to ask for one")
async def offer(request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> Response[PasskeyChallengeView]:
    return await offer_to(request, sign_in)


@post("/session/owner/passkey", summary="Sign in a contact with a passkey")
async def enter(data: JSONBody[PasskeyProof], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> Response[SessionView]:
    browser, holder = from_browser(request, sign_in.settings), holder_of(request, sign_in)
    secret = await sign_in_with_passkey(sign_in, data.read(), holder=holder, browser=browser)
    return await signed_in(sign_in, "owner", secret, request=request)


@post("/session/owner/proof/passkey", guards=[PROVES], status_code=204, summary="Prove who one is with a passkey")
async def prove(
    data: JSONBody[PasskeyProof], actor: NamedDependency[Actor], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> None:
    browser, holder = from_browser(request, sign_in.settings), holder_of(request, sign_in)
    await prove_with_passkey(sign_in, actor, data.read(), holder=holder, browser=browser)


passkeys_router = Router(
    path="/api/v1",
    route_handlers=[list_passkeys, begin, add, remove, offer, enter, prove, staff_passkeys_router],
    tags=["passkeys"],
)
