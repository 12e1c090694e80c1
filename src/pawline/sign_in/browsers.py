"""Browsers: where a sign-in comes from, and the cookie that its browser keeps."""

from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie

from pawline.platform.errors import SignInFailed
from pawline.platform.languages import read_language
from pawline.platform.security import cookie_name, require_own_origin
from pawline.platform.settings import Settings
from pawline.sign_in.addresses import client_address
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import LONGEST
from pawline.sign_in.linking import leave_session
from pawline.sign_in.sessions import Browser, session_view
from pawline.sign_in.views import SessionView

AnyRequest = Request[Any, Any, Any]


def from_browser(request: AnyRequest, settings: Settings) -> Browser:
    """Refuses requests of other sites' pages; there is no session yet that a token could be bound to."""
    require_own_origin(settings, request.headers)
    headers = request.headers
    return Browser(
        device=headers.get("user-agent", ""),
        address=client_address(request, settings),
        language=read_language(headers.get("accept-language", "")),
    )


async def signed_in(sign_in: SignInDesk, app: str, secret: str, *, request: AnyRequest) -> Response[SessionView]:
    """The answer to a sign-in that succeeded: the session, and its secret as a cookie. What the browser had before ends."""
    before = await sign_in.gate.holder_of(request.cookies.get(cookie_name(sign_in.settings, app), ""))
    actor = await sign_in.gate.actor_by_secret(secret)
    if actor is None:  # the person has left between being invited and coming
        raise SignInFailed("This account is closed. Ask your practice if it should not be.")
    async with sign_in.database.transaction() as uow:
        if before is not None:
            # Its cookie is overwritten, so nobody could end it from here, and its pushes would ring for whoever signed in.
            await leave_session(uow, before, secret)
        view = await session_view(uow, sign_in.settings, actor, secret=secret)
    longest = LONGEST["staff" if app == "staff" else "contact"]
    cookie = _cookie(sign_in.settings, app, secret, max_age=int(longest.total_seconds()))
    return Response(view, status_code=201, cookies=[cookie], headers={"Cache-Control": "no-store"})


def expired_cookie(settings: Settings, app: str) -> Cookie:
    """Makes the browser forget the session's cookie."""
    return _cookie(settings, app, "", max_age=0)


def _cookie(settings: Settings, app: str, value: str, *, max_age: int) -> Cookie:
    return Cookie(
        key=cookie_name(settings, app),
        value=value,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
        max_age=max_age,
    )
