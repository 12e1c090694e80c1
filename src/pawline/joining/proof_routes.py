"""HTTP of proving once more who one is."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.joining.desk import JoiningDesk
from pawline.joining.proof_codes import prove_with_code, send_proof_code
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.browsers import AnyRequest, from_browser
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.views import ProofCodeSent

PROVES = requires(Permission.PROVE_AGAIN)


class CodeProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    attempt_id: UUID
    code: Annotated[str, msgspec.Meta(max_length=20)]


@post("/session/owner/proof/code", guards=[PROVES], status_code=202, summary="Send oneself a code to prove who one is")
async def send_code(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
    joining: NamedDependency[JoiningDesk],
) -> ProofCodeSent:
    return await send_proof_code(sign_in, joining, actor, browser=from_browser(request, sign_in.settings))


@post("/session/owner/proof", guards=[PROVES], status_code=204, summary="Prove who one is with that code")
async def prove(
    data: JSONBody[CodeProof], request: AnyRequest, actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> None:
    browser = from_browser(request, sign_in.settings)
    await prove_with_code(sign_in, actor, data.attempt_id, code=data.code, browser=browser)


proof_router = Router(path="/api/v1", route_handlers=[send_code, prove], tags=["sign-in"])
