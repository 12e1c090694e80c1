"""From a draft to the text that would go out: its words, its number, its hour; or why nothing may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pawline.deliveries.quiet_hours import next_allowed
from pawline.platform import clock
from pawline.platform.actor import Actor
from pawline.platform.db import UnitOfWork
from pawline.platform.errors import Conflict, Invalid, NotFound
from pawline.platform.phone_numbers import format_for_people, is_textable
from pawline.platform.text import clean_line
from pawline.reminders.queries import pet_at_clinic
from pawline.reminders.views import ReminderDraft
from pawline.reminders.wordings import APPOINTMENT, DUE, day_of, time_of
from pawline.texting.clinic_numbers import ClinicNumber, TextingOff, number_of_clinic, why_not
from pawline.texting.contacts import ContactRow, require_contact
from pawline.texting.segments import plain
from pawline.threads.access import visible_clinic_ids

LONGEST_SERVICE = 80


class PetDied(Conflict):
    code = "pet_died"


@dataclass(frozen=True, slots=True)
class ComposedReminder:
    """``goes_at`` None: at once."""

    family_id: UUID
    number: ClinicNumber
    to_number: str
    body: str
    goes_at: datetime | None

    @property
    def words(self) -> str:
        """When it goes, for the team."""
        if self.goes_at is None:
            return "It goes out at once."
        place = {"zone": self.number.timezone, "country": self.number.country}
        zone = self.goes_at.astimezone(ZoneInfo(self.number.timezone)).tzname()
        when = f"{day_of(self.goes_at, **place)} at {time_of(self.goes_at, **place)}"
        return f"No automatic texts at night: it goes out on {when} ({zone})."


async def compose(uow: UnitOfWork, actor: Actor, contact_id: UUID, *, draft: ReminderDraft) -> ComposedReminder:
    """
    Raises:
        NotFound: no such contact, clinic or pet for this actor.
        TextingOff, PetDied: nothing is sent from this clinic, or about this pet.
        Invalid: not a number that texts reach, or what the text is about is missing or past.
    """
    contact = await require_contact(uow, actor, contact_id)
    number = await _require_number(uow, actor, draft.clinic_id)
    pet = await pet_at_clinic(uow, actor.practice_id, contact.family_id, clinic_id=draft.clinic_id, pet_id=draft.pet_id)
    if pet.died_on is not None:
        raise PetDied(f"{pet.name} has died. No reminders are sent about a pet that has died.")
    _require_textable(contact, draft.number)
    body = plain(_body(number, pet, draft))
    goes_at = _goes_at(number, draft)
    return ComposedReminder(contact.family_id, number, draft.number, body, goes_at)


async def _require_number(uow: UnitOfWork, actor: Actor, clinic_id: UUID) -> ClinicNumber:
    if clinic_id not in visible_clinic_ids(actor):
        raise NotFound
    number = await number_of_clinic(uow, actor.practice_id, clinic_id)
    if number is None or not number.is_enabled:
        raise TextingOff(why_not(number) or "")
    return number


def _require_textable(contact: ContactRow, number: str) -> None:
    if number not in contact.numbers:
        raise Invalid.field("number", "is not a number of this client")
    if not is_textable(number, is_landline=number in contact.landlines):
        raise Invalid.field("number", "is a landline, which cannot receive texts; call, or ask for a mobile number")


def _body(number: ClinicNumber, pet: Any, draft: ReminderDraft) -> str:
    names = {"clinic": number.clinic_name, "pet": pet.name}
    if draft.category == "health_reminders":
        service = clean_line("service", draft.service, longest=LONGEST_SERVICE)
        return DUE.format(**names, service=service, phone=number.clinic_phone or _shown(number))
    at = _appointment_at(draft)
    place = {"zone": number.timezone, "country": number.country}
    return APPOINTMENT.format(**names, day=day_of(at, **place), time=time_of(at, **place))


def _appointment_at(draft: ReminderDraft) -> datetime:
    if draft.appointment_at is None:
        raise Invalid.field("appointment_at", "is missing; give the day and time of the appointment")
    if draft.appointment_at.tzinfo is None:
        raise Invalid.field("appointment_at", "has no time zone; add one, like 2026-11-24T10:30:00-05:00")
    if draft.appointment_at <= clock.now():
        raise Invalid.field("appointment_at", "is in the past; give the time of a coming appointment")
    return draft.appointment_at


def _goes_at(number: ClinicNumber, draft: ReminderDraft) -> datetime | None:
    now = clock.now()
    allowed = next_allowed(now, contact_number=draft.number, clinic_zone=number.timezone)
    if draft.category == "appointment_confirmations" and draft.appointment_at is not None and allowed >= draft.appointment_at:
        raise Invalid.field("appointment_at", "comes before the night is over, and no text goes out until then; please call")
    return None if allowed <= now else allowed


def _shown(number: ClinicNumber) -> str:
    return format_for_people(number.number, number.country)
