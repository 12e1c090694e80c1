"""HTTP of the clinics' lights."""

from uuid import UUID

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.practices.views import AvailabilityView
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.lights import LightChoice, Lights, set_light, visible_lights


@get("/availability", guards=[requires(Permission.SEE_AVAILABILITY)], summary="The availability of one's clinics")
async def lights(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> Lights:
    async with desk.database.transaction() as uow:
        return await visible_lights(uow, actor)


@put(
    "/clinics/{clinic_id:uuid}/availability",
    guards=[requires(Permission.SET_AVAILABILITY)],
    summary="Set a clinic's availability by hand, or leave it to hours and presence",
)
async def choose_light(
    clinic_id: FromPath[UUID], data: JSONBody[LightChoice], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> AvailabilityView:
    async with desk.database.transaction() as uow:
        return await set_light(uow, actor, clinic_id, choice=data)


lights_router = Router(path="/api/v1", route_handlers=[lights, choose_light], tags=["availability"])
