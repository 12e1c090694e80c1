"""HTTP of joining: a clinic's code, signing up with it, and connecting pets."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody
from litestar.response import Redirect

from pawline.joining.codes import clinic_link, join_place, renew_clinic_link
from pawline.joining.connecting_pets import PetsToConnect, connect_pets
from pawline.joining.desk import JoiningDesk
from pawline.joining.proving import Prover, prove
from pawline.joining.refusals import CodeGone
from pawline.joining.signing_up import CODE_LASTS, Applicant, start_at_clinic
from pawline.joining.views import ClinicLink, CodeOnItsWay, Connected, JoinPlace
from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.platform.security import cookie_name
from pawline.sign_in.addresses import client_address
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.views import SessionView
from pawline.texting.link_tries import LinkTries

Name = Annotated[str, msgspec.Meta(max_length=200)]
Address = Annotated[str, msgspec.Meta(max_length=500)]
MANAGES = requires(Permission.MANAGE_CLINIC)
# Twenty characters cannot be guessed; this spares the database whoever tries.
_tries = LinkTries()


class SignUpRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of ``email`` and ``number``: a mobile number in any spelling, where the clinic can text."""

    first_name: Name
    last_name: Name
    email: Address | None = None
    number: Address | None = None


class Proof(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``contact_id``: who it is, when several share the address."""

    attempt_id: UUID
    code: Annotated[str, msgspec.Meta(max_length=20)]
    contact_id: UUID | None = None


@get("/c/{code:str}", include_in_schema=False)
async def follow_link(code: FromPath[str], request: AnyRequest) -> Redirect:
    """Behind the "#" the code stays in the browser, so that the app's address can be passed on by the app alone."""
    via = "&via=qr" if "qr" in request.query_params else ""
    return Redirect(f"/owner/join#code={quote(code, safe='')}{via}", headers={"Cache-Control": "no-store"})


@get("/join/{code:str}", summary="Where a clinic's code leads")
async def read_code(code: FromPath[str], request: AnyRequest, joining: NamedDependency[JoiningDesk]) -> JoinPlace:
    address = client_address(request, joining.settings)
    _tries.require_few(address)
    try:
        async with joining.database.transaction() as uow:
            return await join_place(uow, code)
    except CodeGone:
        _tries.count_miss(address)
        raise


@post("/join/{code:str}/start", status_code=202, summary="Text or mail a code to whoever joins a clinic")
async def start(
    code: FromPath[str], data: JSONBody[SignUpRequest], request: AnyRequest, joining: NamedDependency[JoiningDesk]
) -> CodeOnItsWay:
    applicant = Applicant(first_name=data.first_name, last_name=data.last_name, email=data.email, number=data.number)
    attempt_id = await start_at_clinic(joining, code, applicant, browser=from_browser(request, joining.settings))
    return CodeOnItsWay(attempt_id, int(CODE_LASTS.total_seconds()))


@post("/join/verify", summary="Sign in with the code that was texted or mailed")
async def verify(
    data: JSONBody[Proof],
    request: AnyRequest,
    joining: NamedDependency[JoiningDesk],
    sign_in: NamedDependency[SignInDesk],
) -> Response[SessionView]:
    browser = from_browser(request, joining.settings)
    known = await sign_in.gate.actor_by_secret(request.cookies.get(cookie_name(joining.settings, "owner"), ""))
    prover = Prover(browser=browser, contact_id=data.contact_id, known=known if known and not known.is_staff else None)
    secret = await prove(joining, data.attempt_id, data.code, prover=prover)
    return await signed_in(sign_in, "owner", secret, request=request)


@post("/join/{code:str}/pets", guards=[requires(Permission.CONNECT_PETS)], summary="Connect one's own pets to a clinic")
async def connect(
    code: FromPath[str],
    data: JSONBody[PetsToConnect],
    actor: NamedDependency[Actor],
    joining: NamedDependency[JoiningDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> Connected:
    async with joining.database.transaction() as uow:
        asked = KeyedRequest(actor, idempotency_key, {"code": code, "wish": data})
        return await once(uow, asked, lambda: connect_pets(uow, actor, code, wish=data), form=Connected)


@get("/clinics/{clinic_id:uuid}/link", guards=[MANAGES], summary="The link by which families join a clinic")
async def read_link(
    clinic_id: FromPath[UUID], actor: NamedDependency[Actor], joining: NamedDependency[JoiningDesk]
) -> ClinicLink:
    async with joining.database.transaction() as uow:
        return await clinic_link(uow, joining.settings, actor, clinic_id=clinic_id)


@post("/clinics/{clinic_id:uuid}/link", guards=[MANAGES], summary="Make a new link; the old one, also on posters, stops working")
async def renew_link(
    clinic_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    joining: NamedDependency[JoiningDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> ClinicLink:
    async with joining.database.transaction() as uow:
        asked = KeyedRequest(actor, idempotency_key, {"renew": clinic_id})
        return await once(
            uow, asked, lambda: renew_clinic_link(uow, joining.settings, actor, clinic_id=clinic_id), form=ClinicLink
        )


joining_router = Router(
    path="/",
    route_handlers=[
        follow_link,
        Router(path="/api/v1", route_handlers=[read_code, start, verify, connect, read_link, renew_link], tags=["joining"]),
    ],
)
