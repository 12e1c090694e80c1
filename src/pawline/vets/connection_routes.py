"""HTTP of connecting a pet as the team, and of ending a connection."""

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import requires
from pawline.vets.connections import connect_as_team, end

_CONNECTION = "/pets/{pet_id:uuid}/connections/{clinic_id:uuid}"


@post(
    f"{_CONNECTION}/connect",
    guards=[requires(Permission.ANSWER_CONNECTIONS)],
    status_code=204,
    summary="Connect a pet to a clinic of one's own; its family can write from now on",
)
async def connect_one(
    pet_id: FromPath[UUID], clinic_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> None:
    async with sign_in.database.transaction() as uow:
        await connect_as_team(uow, actor, pet_id, clinic_id=clinic_id)


@post(
    f"{_CONNECTION}/end",
    guards=[requires(Permission.END_CONNECTION)],
    status_code=204,
    summary="End the connection of a pet with a clinic; what was written stays",
)
async def end_one(
    pet_id: FromPath[UUID], clinic_id: FromPath[UUID], actor: NamedDependency[Actor], sign_in: NamedDependency[SignInDesk]
) -> None:
    async with sign_in.database.transaction() as uow:
        await end(uow, actor, pet_id, clinic_id=clinic_id)
