"""Practices, their clinics, and the people who work there."""

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, Time, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
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
    __table_args__ = (
        Index("ix_clinic_logo", "logo_id", postgresql_where=text("logo_id IS NOT NULL")),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country_is_two_letters"),
        CheckConstraint("brand_colour ~ '^#[0-9a-f]{6}$'", name="brand_colour_is_six_digits"),
    )

    practice_id: Mapped[Key] = mapped_column(ForeignKey("practice.id"))
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    emergency_number: Mapped[str | None] = mapped_column(Text)
    street: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(Text)
    postcode: Mapped[str | None] = mapped_column(Text)
    is_app_chat_enabled: Mapped[bool] = mapped_column(default=True, server_default=true())
    # App chat is for those contacts only whom the clinic has chosen; otherwise for all.
    is_chat_for_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    # E-mails about unread messages say what was written, and not only that something was.
    mails_show_words: Mapped[bool] = mapped_column(default=False, server_default=false())
    # What its poster is printed in; None: the product's own.
    brand_colour: Mapped[str | None] = mapped_column(Text)
    # In the store of files; on its e-mails and papers.
    logo_id: Mapped[Reference | None]
    # Contacts with an older version of the app are asked to take the latest one.
    min_client_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[Moment]


class ClinicHours(Model):
    """When the clinic answers messages, by its own wall clock. ``weekday`` 0 is Monday.

    A span that closes at or before its opening runs into the next day. No row at all: hours do not matter here.
    """

    __tablename__ = "clinic_hours"
    __table_args__ = (refers("clinic_id", "clinic"), CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_is_known"))

    practice_id: Mapped[Key]
    clinic_id: Mapped[Key]
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    opens_at: Mapped[time] = mapped_column(Time, primary_key=True)
    closes_at: Mapped[time] = mapped_column(Time)


class HoursException(Model):
    """Other hours on one date: a span of that day, or closed when both times are missing."""

    __tablename__ = "hours_exception"
    __table_args__ = (
        refers("clinic_id", "clinic"),
        Index("ix_hours_exception_date", "practice_id", "clinic_id", "on_date"),
        CheckConstraint("(opens_at IS NULL) = (closes_at IS NULL)", name="both_times_or_none"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    clinic_id: Mapped[Reference]
    on_date: Mapped[date]
    opens_at: Mapped[time | None] = mapped_column(Time)
    closes_at: Mapped[time | None] = mapped_column(Time)
    label: Mapped[str] = mapped_column(Text, default="")


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
    # Counts up with each change.
    revision: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class StaffClinic(Model):
    """At which clinics a staff member works. A practice owner sees all of them without a row here."""

    __tablename__ = "staff_clinic"
    __table_args__ = (refers("staff_id", "staff_member"), refers("clinic_id", "clinic"))

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    clinic_id: Mapped[Key]


class AvailabilityChoice(Model):
    """The team set the clinic's light by hand: no more than this, until then. No row: hours and presence decide."""

    __tablename__ = "availability_choice"
    __table_args__ = (
        refers("clinic_id", "clinic"),
        refers("chosen_by_id", "staff_member"),
        CheckConstraint("state IN ('away', 'off_duty')", name="state_is_known"),
    )

    practice_id: Mapped[Key]
    clinic_id: Mapped[Key]
    state: Mapped[str] = mapped_column(Text)
    chosen_by_id: Mapped[Reference]
    chosen_at: Mapped[Moment]
    until: Mapped[Moment | None]


class StaffPresence(Model):
    """When a staff member last had the inbox open, on any device."""

    __tablename__ = "staff_presence"
    __table_args__ = (refers("staff_id", "staff_member"),)

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    seen_at: Mapped[Moment]


class ReplyTime(Model):
    """How soon the clinic answered families of late; ``median_seconds`` is missing while too few messages tell."""

    __tablename__ = "reply_time"
    __table_args__ = (refers("clinic_id", "clinic"), CheckConstraint("replies >= 0", name="replies_are_counted"))

    practice_id: Mapped[Key]
    clinic_id: Mapped[Key]
    median_seconds: Mapped[int | None]
    replies: Mapped[int]
    measured_at: Mapped[Moment]
