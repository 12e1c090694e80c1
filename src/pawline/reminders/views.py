"""What the API takes and shows of reminders."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pawline.deliveries.views import DeliveryView

ReminderCategory = Literal["health_reminders", "appointment_confirmations"]


class ReminderDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``number`` is one of the contact's, E.164. A reminder names its ``service``, a confirmation its ``appointment_at``."""

    clinic_id: UUID
    pet_id: UUID
    number: Annotated[str, msgspec.Meta(max_length=20)]
    category: ReminderCategory
    service: Annotated[str, msgspec.Meta(max_length=300)] = ""
    appointment_at: datetime | None = None


class QueuedReminder(msgspec.Struct, frozen=True):
    """``goes_at`` null: at once; otherwise it waits for the day where the client is. ``words`` say it for the team."""

    id: UUID
    body: str
    segments: int
    goes_at: datetime | None
    words: str


class ReminderPreview(msgspec.Struct, frozen=True):
    """``body`` null: nothing can be sent like this, and ``problem`` says why."""

    body: str | None
    segments: int
    words: str
    problem: str | None


class ReminderView(msgspec.Struct, frozen=True):
    """One that was asked for. ``goes_at`` null: it does not wait for a later hour. ``about_at``: the appointment."""

    id: UUID
    clinic_id: UUID
    category: ReminderCategory
    shown_number: str
    body: str
    about_at: datetime | None
    requested_by_name: str | None
    queued_at: datetime
    goes_at: datetime | None
    delivery: DeliveryView


class ReminderPage(msgspec.Struct, frozen=True):
    """Newest first. ``next_before``: give it as ``before`` for what follows; null at the end."""

    reminders: list[ReminderView]
    next_before: UUID | None


class RemindingClinic(msgspec.Struct, frozen=True):
    """``problem`` says why nothing can be texted from there; null: something can."""

    id: UUID
    name: str
    timezone: str
    problem: str | None


class RemindablePet(msgspec.Struct, frozen=True):
    """``clinic_ids``: where it is treated."""

    id: UUID
    name: str
    clinic_ids: list[UUID]


class ReminderChoices(msgspec.Struct, frozen=True):
    """Whom a client can be reminded of, and from where. Pets that died are not among them."""

    clinics: list[RemindingClinic]
    pets: list[RemindablePet]
