"""HTTP of erasing a whole family."""

from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.moderation.erasing_families import FamilyErasureRequest, erase_family, family_erasure
from pawline.moderation.views import FamilyErasureState, FamilyErasureView
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires

ERASES = requires(Permission.ERASE_FAMILY)


@post(
    "/families/{family_id:uuid}/erasure",
    guards=[ERASES],
    status_code=202,
    summary="Erase all that is kept of a family for good",
)
async def erase_one(
    family_id: FromPath[UUID],
    data: JSONBody[FamilyErasureRequest],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
) -> FamilyErasureView:
    async with database.transaction() as uow:
        return await erase_family(uow, actor, family_id, request=data)


@get("/families/{family_id:uuid}/erasure", guards=[ERASES], summary="Whether a family is erased, and how far that has come")
async def read_erasure(
    family_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> FamilyErasureState:
    async with database.transaction() as uow:
        return await family_erasure(uow, actor, family_id)


family_erasure_router = Router("/", route_handlers=[erase_one, read_erasure])
