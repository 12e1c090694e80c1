"""HTTP of how somebody is told about messages."""

from typing import Any

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.families.language import language_of
from pawline.notifications.day_end_routes import day_end_router
from pawline.notifications.off_links import read_off_token
from pawline.notifications.off_page import asking_page, done_page, refusal_page
from pawline.notifications.refusal_routes import refusals_router
from pawline.notifications.service import (
    change_notifications,
    notifications_of,
    subscribe_browser,
    switch_mails_off,
    unsubscribe_browser,
)
from pawline.notifications.team_browser_routes import team_browser_router
from pawline.notifications.views import NotificationsChange, NotificationsView, PushRequest
from pawline.platform.actor import Actor
from pawline.platform.errors import Problem
from pawline.platform.languages import read_language
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


@get("/{token:str}")
async def ask_about_mails(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    practice_id, contact_id = read_off_token(desk.settings, token)
    async with desk.database.transaction() as uow:
        return asking_page(await language_of(uow, practice_id, contact_id))


@post("/{token:str}", status_code=200)
async def stop_mails(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    """Mail programs post here by themselves (RFC 8058): without cookies, from anywhere, with nothing in it that matters."""
    practice_id, contact_id = read_off_token(desk.settings, token)
    async with desk.database.transaction() as uow:
        await switch_mails_off(uow, practice_id, contact_id)
        language = await language_of(uow, practice_id, contact_id)
    return done_page(language)


def _on_problem(request: Request[Any, Any, Any], problem: Problem) -> Response[str]:
    return refusal_page(problem, read_language(request.headers.get("accept-language", "")))


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
        Router(
            path="/mails/off",
            route_handlers=[ask_about_mails, stop_mails],
            include_in_schema=False,
            exception_handlers={Problem: _on_problem},
        ),
    ],
)
