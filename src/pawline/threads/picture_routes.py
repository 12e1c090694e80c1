"""HTTP of a pet's pictures."""

from typing import Annotated
from uuid import UUID

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.pictures import PetPictures, pet_pictures


@get(
    "/pets/{pet_id:uuid}/pictures",
    guards=[requires(Permission.READ_THREAD)],
    summary="The pictures of messages about a pet, newest first",
)
async def pictures(
    pet_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
    cursor: Annotated[str | None, QueryParameter(max_length=200)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 30,
) -> PetPictures:
    return await pet_pictures(desk, actor, pet_id, cursor=cursor, limit=limit)


pictures_router = Router(path="/api/v1", route_handlers=[pictures], tags=["pets"])
