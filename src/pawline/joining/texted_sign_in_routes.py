"""HTTP of signing in with a mobile number on file."""

import msgspec
from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.joining.desk import JoiningDesk
from pawline.joining.proving import Prover
from pawline.joining.routes import Address, Proof
from pawline.joining.signing_up import CODE_LASTS
from pawline.joining.texted_sign_ins import sign_in_by_text, text_sign_in_code
from pawline.joining.views import CodeOnItsWay
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.views import SessionView


class TextRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mobile number in any spelling."""

    number: Address


@post("/session/owner/text", status_code=202, summary="Text a sign-in code to a number on file")
async def text_code(data: JSONBody[TextRequest], request: AnyRequest, joining: NamedDependency[JoiningDesk]) -> CodeOnItsWay:
    attempt_id = await text_sign_in_code(joining, data.number, browser=from_browser(request, joining.settings))
    return CodeOnItsWay(attempt_id, int(CODE_LASTS.total_seconds()))


@post("/session/owner/text/verify", summary="Sign in a contact with the texted code")
async def verify(
    data: JSONBody[Proof],
    request: AnyRequest,
    joining: NamedDependency[JoiningDesk],
    sign_in: NamedDependency[SignInDesk],
) -> Response[SessionView]:
    prover = Prover(browser=from_browser(request, joining.settings), contact_id=data.contact_id)
    secret = await sign_in_by_text(joining, data.attempt_id, data.code, prover=prover)
    return await signed_in(sign_in, "owner", secret, request=request)


texted_sign_ins_router = Router(path="/api/v1", route_handlers=[text_code, verify], tags=["sign-in"])
