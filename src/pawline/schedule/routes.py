"""HTTP of the team's schedule."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter

from pawline.platform.actor import Actor
from pawline.platform.db import Database
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.schedule.service import book_appointment, cancel_appointment, change_appointment, day_of_clinic
from pawline.schedule.views import AppointmentChange, AppointmentDraft, AppointmentView, DayView
from pawline.sign_in.gate import requires


@get("/schedule", guards=[requires(Permission.SEE_SCHEDULE)], summary="One day of a clinic; today unless another is named")
async def read_schedule(
    clinic_id: FromQuery[UUID],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    on_date: Annotated[date | None, QueryParameter(name="date")] = None,
) -> DayView:
    async with database.transaction() as uow:
        return await day_of_clinic(uow, actor, clinic_id, on_date=on_date)


@post("/appointments", guards=[requires(Permission.CHANGE_SCHEDULE)], summary="Book an appointment for a pet")
async def book_one(
    data: JSONBody[AppointmentDraft],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> AppointmentView:
    async with database.transaction() as uow:

        async def book() -> AppointmentView:
            return await book_appointment(uow, actor, data)

        return await once(uow, KeyedRequest(actor, idempotency_key, data), book, form=AppointmentView)


@patch(
    "/appointments/{appointment_id:uuid}",
    guards=[requires(Permission.CHANGE_SCHEDULE)],
    summary="Move an appointment, or change anything else about it",
)
async def change_one(
    appointment_id: FromPath[UUID],
    data: JSONBody[AppointmentChange],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
) -> AppointmentView:
    async with database.transaction() as uow:
        return await change_appointment(uow, actor, appointment_id, change=data)


@post(
    "/appointments/{appointment_id:uuid}/cancel",
    guards=[requires(Permission.CHANGE_SCHEDULE)],
    status_code=200,
    summary="Cancel an appointment; its family sees that, and gets a message of it if asked for",
)
async def cancel_one(
    appointment_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    database: NamedDependency[Database],
    tell_family: FromQuery[bool] = False,
) -> AppointmentView:
    async with database.transaction() as uow:
        return await cancel_appointment(uow, actor, appointment_id, tell_family=tell_family)


schedule_router = Router(path="/api/v1", route_handlers=[read_schedule, book_one, change_one, cancel_one], tags=["schedule"])
