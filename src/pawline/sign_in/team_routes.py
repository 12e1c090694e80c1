"""HTTP of the team: who works at the practice, and inviting more."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody

from pawline.platform.actor import Actor, Role
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.practices.service import StaffDraft, invite_staff_member, team_of
from pawline.practices.views import Team
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.staff import mail_password_link


class NewStaffMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    email: str
    role: Literal["basic", "senior", "administrator", "practice_owner"]
    clinic_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=200)]
    job_title: Annotated[str, msgspec.Meta(max_length=80)] = ""


class Invited(msgspec.Struct, frozen=True):
    id: UUID


@get("/team", guards=[requires(Permission.MANAGE_TEAM)], summary="Who works at the practice")
async def team(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> Team:
    async with sign_in.database.transaction() as uow:
        return Team(await team_of(uow, actor))


@post("/team", guards=[requires(Permission.MANAGE_TEAM)], summary="Add a staff member and mail them a link to choose a password")
async def invite(
    data: JSONBody[NewStaffMember],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> Invited:
    draft = StaffDraft(data.name, data.email, Role(data.role), data.job_title, data.clinic_ids)
    async with sign_in.database.transaction() as uow:

        async def add() -> Invited:
            staff_id = await invite_staff_member(uow, actor, draft)
            await mail_password_link(uow, sign_in.settings, practice_id=actor.practice_id, staff_id=staff_id)
            return Invited(staff_id)

        return await once(uow, KeyedRequest(actor, idempotency_key, data), add, form=Invited)


team_router = Router(path="/api/v1", route_handlers=[team, invite], tags=["team"])
