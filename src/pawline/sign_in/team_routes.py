"""HTTP of the team: who works at the practice, and inviting more."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.platform.actor import Actor, Role
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.platform.text import clean_line
from pawline.practices.service import StaffDraft, invite_staff_member, require_colleague, team_of
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

    def draft(self) -> StaffDraft:
        job_title = clean_line("job_title", self.job_title, longest=80) if self.job_title.strip() else ""
        return StaffDraft(self.name, self.email, Role(self.role), job_title, list(dict.fromkeys(self.clinic_ids)))


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
    draft = data.draft()
    async with sign_in.database.transaction() as uow:

        async def add() -> Invited:
            staff_id = await invite_staff_member(uow, actor, draft)
            await mail_password_link(uow, sign_in.settings, practice_id=actor.practice_id, staff_id=staff_id)
            return Invited(staff_id)

        return await once(uow, KeyedRequest(actor, idempotency_key, data), add, form=Invited)


@post(
    "/team/{staff_id:uuid}/password-link",
    guards=[requires(Permission.MANAGE_TEAM)],
    status_code=202,
    summary="Mail a staff member a link to choose a new password",
)
async def send_password_link(
    staff_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> Invited:
    async with sign_in.database.transaction() as uow:
        await require_colleague(uow, actor, staff_id)
        await mail_password_link(uow, sign_in.settings, practice_id=actor.practice_id, staff_id=staff_id)
    return Invited(staff_id)


team_router = Router(path="/api/v1", route_handlers=[team, invite, send_password_link], tags=["team"])
