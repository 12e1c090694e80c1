"""Practices, their clinics, and the people who work there."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class Practice(Model):
    """The business: the tenant."""

    __tablename__ = "practice"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    is_demo: Mapped[bool] = mapped_column(default=False)


class Clinic(Model):
    __tablename__ = "clinic"
    __table_args__ = (CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_is_two_letters"),)

    practice_id: Mapped[Key] = mapped_column(ForeignKey("practice.id"))
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    emergency_number: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Moment]


class StaffMember(Model):
    __tablename__ = "staff_member"
    __table_args__ = (
        refers("id", "person"),
        UniqueConstraint("practice_id", "email", name="one_staff_email_per_practice"),
        Index("ix_staff_member_email", "email"),
        CheckConstraint("role IN ('basic', 'senior', 'administrator', 'practice_owner')", name="role_is_known"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    email: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    job_title: Mapped[str] = mapped_column(Text, default="")
    password_hash: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Moment]
    left_at: Mapped[Moment | None]


class StaffClinic(Model):
    """At which clinics a staff member works. A practice owner sees all of them without a row here."""

    __tablename__ = "staff_clinic"
    __table_args__ = (refers("staff_id", "staff_member"), refers("clinic_id", "clinic"))

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    clinic_id: Mapped[Key]
