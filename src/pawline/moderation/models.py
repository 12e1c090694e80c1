"""Reports of messages, and who does not want to hear from whom."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class Report(Model):
    """Somebody flagged a message. ``outcome`` is set when an administrator resolved it."""

    __tablename__ = "report"
    __table_args__ = (
        refers("message_id", "message"),
        refers("reporter_id", "person"),
        refers("resolved_by_id", "staff_member"),
        Index("one_report_per_message_and_reporter", "practice_id", "message_id", "reporter_id", unique=True),
        Index("ix_report_open", "practice_id", "created_at", postgresql_where=text("resolved_at IS NULL")),
        CheckConstraint("reason IN ('inappropriate', 'threatening', 'spam', 'wrong_person', 'other')", name="reason_is_known"),
        CheckConstraint("outcome IN ('removed', 'spoken_to', 'blocked', 'no_action')", name="outcome_is_known"),
        CheckConstraint("(resolved_at IS NULL) = (outcome IS NULL)", name="resolved_with_an_outcome"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    message_id: Mapped[Reference]
    reporter_id: Mapped[Reference]
    reason: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Moment]
    resolved_at: Mapped[Moment | None]
    resolved_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    outcome: Mapped[str | None] = mapped_column(Text)
    resolution: Mapped[str] = mapped_column(Text, default="")


class PersonBlock(Model):
    """``blocker_id`` gets no message that ``blocked_id`` writes from ``since`` on."""

    __tablename__ = "person_block"
    __table_args__ = (
        refers("blocker_id", "person"),
        refers("blocked_id", "person"),
        CheckConstraint("blocker_id <> blocked_id", name="nobody_blocks_themselves"),
    )

    practice_id: Mapped[Key]
    blocker_id: Mapped[Key]
    blocked_id: Mapped[Key]
    since: Mapped[Moment]


class PracticeBlock(Model):
    """The practice takes nothing more from a contact or a number, until it is lifted. Texts that arrive meanwhile are held."""

    __tablename__ = "practice_block"
    __table_args__ = (
        refers("contact_id", "contact"),
        refers("blocked_by_id", "staff_member"),
        refers("lifted_by_id", "staff_member"),
        Index("one_block_per_contact", "practice_id", "contact_id", unique=True, postgresql_where=text("lifted_at IS NULL")),
        Index("one_block_per_number", "practice_id", "contact_number", unique=True, postgresql_where=text("lifted_at IS NULL")),
        CheckConstraint("(contact_id IS NULL) <> (contact_number IS NULL)", name="contact_or_number"),
        CheckConstraint("contact_number ~ '^[+][1-9][0-9]{5,14}$'", name="number_is_e164"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    contact_id: Mapped[UUID | None] = mapped_column(Uuid)
    contact_number: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    blocked_by_id: Mapped[Reference]
    since: Mapped[Moment]
    lifted_at: Mapped[Moment | None]
    lifted_by_id: Mapped[UUID | None] = mapped_column(Uuid)


class DeletedReading(Model):
    """An administrator read a deleted message all the same, by itself or in a transcript. Rows are only ever added."""

    __tablename__ = "deleted_reading"
    __table_args__ = (
        refers("message_id", "message"),
        refers("staff_id", "staff_member"),
        Index("ix_deleted_reading_message", "practice_id", "message_id", "read_at"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    message_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    read_at: Mapped[Moment]
    in_transcript: Mapped[bool]


class DeletedRead(Model):
    """What earlier releases recorded instead: one row for each message, reader and day of the clinic's. Kept for good."""

    __tablename__ = "deleted_read"
    __table_args__ = (refers("message_id", "message"), refers("staff_id", "staff_member"))

    practice_id: Mapped[Key]
    message_id: Mapped[Key]
    on_date: Mapped[date] = mapped_column(primary_key=True)
    staff_id: Mapped[Key]
    first_at: Mapped[Moment]
    last_at: Mapped[Moment]


class MessageErasure(Model):
    """Somebody destroyed the key to a deleted message, and said why. Rows are only ever added."""

    __tablename__ = "message_erasure"
    __table_args__ = (refers("message_id", "message"), refers("staff_id", "staff_member"))

    practice_id: Mapped[Key]
    message_id: Mapped[Key]
    staff_id: Mapped[Reference]
    erased_at: Mapped[Moment]
    reason: Mapped[str] = mapped_column(Text)
