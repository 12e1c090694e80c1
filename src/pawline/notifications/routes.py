"""HTTP of how somebody is told about messages."""

from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from pawline.notifications.day_end_routes import day_end_router
from pawline.notifications.off_routes import off_router
from pawline.notifications.refusal_routes import refusals_router
from pawline.notifications.service import (
    change_notifications,
    notifications_of,
    subscribe_browser,
    unsubscribe_browser,
)
from pawline.notifications.team_browser_routes import team_browser_router
from pawline.notifications.views import NotificationsChange, NotificationsView, PushRequest
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk

OWN = requires(Permission.SET_OWN_NOTIFICATIONS)


@get("/notifications", guards=[OWN], summary="How one is told about new messages")
async def read_notifications(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> NotificationsView:
    async with desk.database.transaction() as uow:
        return await notifications_of(uow, desk.settings, actor)


@put("/notifications", guards=[OWN], summary="Switch e-mails about unread messages on or off")
async def set_notifications(
    data: JSONBody[NotificationsChange], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> NotificationsView:
    async with desk.database.transaction() as uow:
        await change_notifications(uow, actor, data)
        return await notifications_of(uow, desk.settings, actor)


@put("/notifications/browser", guards=[OWN], summary="Be told by this browser as well")
async def subscribe(data: JSONBody[PushRequest], actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> NotificationsView:
    async with desk.database.transaction() as uow:
        await subscribe_browser(uow, actor, data)
        return await notifications_of(uow, desk.settings, actor)


@delete("/notifications/browser", guards=[OWN], summary="Be told by this browser no more")
async def unsubscribe(actor: NamedDependency[Actor], desk: NamedDependency[Desk]) -> None:
    async with desk.database.transaction() as uow:
        await unsubscribe_browser(uow, actor)


notifications_router = Router(
    path="/",
    route_handlers=[
        team_browser_router,
        refusals_router,
        day_end_router,
        Router(
            path="/api/v1",
            route_handlers=[read_notifications, set_notifications, subscribe, unsubscribe],
            tags=["notifications"],
        ),
        off_router,
    ],
)
