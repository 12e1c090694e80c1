"""HTTP of the pet owner's first screen."""

from litestar import Router, get
from litestar.di import NamedDependency

from pawline.platform.actor import Actor
from pawline.platform.errors import NotFound
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.own_pets import OwnPets, own_pets


@get("/pets", guards=[requires(Permission.SEE_OWN_PETS)], summary="One's own pets, their clinics and what is unread")
async def pets(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> OwnPets:
    if actor.family_id is None:
        raise NotFound
    return await own_pets(desk, actor, actor.family_id)


own_pets_router = Router(path="/api/v1", route_handlers=[pets], tags=["pets"])
