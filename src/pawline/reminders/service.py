"""Reminders and confirmations sent one by one. They are no messages: what a client answers brings a copy into the thread."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from pawline.consent.changes import Category, ConsentChange, Ground, Source
from pawline.consent.service import may_send, record_ground
from pawline.deliveries.service import DeliveryDraft, delivery_view, enqueue
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import NotFound, Problem
from pawline.platform.phone_numbers import ABROAD, format_for_people
from pawline.practices.service import clinic_views
from pawline.reminders.composing import ComposedReminder, compose, why_not
from pawline.reminders.due import keep_due
from pawline.reminders.queries import living_pets, sent_to
from pawline.reminders.views import (
    QueuedReminder,
    RemindablePet,
    ReminderChoices,
    ReminderDraft,
    ReminderPage,
    ReminderPreview,
    ReminderView,
    RemindingClinic,
)
from pawline.reminders.wordings import VERSION
from pawline.texting.clinic_numbers import number_of_clinic
from pawline.texting.contacts import require_contact
from pawline.texting.segments import count_segments
from pawline.threads.access import visible_clinic_ids


async def send_reminder(
    uow: UnitOfWork, actor: Actor, contact_id: UUID, *, draft: ReminderDraft, request_key: UUID
) -> QueuedReminder:
    """Queue a reminder or a confirmation for one number of a contact; at night it waits for the morning where the client is.

    Raises:
        NotFound, TextingOff, PetDied, Invalid: see ``compose``.
        TextRefused: the client gets no texts of this category; the words say since when, and how they come back.
    """
    reminder = await compose(uow, actor, contact_id, draft=draft)
    delivery_id = await enqueue(uow, actor.practice_id, _delivery(actor, draft, reminder, request_key=request_key))
    await keep_due(uow, actor, draft, reminder=reminder, id=delivery_id)
    await record_ground(uow, actor.practice_id, _ground(actor, reminder), Ground.LEGITIMATE_INTEREST)
    return QueuedReminder(
        delivery_id, reminder.body, count_segments(reminder.body).count, goes_at=reminder.goes_at, words=reminder.words
    )


async def preview_reminder(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, draft: ReminderDraft) -> ReminderPreview:
    """The exact text, or why there would be none. Nothing is stored.

    Raises:
        NotFound: no such contact, clinic or pet for this actor.
    """
    try:
        reminder = await compose(uow, actor, contact_id, draft=draft)
    except NotFound:
        raise
    except Problem as problem:
        return ReminderPreview(None, 0, "", problem.detail)
    number_id, category = reminder.number.id, Category(draft.category)
    denial = await may_send(uow, actor.practice_id, number_id=number_id, contact_number=draft.number, category=category)
    if denial is not None:
        return ReminderPreview(None, 0, "", denial.words)
    return ReminderPreview(reminder.body, count_segments(reminder.body).count, reminder.words, None)


async def sent_reminders(
    uow: UnitOfWork, actor: Actor, contact_id: UUID, *, before: UUID | None = None, limit: int = 25
) -> ReminderPage:
    """What was sent to the numbers that a contact has now, from the clinics of the actor."""
    contact = await require_contact(uow, actor, contact_id)
    clinic_ids = list(visible_clinic_ids(actor))
    rows = await sent_to(uow, actor.practice_id, contact.numbers, clinic_ids=clinic_ids, before=before, count=limit + 1)
    shown = [_view(row) for row in rows[:limit]]
    return ReminderPage(shown, shown[-1].id if len(rows) > limit else None)


async def reminder_choices(uow: UnitOfWork, actor: Actor, contact_id: UUID) -> ReminderChoices:
    contact = await require_contact(uow, actor, contact_id)
    pets = await living_pets(uow, actor.practice_id, contact.family_id, clinic_ids=visible_clinic_ids(actor))
    clinic_ids = {clinic_id for pet in pets for clinic_id in pet.clinic_ids}
    clinics = await clinic_views(uow, actor.practice_id, sorted(clinic_ids))
    return ReminderChoices(
        clinics=[
            RemindingClinic(
                clinic.id, clinic.name, clinic.timezone, why_not(await number_of_clinic(uow, actor.practice_id, clinic.id))
            )
            for clinic in clinics
        ],
        pets=[RemindablePet(pet.id, pet.name, pet.clinic_ids) for pet in pets],
    )


def _delivery(actor: Actor, draft: ReminderDraft, reminder: ComposedReminder, *, request_key: UUID) -> DeliveryDraft:
    return DeliveryDraft(
        number=reminder.number.row,
        to_number=reminder.to_number,
        body=reminder.body,
        segments=count_segments(reminder.body).count,
        category=draft.category,
        is_automatic=True,
        # Two people may have made the same key, and neither shall find the other's reminder under it.
        request_key=uuid5(actor.person_id, str(request_key)),
        about_at=draft.appointment_at if draft.category == "appointment_confirmations" else None,
        pet_id=draft.pet_id,
        due_at=reminder.goes_at,
        requested_by_id=actor.person_id,
    )


def _ground(actor: Actor, reminder: ComposedReminder) -> ConsentChange:
    return ConsentChange(
        contact_number=reminder.to_number,
        number_id=reminder.number.id,
        source=Source.STAFF,
        actor_id=actor.person_id,
        reason="reminded of the care of a pet",
        wording_version=VERSION,
    )


def _view(row: Any) -> ReminderView:
    delivery = delivery_view(row)
    waits = row.waits_seconds > 0 and delivery.state == "queued"
    return ReminderView(
        id=row.id,
        clinic_id=row.clinic_id,
        category=row.category,
        shown_number=format_for_people(row.to_number, ABROAD),
        body=row.body,
        about_at=row.about_at,
        requested_by_name=row.requested_by_name,
        queued_at=row.queued_at,
        goes_at=_minute_after(float(row.waits_seconds)) if waits else None,
        delivery=delivery,
    )


def _minute_after(seconds: float) -> datetime:
    """The nearest full minute: two clocks were read one after the other to find it."""
    return (clock.now() + timedelta(seconds=seconds + 30)).replace(second=0, microsecond=0)
