"""HTTP of reminders and appointment confirmations."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter

from pawline.platform.actor import Actor
from pawline.platform.idempotency import KeyedRequest, once
from pawline.platform.permissions import Permission
from pawline.reminders.service import preview_reminder, reminder_choices, send_reminder, sent_reminders
from pawline.reminders.views import (
    QueuedReminder,
    ReminderCategory,
    ReminderChoices,
    ReminderDraft,
    ReminderPage,
    ReminderPreview,
)
from pawline.sign_in.gate import requires
from pawline.texting.desk import TextingDesk

MOST_REMINDERS = 50


@post(
    "/contacts/{contact_id:uuid}/reminders",
    guards=[requires(Permission.SEND_REMINDER)],
    summary="Text a client a reminder, or ask them to confirm an appointment",
)
async def send_one(
    contact_id: FromPath[UUID],
    data: JSONBody[ReminderDraft],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
    idempotency_key: Annotated[UUID, HeaderParameter(name="Idempotency-Key")],
) -> QueuedReminder:
    async with texting.database.transaction() as uow:

        async def send() -> QueuedReminder:
            return await send_reminder(uow, actor, contact_id, draft=data, request_key=idempotency_key)

        return await once(uow, KeyedRequest(actor, idempotency_key, (contact_id, data)), send, form=QueuedReminder)


@get(
    "/contacts/{contact_id:uuid}/reminders",
    guards=[requires(Permission.SEND_REMINDER)],
    summary="Reminders and confirmations sent to a client, newest first",
)
async def read_reminders(
    contact_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
    before: FromQuery[UUID | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST_REMINDERS)] = 10,
) -> ReminderPage:
    async with texting.database.transaction() as uow:
        return await sent_reminders(uow, actor, contact_id, before=before, limit=limit)


@get(
    "/contacts/{contact_id:uuid}/reminders/choices",
    guards=[requires(Permission.SEND_REMINDER)],
    summary="Which pets a client can be reminded of, and from which clinic",
)
async def read_choices(
    contact_id: FromPath[UUID], actor: NamedDependency[Actor], texting: NamedDependency[TextingDesk]
) -> ReminderChoices:
    async with texting.database.transaction() as uow:
        return await reminder_choices(uow, actor, contact_id)


@get(
    "/contacts/{contact_id:uuid}/reminders/preview",
    guards=[requires(Permission.SEND_REMINDER)],
    summary="The exact words of a reminder, and when it would go; stores nothing",
)
async def preview_one(  # size: each part of the draft is a parameter of the address
    contact_id: FromPath[UUID],
    clinic_id: FromQuery[UUID],
    pet_id: FromQuery[UUID],
    actor: NamedDependency[Actor],
    texting: NamedDependency[TextingDesk],
    category: FromQuery[ReminderCategory],
    number: Annotated[str, QueryParameter(max_length=20)],
    service: Annotated[str, QueryParameter(max_length=300)] = "",
    appointment_at: FromQuery[datetime | None] = None,
) -> ReminderPreview:
    draft = ReminderDraft(clinic_id, pet_id, number, category, service, appointment_at)
    async with texting.database.transaction() as uow:
        return await preview_reminder(uow, actor, contact_id, draft=draft)


reminders_router = Router(
    path="/api/v1", route_handlers=[send_one, read_reminders, read_choices, preview_one], tags=["reminders"]
)
