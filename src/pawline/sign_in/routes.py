"""HTTP of signing in and out."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.languages import AcceptLanguage, read_language
from pawline.platform.permissions import Permission
from pawline.sign_in.app_versions import see_app
from pawline.sign_in.authenticator_routes import authenticator_router
from pawline.sign_in.browsers import AnyRequest, expired_cookie, from_browser, signed_in
from pawline.sign_in.contacts import CODE_LASTS, send_code, sign_in_with_code, sign_in_with_link
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.front_desk_routes import front_desk_router
from pawline.sign_in.gate import Gate, requires
from pawline.sign_in.sessions import devices_of, end_session, session_view
from pawline.sign_in.staff import choose_password, sign_in_staff
from pawline.sign_in.views import CodeSent, Devices, SessionView

Secret = Annotated[str, msgspec.Meta(max_length=500)]


class StaffSignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    email: Secret
    password: Secret
    practice_id: UUID | None = None
    is_shared: bool = False


class CodeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    email: Secret


class CodeSignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    attempt_id: UUID
    code: Annotated[str, msgspec.Meta(max_length=20)]


class LinkSignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Secret


class PasswordChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Secret
    password: Secret


@get("/session", summary="Who is signed in with this browser")
async def read_session(
    request: AnyRequest,
    gate: NamedDependency[Gate],
    sign_in: NamedDependency[SignInDesk],
    version: Annotated[int | None, HeaderParameter(name="X-Pawline-Version", ge=0, le=1_000_000)] = None,
    accept_language: AcceptLanguage = "",
) -> Response[SessionView]:
    secret = gate.secret_of(request.headers, request.cookies)
    actor = await gate.holder_of(secret)
    async with sign_in.database.transaction() as uow:
        if actor is not None and version is not None:
            await see_app(uow, actor, version=version, language=read_language(accept_language))
        view = await session_view(uow, sign_in.settings, actor, secret=secret)
    return Response(view, headers={"Cache-Control": "no-store"})


@post("/session/staff", summary="Sign in a staff member")
async def staff(data: JSONBody[StaffSignIn], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> Response[SessionView]:
    browser = replace(from_browser(request, sign_in.settings), is_shared=data.is_shared)
    secret = await sign_in_staff(sign_in, data.email, data.password, practice_id=data.practice_id, browser=browser)
    return await signed_in(sign_in, "staff", secret, request=request)


@post("/session/owner/code", status_code=202, summary="Mail a sign-in code to a contact")
async def mail_code(data: JSONBody[CodeRequest], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> CodeSent:
    attempt_id = await send_code(sign_in, data.email, browser=from_browser(request, sign_in.settings))
    return CodeSent(attempt_id, int(CODE_LASTS.total_seconds()))


@post("/session/owner/verify", summary="Sign in a contact with the mailed code")
async def verify_code(
    data: JSONBody[CodeSignIn], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> Response[SessionView]:
    browser = from_browser(request, sign_in.settings)
    secret = await sign_in_with_code(sign_in, data.attempt_id, data.code, browser=browser)
    return await signed_in(sign_in, "owner", secret, request=request)


@post("/session/owner/link", summary="Sign in a contact with the mailed link")
async def use_link(
    data: JSONBody[LinkSignIn], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> Response[SessionView]:
    browser = from_browser(request, sign_in.settings)
    secret = await sign_in_with_link(sign_in, data.token, browser=browser)
    return await signed_in(sign_in, "owner", secret, request=request)


@post("/session/password", summary="Choose a password with a one-time link")
async def set_password(
    data: JSONBody[PasswordChoice], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> Response[SessionView]:
    browser = from_browser(request, sign_in.settings)
    secret = await choose_password(sign_in, data.token, data.password, browser=browser)
    return await signed_in(sign_in, "staff", secret, request=request)


@delete("/session", guards=[requires(Permission.USE_OWN_SESSION, even_locked=True)], summary="Sign out")
async def sign_out(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> Response[None]:
    async with sign_in.database.transaction() as uow:
        await end_session(uow, actor, actor.session_id)
    app = "staff" if actor.is_staff else "owner"
    # Photos that this browser has seen are not to open from its cache for whoever sits down at it next.
    headers = {"Clear-Site-Data": '"cache"'}
    return Response(None, status_code=204, cookies=[expired_cookie(sign_in.settings, app)], headers=headers)


@get("/sessions", guards=[requires(Permission.USE_OWN_SESSION)], summary="The browsers one is signed in with")
async def list_sessions(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> Devices:
    async with sign_in.database.transaction() as uow:
        return Devices(await devices_of(uow, actor))


@delete(
    "/sessions/{session_id:uuid}", guards=[requires(Permission.USE_OWN_SESSION)], summary="Sign out another browser of one's own"
)
async def end_one(session_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    async with sign_in.database.transaction() as uow:
        await end_session(uow, actor, session_id)


sign_in_router = Router(
    path="/api/v1",
    route_handlers=[
        read_session,
        staff,
        mail_code,
        verify_code,
        use_link,
        set_password,
        sign_out,
        list_sessions,
        end_one,
        front_desk_router,
        authenticator_router,
    ],
    tags=["sign-in"],
)
