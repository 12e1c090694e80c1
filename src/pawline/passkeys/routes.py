"""HTTP of passkeys."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, delete, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.passkeys.challenges import CHALLENGE_LASTS
from pawline.passkeys.claims import Assertion, MadeCredential, read_bytes
from pawline.passkeys.service import (
    add_passkey,
    begin_passkey,
    offer_challenge,
    passkeys_of,
    prove_with_passkey,
    remove_passkey,
    sign_in_with_passkey,
)
from pawline.passkeys.views import NewPasskeyView, PasskeyChallengeView, Passkeys, PasskeyView
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.platform.security import cookie_name, new_secret
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.views import SessionView

OWN = requires(Permission.OWN_PASSKEYS)
PROVES = requires(Permission.PROVE_AGAIN)
HOLDER = "passkey"
Short = Annotated[str, msgspec.Meta(max_length=2_000)]
Long = Annotated[str, msgspec.Meta(max_length=20_000)]


class NewPasskey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser's new credential says, as base64url."""

    credential_id: Short
    client_data: Long
    attestation: Long


class PasskeyProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the browser's credential says to the challenge, as base64url."""

    credential_id: Short
    client_data: Long
    authenticator_data: Long
    signature: Long
    user_handle: Short


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
    made = MadeCredential(
        read_bytes("credential_id", data.credential_id),
        read_bytes("client_data", data.client_data),
        read_bytes("attestation", data.attestation),
    )
    return await add_passkey(sign_in, actor, made, browser=from_browser(request, sign_in.settings))


@delete("/passkeys/{passkey_id:uuid}", guards=[OWN], summary="Remove a passkey; sessions that began with it go on")
async def remove(passkey_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    async with sign_in.database.transaction() as uow:
        await remove_passkey(uow, actor, passkey_id)


@post("/session/owner/passkey/challenge", summary="Begin to sign in with a passkey: what the browser needs to ask for one")
async def offer(request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> Response[PasskeyChallengeView]:
    browser, settings = from_browser(request, sign_in.settings), sign_in.settings
    holder = request.cookies.get(cookie_name(settings, HOLDER)) or new_secret()
    view = await offer_challenge(sign_in, holder=holder, browser=browser)
    cookie = Cookie(
        key=cookie_name(settings, HOLDER),
        value=holder,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="strict",
        max_age=int(CHALLENGE_LASTS.total_seconds()),
    )
    return Response(view, status_code=201, cookies=[cookie], headers={"Cache-Control": "no-store"})


@post("/session/owner/passkey", summary="Sign in a contact with a passkey")
async def enter(data: JSONBody[PasskeyProof], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> Response[SessionView]:
    browser, holder = from_browser(request, sign_in.settings), _holder(request, sign_in)
    secret = await sign_in_with_passkey(sign_in, _read(data), holder=holder, browser=browser)
    return await signed_in(sign_in, "owner", secret, request=request)


@post("/session/owner/proof/passkey", guards=[PROVES], status_code=204, summary="Prove who one is with a passkey")
async def prove(
    data: JSONBody[PasskeyProof], actor: NamedDependency[Actor], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> None:
    browser, holder = from_browser(request, sign_in.settings), _holder(request, sign_in)
    await prove_with_passkey(sign_in, actor, _read(data), holder=holder, browser=browser)


def _read(proof: PasskeyProof) -> Assertion:
    return Assertion(
        read_bytes("credential_id", proof.credential_id),
        read_bytes("client_data", proof.client_data),
        read_bytes("authenticator_data", proof.authenticator_data),
        read_bytes("signature", proof.signature),
        read_bytes("user_handle", proof.user_handle),
    )


def _holder(request: AnyRequest, sign_in: SignInDesk) -> str:
    return request.cookies.get(cookie_name(sign_in.settings, HOLDER), "")


passkeys_router = Router(
    path="/api/v1", route_handlers=[list_passkeys, begin, add, remove, offer, enter, prove], tags=["passkeys"]
)
