"""What the API takes and shows of appointments."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pawline.practices.views import ClinicView

Status = Literal["booked", "confirmed", "move_asked", "cancelled", "done"]
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Minutes = Annotated[int, msgspec.Meta(ge=5, le=720)]
Kind = Annotated[str, msgspec.Meta(max_length=300)]


class AppointmentDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``on_date`` and ``at`` are the clinic's own calendar and clock. ``staff_id`` null: nobody in particular."""

    clinic_id: UUID
    family_id: UUID
    pet_id: UUID
    on_date: date
    at: Clock
    minutes: Minutes
    kind: Kind
    staff_id: UUID | None = None


class AppointmentChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is. ``revision`` is the one that was on the screen.

    Another time makes it booked again, for the family has not agreed to that one yet; a ``status`` that is given counts more.
    ``tell_family``: with another time that is still to come, the family gets a message from whoever changes it, unless the pet
    has died. Nothing is told unless asked for: practice software that brings its schedule up to date would write to hundreds of
    families at once.
    """

    revision: int
    tell_family: bool = False
    on_date: date | msgspec.UnsetType = msgspec.UNSET
    at: Clock | msgspec.UnsetType = msgspec.UNSET
    minutes: Minutes | msgspec.UnsetType = msgspec.UNSET
    kind: Kind | msgspec.UnsetType = msgspec.UNSET
    staff_id: UUID | msgspec.UnsetType | None = msgspec.UNSET
    status: Literal["booked", "confirmed", "done"] | msgspec.UnsetType = msgspec.UNSET


class VisitingPet(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    species: str


class VisitingFamily(msgspec.Struct, frozen=True):
    id: UUID
    name: str


class ScheduledStaff(msgspec.Struct, frozen=True):
    id: UUID
    name: str
    job_title: str


class AppointmentView(msgspec.Struct, frozen=True):
    """``staff`` null: nobody in particular. ``answered_by_name``: who of the family confirmed, or asked to move it."""

    id: UUID
    clinic_id: UUID
    family: VisitingFamily
    pet: VisitingPet
    has_pet_died: bool
    staff: ScheduledStaff | None
    starts_at: datetime
    minutes: int
    kind: str
    status: Status
    answered_by_name: str | None
    revision: int


class HandedThread(msgspec.Struct, frozen=True):
    """What a colleague handed to basic staff until ``until``."""

    thread_id: UUID
    family: VisitingFamily
    pets: list[VisitingPet]
    handed_by_name: str
    handed_at: datetime
    until: datetime
    is_unread: bool


class DayView(msgspec.Struct, frozen=True):
    """One day of a clinic by time. ``staff``: who works there, for those who may change the schedule.

    ``can_change`` is false for whoever sees their own appointments alone; ``handed`` is what they see besides, of all clinics.
    """

    clinic: ClinicView
    on_date: date
    is_today: bool
    can_change: bool
    appointments: list[AppointmentView]
    staff: list[ScheduledStaff]
    handed: list[HandedThread]
