"""Threads handed to basic staff who do not have the family on their schedule, and since when reading is on record."""

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class ThreadGrant(Model):
    """``until``: the end of the clinic's day on which it was granted. It is kept for good; ``ended_at``: ended before that."""

    __tablename__ = "thread_grant"
    __table_args__ = (
        refers("thread_id", "thread"),
        refers("staff_id", "staff_member"),
        refers("granted_by_id", "staff_member"),
        Index(
            "one_open_grant_per_thread_and_member",
            "practice_id",
            "staff_id",
            "thread_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_thread_grant_thread", "practice_id", "thread_id", "granted_at"),
        CheckConstraint("cause IN ('hand_off')", name="cause_is_known"),
        CheckConstraint("until > granted_at", name="grant_lasts"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    granted_by_id: Mapped[Reference]
    granted_at: Mapped[Moment]
    until: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    cause: Mapped[str] = mapped_column(Text)


class RecordSince(Model):
    """What happened before ``since`` was not recorded, or was overwritten. One row for each kind of record."""

    __tablename__ = "record_since"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[Moment]
