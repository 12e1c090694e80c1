"""HTTP of a family's visits."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pawline.families.language import language_of
from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.errors import NotFound
from pawline.platform.permissions import Permission
from pawline.reminders.visit_views import MoveRequest, Visits, VisitView
from pawline.reminders.visits import ask_to_move, confirm, take_back, visits_of_family
from pawline.schedule.visits import visit_of
from pawline.sign_in.gate import Gate, requires
from pawline.threads.desk import Desk


@get("/visits", guards=[requires(Permission.SEE_VISITS)], summary="What one's own pets come for, and what they are due for")
async def read_visits(actor: NamedDependency[Actor], database: NamedDependency[Database]) -> Visits:
    async with database.transaction() as uow:
        return await visits_of_family(uow, actor)


@post(
    "/visits/{appointment_id:uuid}/confirm",
    guards=[requires(Permission.SEE_VISITS)],
    status_code=200,
    summary="Say that one is coming",
)
async def confirm_one(
    appointment_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> VisitView:
    async with database.transaction() as uow:
        return await confirm(uow, actor, appointment_id)


@post(
    "/visits/{appointment_id:uuid}/ask-to-move",
    guards=[requires(Permission.SEE_VISITS)],
    status_code=200,
    summary="Ask the clinic for another time, by a message in the thread",
)
async def ask_to_move_one(
    appointment_id: FromPath[UUID], data: JSONBody[MoveRequest], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> VisitView:
    return await ask_to_move(desk, actor, appointment_id, request=data)


@post(
    "/visits/{appointment_id:uuid}/take-back",
    guards=[requires(Permission.SEE_VISITS)],
    status_code=200,
    summary="Take back what one answered, as long as the practice has not acted on it",
)
async def take_back_one(
    appointment_id: FromPath[UUID], actor: NamedDependency[Actor], database: NamedDependency[Database]
) -> VisitView:
    async with database.transaction() as uow:
        return await take_back(uow, actor, appointment_id)


@get("/visits/{appointment_id:uuid}/calendar.ics", summary="A visit for one's own calendar", media_type="text/calendar")
async def read_calendar_file(
    appointment_id: FromPath[UUID],
    request: Request[Any, Any, Any],
    gate: NamedDependency[Gate],
    database: NamedDependency[Database],
) -> Response[bytes]:
    from pawline.reminders.calendar_file import calendar_file  # noqa: PLC0415 - brings 3 MiB that few processes ever need

    # A phone's calendar follows a plain link, which cannot say which of the two apps it belongs to.
    actors = [actor for actor in await gate.actors_of(request.cookies) if Permission.SEE_VISITS.allows(actor)]
    if not actors:
        raise NotFound
    async with database.transaction() as uow:
        row = await visit_of(uow, actors[0], appointment_id)
        language = await language_of(uow, actors[0].practice_id, actors[0].person_id)
    headers = {"Content-Disposition": f'attachment; filename="visit-{row.on_date}.ics"', "Cache-Control": "private, no-cache"}
    return Response(calendar_file(row, language=language), media_type="text/calendar; charset=utf-8", headers=headers)


visits_router = Router(
    path="/api/v1",
    route_handlers=[read_visits, confirm_one, ask_to_move_one, take_back_one, read_calendar_file],
    tags=["visits"],
)
