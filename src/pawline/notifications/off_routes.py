"""The pages that switch e-mails off and on, for whoever has the link in one of them.

Mail programs post to the link by themselves (RFC 8058): without cookies, from anywhere, with nothing in it that matters.
"""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from pawline.families.language import language_of
from pawline.notifications.day_end_choice import switch_day_end
from pawline.notifications.off_links import read_day_end_token, read_off_token
from pawline.notifications.off_page import DAY_END_WORDS, OWNER_WORDS, OffWords, asking_page, off_page, on_page, refusal_page
from pawline.notifications.service import switch_mails_off, switch_mails_on
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Problem
from pawline.platform.languages import read_language
from pawline.threads.desk import Desk


@get("/{token:str}")
async def ask_about_mails(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    contact = read_off_token(desk.settings, token)
    async with desk.database.transaction() as uow:
        return asking_page(await _words(uow, *contact))


@post("/{token:str}", status_code=200)
async def stop_mails(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    contact = read_off_token(desk.settings, token)
    async with desk.database.transaction() as uow:
        await switch_mails_off(uow, *contact)
        return off_page(await _words(uow, *contact), f"/mails/off/{token}/on")


@post("/{token:str}/on", status_code=200)
async def send_mails_again(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    contact = read_off_token(desk.settings, token)
    async with desk.database.transaction() as uow:
        await switch_mails_on(uow, *contact)
        return on_page(await _words(uow, *contact))


@get("/{token:str}")
async def ask_about_day_end(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    read_day_end_token(desk.settings, token)
    return asking_page(DAY_END_WORDS)


@post("/{token:str}", status_code=200)
async def stop_day_end(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    member = read_day_end_token(desk.settings, token)
    async with desk.database.transaction() as uow:
        await switch_day_end(uow, *member, is_mailed=False)
    return off_page(DAY_END_WORDS, f"/mails/day-end/{token}/on")


@post("/{token:str}/on", status_code=200)
async def send_day_end_again(token: FromPath[str], desk: NamedDependency[Desk]) -> Response[str]:
    member = read_day_end_token(desk.settings, token)
    async with desk.database.transaction() as uow:
        await switch_day_end(uow, *member, is_mailed=True)
    return on_page(DAY_END_WORDS)


async def _words(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> OffWords:
    return OWNER_WORDS[await language_of(uow, practice_id, contact_id)]


def _on_problem(request: Request[Any, Any, Any], problem: Problem) -> Response[str]:
    return refusal_page(problem, OWNER_WORDS[read_language(request.headers.get("accept-language", ""))])


def _on_problem_of_staff(_: Request[Any, Any, Any], problem: Problem) -> Response[str]:
    return refusal_page(problem, DAY_END_WORDS)


off_router = Router(
    path="/mails",
    route_handlers=[
        Router(
            path="/off",
            route_handlers=[ask_about_mails, stop_mails, send_mails_again],
            exception_handlers={Problem: _on_problem},
        ),
        Router(
            path="/day-end",
            route_handlers=[ask_about_day_end, stop_day_end, send_day_end_again],
            exception_handlers={Problem: _on_problem_of_staff},
        ),
    ],
    include_in_schema=False,
)
