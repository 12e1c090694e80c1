"""HTTP of one's own duty."""

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.duty.service import duty_of, set_duty
from pawline.duty.views import DutyChoice, DutyView
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires

OWN = requires(Permission.SET_OWN_DUTY)


@get("/duty", guards=[OWN], summary="Whether one is on duty")
async def read_duty(actor: NamedDependency[Actor], database: NamedDependency[Database]) -> DutyView:
    async with database.transaction() as uow:
        return await duty_of(uow, actor)


@put("/duty", guards=[OWN], summary="Go off duty until some time, or come back")
async def choose_duty(data: JSONBody[DutyChoice], actor: NamedDependency[Actor], database: NamedDependency[Database]) -> DutyView:
    async with database.transaction() as uow:
        return await set_duty(uow, actor, data)


duty_router = Router(path="/api/v1", route_handlers=[read_duty, choose_duty], tags=["duty"])
