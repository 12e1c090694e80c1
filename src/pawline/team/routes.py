"""HTTP of the team: who works at the practice, inviting more, changing them, ending their access and letting them back in."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.practices.service import invite_staff_member
from pawline.practices.staff import require_colleague, team_of
from pawline.practices.views import StaffMemberView, Team
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.sign_in.staff import mail_password_link
from pawline.team.addresses import ask_for_address, forget_asked_address
from pawline.team.leaving import end_access, let_back_in
from pawline.team.mail_again import mail_again
from pawline.team.own_routes import own_profile_router
from pawline.team.rules import hold_team
from pawline.team.second_steps import remove_second_step
from pawline.team.service import change_member
from pawline.team.views import Invited, NewAddress, NewStaffMember, StaffChange, StaffReturn


@get("/team", guards=[requires(Permission.MANAGE_TEAM)], summary="Who works at the practice, and who did")
async def team(actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> Team:
    async with sign_in.database.transaction() as uow:
        return await team_of(uow, actor)


@post("/team", guards=[requires(Permission.MANAGE_TEAM)], summary="Add a staff member and mail them a link to choose a password")
async def invite(
    data: JSONBody[NewStaffMember],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> Invited:
    draft = data.draft()
    async with sign_in.database.transaction() as uow:
        inviter = await hold_team(uow, actor)

        async def add() -> Invited:
            staff_id = await invite_staff_member(uow, inviter, draft)
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
        await require_colleague(uow, await hold_team(uow, actor), staff_id)
        await mail_password_link(uow, sign_in.settings, practice_id=actor.practice_id, staff_id=staff_id)
    return Invited(staff_id)


@post(
    "/team/{staff_id:uuid}/mail/try-again",
    guards=[requires(Permission.MANAGE_TEAM)],
    status_code=200,
    summary="Send e-mails to a staff member again whose address took none",
)
async def try_mail_again(
    staff_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await mail_again(uow, sign_in.settings, actor, staff_id=staff_id)


@patch(
    "/team/{staff_id:uuid}",
    guards=[requires(Permission.MANAGE_TEAM)],
    summary="Change a staff member's name, job title, role or clinics",
)
async def change(
    staff_id: FromPath[UUID],
    data: JSONBody[StaffChange],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await change_member(uow, actor, staff_id, change=data)


@post(
    "/team/{staff_id:uuid}/end-access",
    guards=[requires(Permission.MANAGE_TEAM)],
    status_code=200,
    summary="Sign a staff member out everywhere, for good",
)
async def end(staff_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await end_access(uow, actor, staff_id)


@post(
    "/team/{staff_id:uuid}/let-back-in",
    guards=[requires(Permission.MANAGE_TEAM)],
    status_code=200,
    summary="Let somebody who worked here sign in again, and mail them a link to choose a password",
)
async def come_back(
    staff_id: FromPath[UUID],
    data: JSONBody[StaffReturn],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await let_back_in(uow, sign_in.settings, actor, staff_id=staff_id, request=data)


@post(
    "/team/{staff_id:uuid}/remove-second-step",
    guards=[requires(Permission.MANAGE_TEAM)],
    status_code=200,
    summary="Let a staff member who lost their phone sign in with their password alone",
)
async def remove_step(
    staff_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await remove_second_step(uow, actor, staff_id)


@put(
    "/team/{staff_id:uuid}/address",
    guards=[requires(Permission.MANAGE_TEAM)],
    summary="Mail a link to a staff member's new address; it counts once that is used",
)
async def ask_address(
    staff_id: FromPath[UUID],
    data: JSONBody[NewAddress],
    actor: NamedDependency[Actor],
    sign_in: NamedDependency[SignInDesk],
) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await ask_for_address(uow, sign_in.settings, actor, staff_id=staff_id, email=data.email)


@delete(
    "/team/{staff_id:uuid}/address",
    guards=[requires(Permission.MANAGE_TEAM)],
    status_code=200,
    summary="Withdraw a staff member's new address",
)
async def forget_address(
    staff_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> StaffMemberView:
    async with sign_in.database.transaction() as uow:
        return await forget_asked_address(uow, actor, staff_id)


team_router = Router(
    path="/",
    route_handlers=[
        own_profile_router,
        Router(
            path="/api/v1",
            route_handlers=[
                team,
                invite,
                send_password_link,
                try_mail_again,
                change,
                end,
                come_back,
                remove_step,
                ask_address,
                forget_address,
            ],
            tags=["team"],
        ),
    ],
)
