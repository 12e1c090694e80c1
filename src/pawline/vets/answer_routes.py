"""HTTP of the vet's side. Secrets of links travel in bodies: no server or proxy on the way logs those."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.practices.service import PracticeDraft
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.views import SessionView
from pawline.vets.accepting import accept_for_clinic, decline_vet_invitation, vet_invitation_place
from pawline.vets.connection_routes import connect_one, end_one
from pawline.vets.founding import Founder, found_practice
from pawline.vets.new_connections import NewConnections, accept_connection, decline_connection, new_connections
from pawline.vets.views import AcceptedInvitation, VetInvitationPlace

ANSWERS = requires(Permission.ANSWER_CONNECTIONS)
Token = Annotated[str, msgspec.Meta(max_length=100)]
Line = Annotated[str, msgspec.Meta(max_length=200)]


class VetToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Token


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Token
    clinic_id: UUID


class NewPractice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``country`` is two letters (ISO 3166), ``timezone`` an IANA name; ``name`` to ``password`` are the practice owner's."""

    token: Token
    practice: Line
    clinic: Line
    country: Line
    timezone: Line
    name: Line
    email: Annotated[str, msgspec.Meta(max_length=500)]
    password: Annotated[str, msgspec.Meta(max_length=500)]

    def founder(self) -> Founder:
        draft = PracticeDraft(
            name=self.practice,
            clinic_name=self.clinic,
            country=self.country,
            timezone=self.timezone,
            owner_name=self.name,
            owner_email=self.email,
        )
        return Founder(draft, self.password)


@post("/vet-invitation", status_code=200, summary="Who invites a vet, and about which pet")
async def read(data: JSONBody[VetToken], sign_in: NamedDependency[SignInDesk]) -> VetInvitationPlace:
    async with sign_in.database.transaction() as uow:
        return await vet_invitation_place(uow, data.token)


@post("/vet-invitation/accept", guards=[ANSWERS], summary="Accept an invitation for a clinic of one's own")
async def accept(
    data: JSONBody[Acceptance],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> AcceptedInvitation:
    async with sign_in.database.transaction() as uow:

        async def connect() -> AcceptedInvitation:
            return await accept_for_clinic(uow, actor, data.token, clinic_id=data.clinic_id)

        return await once(uow, KeyedRequest(actor, idempotency_key, data), connect, form=AcceptedInvitation)


@post("/vet-invitation/practice", summary="Start a practice with an invitation, and accept it")
async def found(data: JSONBody[NewPractice], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> Response[SessionView]:
    browser = from_browser(request, sign_in.settings)
    secret = await found_practice(sign_in, data.token, data.founder(), browser=browser)
    return await signed_in(sign_in, "staff", secret, request=request)


@post("/vet-invitation/decline", status_code=204, summary="Decline an invitation")
async def decline(data: JSONBody[VetToken], request: AnyRequest, sign_in: NamedDependency[SignInDesk]) -> None:
    from_browser(request, sign_in.settings)
    async with sign_in.database.transaction() as uow:
        await decline_vet_invitation(uow, data.token)


@get("/connections/new", guards=[ANSWERS], summary="Pets whose owners ask a clinic of one's own to connect")
async def list_new(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> NewConnections:
    async with sign_in.database.transaction() as uow:
        return await new_connections(uow, actor)


@post("/connections/{connection_id:uuid}/accept", guards=[ANSWERS], summary="Connect the pet; its family can write from now on")
async def accept_new(
    connection_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> AcceptedInvitation:
    async with sign_in.database.transaction() as uow:
        return await accept_connection(uow, actor, connection_id)


@post("/connections/{connection_id:uuid}/decline", guards=[ANSWERS], status_code=204, summary="Do not connect the pet")
async def decline_new(connection_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> None:
    async with sign_in.database.transaction() as uow:
        await decline_connection(uow, actor, connection_id)


answering_router = Router(
    path="/api/v1",
    route_handlers=[read, accept, found, decline, list_new, accept_new, decline_new, connect_one, end_one],
    tags=["vets"],
)
