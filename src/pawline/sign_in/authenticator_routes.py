"""HTTP of authenticator apps: setting one up, turning it off, and signing in with its code."""

from dataclasses import replace
from typing import Annotated, TypeVar

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.authenticator import (
    begin_authenticator,
    confirm_authenticator,
    own_authenticator,
    renew_recovery_codes,
    turn_off_authenticator,
)
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.second_step import finish_second_step
from pawline.sign_in.views import NewAuthenticator, OwnAuthenticator, RecoveryCodes, SessionView

OWN = requires(Permission.OWN_SIGN_IN)
Secret = Annotated[str, msgspec.Meta(max_length=500)]
Code = Annotated[str, msgspec.Meta(max_length=40)]
Shown = TypeVar("Shown", NewAuthenticator, RecoveryCodes)


class OwnPassword(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: Secret


class AppCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Code


class PasswordAndCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: Secret
    code: Code


class SecondStepCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``attempt``: what came instead of a session when the password was right. ``code``: of the app, or a recovery code."""

    attempt: Secret
    code: Code
    is_shared: bool = False


@get("/own-authenticator", guards=[OWN], summary="Whether a code of an app is asked for after one's password")
async def read_own(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> OwnAuthenticator:
    async with sign_in.database.transaction() as uow:
        return await own_authenticator(uow, actor)


@post("/own-authenticator", guards=[OWN], summary="Begin to set up an authenticator app")
async def begin(
    data: JSONBody[OwnPassword], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> Response[NewAuthenticator]:
    return _shown_once(await begin_authenticator(sign_in, actor, data.password))


@post("/own-authenticator/confirm", guards=[OWN], summary="Show a code of the app; from then on they are asked for")
async def confirm(
    data: JSONBody[AppCode], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> Response[RecoveryCodes]:
    return _shown_once(await confirm_authenticator(sign_in, actor, data.code))


@post("/own-authenticator/recovery-codes", guards=[OWN], summary="Get new recovery codes instead of those from before")
async def renew(
    data: JSONBody[PasswordAndCode], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> Response[RecoveryCodes]:
    return _shown_once(await renew_recovery_codes(sign_in, actor, data.password, code=data.code))


@post("/own-authenticator/off", guards=[OWN], status_code=204, summary="Let one's password alone sign in again")
async def turn_off(data: JSONBody[PasswordAndCode], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    await turn_off_authenticator(sign_in, actor, data.password, code=data.code)


@post("/session/staff/code", summary="Finish signing in a staff member with a code of their app, or a recovery code")
async def finish(
    data: JSONBody[SecondStepCode], request: AnyRequest, sign_in: NamedDependency[SignInDesk]
) -> Response[SessionView]:
    browser = replace(from_browser(request, sign_in.settings), is_shared=data.is_shared)
    secret = await finish_second_step(sign_in, data.attempt, data.code, browser=browser)
    return await signed_in(sign_in, "staff", secret, request=request)


def _shown_once(view: Shown) -> Response[Shown]:
    return Response(view, status_code=201, headers={"Cache-Control": "no-store"})


authenticator_router = Router(path="/", route_handlers=[read_own, begin, confirm, renew, turn_off, finish], tags=["sign-in"])
