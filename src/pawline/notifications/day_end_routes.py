"""HTTP of the list of open conversations at the end of the day."""

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.notifications.day_end_choice import choose_day_end, day_end_of
from pawline.notifications.views import DayEndView
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk

GET = requires(Permission.GET_DAY_END)


@get("/day-end-mail", guards=[GET], summary="Whether one gets the list of open conversations at the end of the day")
async def read_day_end(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> DayEndView:
    async with desk.database.transaction() as uow:
        return await day_end_of(uow, actor)


@put("/day-end-mail", guards=[GET], summary="Get the list of open conversations at the end of the day, or not")
async def set_day_end(data: JSONBody[DayEndView], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> DayEndView:
    async with desk.database.transaction() as uow:
        return await choose_day_end(uow, actor, data)


day_end_router = Router(path="/api/v1", route_handlers=[read_day_end, set_day_end], tags=["notifications"])
