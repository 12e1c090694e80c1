"""Offering a challenge to a browser, and knowing that browser again by a cookie when it answers."""

from litestar import Response
from litestar.datastructures import Cookie

from pawline.passkeys.challenges import CHALLENGE_LASTS, browser_of, make_challenge
from pawline.passkeys.site import site_of
from pawline.passkeys.views import PasskeyChallengeView
from pawline.platform.base64url import write_base64url
from pawline.platform.security import cookie_name, new_secret
from pawline.sign_in.browsers import AnyRequest, from_browser
from pawline.sign_in.desk import SignInDesk

HOLDER = "passkey"


async def offer_to(request: AnyRequest, sign_in: SignInDesk) -> Response[PasskeyChallengeView]:
    settings, address = sign_in.settings, from_browser(request, sign_in.settings).address
    holder = holder_of(request, sign_in) or new_secret()
    challenge = await make_challenge(sign_in.database, settings, holder=browser_of(holder), address=address)
    cookie = Cookie(
        key=cookie_name(settings, HOLDER),
        value=holder,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="strict",
        max_age=int(CHALLENGE_LASTS.total_seconds()),
    )
    view = PasskeyChallengeView(write_base64url(challenge), site_of(settings))
    return Response(view, status_code=201, cookies=[cookie], headers={"Cache-Control": "no-store"})


def holder_of(request: AnyRequest, sign_in: SignInDesk) -> str:
    """Empty for a browser that was offered nothing."""
    return request.cookies.get(cookie_name(sign_in.settings, HOLDER), "")
