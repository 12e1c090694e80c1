"""HTTP of how a browser of the team is told."""

from litestar import Router, delete, get, patch, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.notifications.service import subscribe_browser, unsubscribe_browser
from pawline.notifications.team_browsers import set_only_on_duty, team_browser_of
from pawline.notifications.views import OnDutyChange, PushRequest, TeamBrowserView
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk

TOLD = requires(Permission.BE_PUSHED)


@get("/team-browser", guards=[TOLD], summary="Whether this browser tells a staff member of what waits for them")
async def read_browser(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> TeamBrowserView:
    async with desk.database.transaction() as uow:
        return await team_browser_of(uow, desk.settings, actor)


@put("/team-browser", guards=[TOLD], summary="Be told by this browser; silent while the clinic is off duty")
async def tell_browser(
    data: JSONBody[PushRequest], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> TeamBrowserView:
    async with desk.database.transaction() as uow:
        await subscribe_browser(uow, actor, data, only_on_duty=True)
        return await team_browser_of(uow, desk.settings, actor)


@patch("/team-browser", guards=[TOLD], summary="Be told off duty as well, or not")
async def change_browser(
    data: JSONBody[OnDutyChange], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> TeamBrowserView:
    async with desk.database.transaction() as uow:
        await set_only_on_duty(uow, actor, only_on_duty=data.only_on_duty)
        return await team_browser_of(uow, desk.settings, actor)


@delete("/team-browser", guards=[TOLD], summary="Be told by this browser no more")
async def tell_no_more(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> None:
    async with desk.database.transaction() as uow:
        await unsubscribe_browser(uow, actor)


team_browser_router = Router(
    path="/api/v1", route_handlers=[read_browser, tell_browser, change_browser, tell_no_more], tags=["notifications"]
)
