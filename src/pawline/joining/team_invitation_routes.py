"""HTTP of invitations by the team."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.joining.desk import JoiningDesk
from pawline.joining.routes import Address, Name
from pawline.joining.team_invitations import Invitee, family_invitations, invite_for_team, withdraw_for_team
from pawline.joining.views import FamilyInvitations, TeamInvitationView
from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires

INVITES = requires(Permission.INVITE_CONTACT)


class TeamInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``contact_id``: somebody of the family; without it, somebody new of that ``name``."""

    email: Address
    contact_id: UUID | None = None
    name: Name = ""


@get("/families/{family_id:uuid}/invitations", guards=[INVITES], summary="Who of a family is not in the app, and who is invited")
async def list_invitations(
    family_id: FromPath[UUID], actor: NamedDependency[Actor], joining: NamedDependency[JoiningDesk]
) -> FamilyInvitations:
    async with joining.database.transaction() as uow:
        return await family_invitations(uow, actor, family_id)


@post("/families/{family_id:uuid}/invitations", guards=[INVITES], summary="Invite somebody of a family to the app by e-mail")
async def invite(
    family_id: FromPath[UUID],
    data: JSONBody[TeamInvitation],
    actor: NamedDependency[Actor],
    joining: NamedDependency[JoiningDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> TeamInvitationView:
    invitee = Invitee(email=data.email, contact_id=data.contact_id, name=data.name)
    async with joining.database.transaction() as uow:
        asked = KeyedRequest(actor, idempotency_key, {"family": family_id, "invitation": data})
        return await once(
            uow,
            asked,
            lambda: invite_for_team(uow, joining.settings, actor, family_id=family_id, invitee=invitee),
            form=TeamInvitationView,
        )


@delete("/families/{family_id:uuid}/invitations/{invitation_id:uuid}", guards=[INVITES], summary="Withdraw an invitation")
async def withdraw(
    family_id: FromPath[UUID],
    invitation_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    joining: NamedDependency[JoiningDesk],
) -> None:
    async with joining.database.transaction() as uow:
        await withdraw_for_team(uow, actor, family_id=family_id, invitation_id=invitation_id)


team_invitations_router = Router(path="/api/v1", route_handlers=[list_invitations, invite, withdraw], tags=["joining"])
