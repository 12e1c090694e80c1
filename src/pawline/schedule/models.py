"""Appointments: which pet comes to which clinic, when, and to whom."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class Appointment(Model):
    """``on_date`` is the clinic's own calendar day. Each change counts ``revision`` up."""

    __tablename__ = "appointment"
    __table_args__ = (
        refers("clinic_id", "clinic"),
        # Follows the pet when two families turn out to be one.
        ForeignKeyConstraint(
            ["practice_id", "family_id", "pet_id"], ["pet.practice_id", "pet.family_id", "pet.id"], onupdate="CASCADE"
        ),
        refers("staff_id", "staff_member"),
        refers("created_by_id", "staff_member"),
        refers("answered_by_id", "contact"),
        Index("ix_appointment_day", "practice_id", "clinic_id", "on_date", "starts_at"),
        # What a staff member has today is asked with each of their requests.
        Index("ix_appointment_staff", "practice_id", "staff_id", "on_date", postgresql_where=text("staff_id IS NOT NULL")),
        Index("ix_appointment_family", "practice_id", "family_id", "starts_at"),
        # Who has lately got an appointment is looked for every other second.
        Index("ix_appointment_changed", "changed_at"),
        Index(
            "one_appointment_per_outside_id",
            "practice_id",
            "outside_id",
            unique=True,
            postgresql_where=text("outside_id IS NOT NULL"),
        ),
        CheckConstraint("status IN ('booked', 'confirmed', 'move_asked', 'cancelled', 'done')", name="status_is_known"),
        CheckConstraint("minutes BETWEEN 5 AND 720", name="minutes_are_sensible"),
        CheckConstraint("answered_by_id IS NULL OR status IN ('confirmed', 'move_asked')", name="answer_has_a_status"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    clinic_id: Mapped[Reference]
    family_id: Mapped[Reference]
    pet_id: Mapped[Reference]
    # Nobody in particular while it is missing.
    staff_id: Mapped[UUID | None] = mapped_column(Uuid)
    starts_at: Mapped[Moment]
    on_date: Mapped[date]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    # Its id in the practice software that it was imported from.
    outside_id: Mapped[str | None] = mapped_column(Text)
    # Who of the family confirmed it or asked to move it; they can take it back until the practice acts.
    answered_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    created_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    created_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    revision: Mapped[int]


class AppointmentPast(Model):
    """What an appointment was up to ``until``, where its day, its time, who holds it or its standing changed then.

    It has let basic staff read, so it is kept for good. The first one began when the appointment was made.
    """

    __tablename__ = "appointment_past"
    __table_args__ = (
        refers("appointment_id", "appointment"),
        refers("staff_id", "staff_member"),
        Index("ix_appointment_past_appointment", "practice_id", "appointment_id", "until"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    appointment_id: Mapped[Reference]
    staff_id: Mapped[UUID | None] = mapped_column(Uuid)
    on_date: Mapped[date]
    starts_at: Mapped[Moment]
    status: Mapped[str] = mapped_column(Text)
    until: Mapped[Moment]
