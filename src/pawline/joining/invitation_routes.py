"""HTTP of invitations into a family. Secrets of links travel in bodies: no server or proxy on the way logs those."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody
from msgspec.structs import replace

from pawline.joining.desk import JoiningDesk
from pawline.joining.invitations import (
    InvitationDraft,
    accept_mailed_invitation,
    invitation_place,
    invitations_of,
    invite_into_family,
    start_by_invitation,
    withdraw_invitation,
)
from pawline.joining.routes import Address, Name
from pawline.joining.signing_up import CODE_LASTS, Applicant
from pawline.joining.views import CodeOnItsWay, InvitationPlace, Invitations, InvitationView
from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.sign_in.browsers import AnyRequest, from_browser, signed_in
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import is_proven, requires
from pawline.sign_in.views import SessionView

INVITES = requires(Permission.INVITE_TO_FAMILY)
Token = Annotated[str, msgspec.Meta(max_length=100)]


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Without ``email`` the answer has a link to pass on."""

    name: Name
    email: Address | None = None


class InvitationToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Token


class InvitedSignUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Token
    first_name: Name
    last_name: Name
    email: Address


@get("/family/invitations", guards=[INVITES], summary="Invitations into one's own family that nobody has used yet")
async def list_invitations(actor: NamedDependency[Actor], joining: NamedDependency[JoiningDesk]) -> Invitations:
    async with joining.database.transaction() as uow:
        found = await invitations_of(uow, joining.settings, actor)
    if is_proven(actor):
        return found
    # A link opens the family to whoever has it: as with inviting, only for somebody who has just proven who they are.
    return replace(found, invitations=[replace(each, link=None) for each in found.invitations])


@post("/family/invitations", guards=[INVITES], summary="Invite somebody into one's own family")
async def invite(
    data: JSONBody[NewInvitation],
    actor: NamedDependency[Actor],
    joining: NamedDependency[JoiningDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> InvitationView:
    draft = InvitationDraft(name=data.name, email=data.email)
    async with joining.database.transaction() as uow:
        asked = KeyedRequest(actor, idempotency_key, data)
        return await once(uow, asked, lambda: invite_into_family(uow, joining.settings, actor, draft=draft), form=InvitationView)


@delete("/family/invitations/{invitation_id:uuid}", guards=[INVITES], summary="Withdraw an invitation")
async def withdraw(invitation_id: FromPath[UUID], actor: NamedDependency[Actor], joining: NamedDependency[JoiningDesk]) -> None:
    async with joining.database.transaction() as uow:
        await withdraw_invitation(uow, actor, invitation_id)


@post("/invitation", status_code=200, summary="Where the link of an invitation leads")
async def read_invitation(data: JSONBody[InvitationToken], joining: NamedDependency[JoiningDesk]) -> InvitationPlace:
    return await invitation_place(joining, data.token)


@post("/invitation/accept", summary="Join a family with the link of an invitation that came by e-mail")
async def accept(
    data: JSONBody[InvitationToken],
    request: AnyRequest,
    joining: NamedDependency[JoiningDesk],
    sign_in: NamedDependency[SignInDesk],
) -> Response[SessionView]:
    secret = await accept_mailed_invitation(joining, data.token, browser=from_browser(request, joining.settings))
    return await signed_in(sign_in, "owner", secret, request=request)


@post("/invitation/start", status_code=202, summary="Mail a code to whoever joins a family by a link that was passed on")
async def start(data: JSONBody[InvitedSignUp], request: AnyRequest, joining: NamedDependency[JoiningDesk]) -> CodeOnItsWay:
    applicant = Applicant(first_name=data.first_name, last_name=data.last_name, email=data.email)
    attempt_id = await start_by_invitation(joining, data.token, applicant, browser=from_browser(request, joining.settings))
    return CodeOnItsWay(attempt_id, int(CODE_LASTS.total_seconds()))


invitations_router = Router(
    path="/api/v1",
    route_handlers=[list_invitations, invite, withdraw, read_invitation, accept, start],
    tags=["joining"],
)
