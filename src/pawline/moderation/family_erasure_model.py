"""Erasing all that is kept of a family: who decided it and why, and how far it has come."""

from uuid import UUID

from sqlalchemy import ARRAY, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class FamilyErasure(Model):
    """Somebody had all of a family erased, and said why. Rows are only ever added.

    The family may have become part of another one since, so its id refers to nothing.
    """

    __tablename__ = "family_erasure"
    __table_args__ = (refers("staff_id", "staff_member"),)

    practice_id: Mapped[Key]
    family_id: Mapped[Key]
    staff_id: Mapped[Reference]
    staff_name: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[Moment]
    reason: Mapped[str] = mapped_column(Text)


class FamilyErasureProgress(Model):
    """``numbers`` and ``emails``: what the family alone was reached at, for as long as copies are looked for by them.

    ``finished_at``: since when nothing of the family is left.
    """

    __tablename__ = "family_erasure_progress"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "family_id"], ["family_erasure.practice_id", "family_erasure.family_id"]),
        Index("ix_family_erasure_progress_unfinished", "changed_at", postgresql_where=text("finished_at IS NULL")),
    )

    practice_id: Mapped[Key]
    family_id: Mapped[Key]
    contact_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    numbers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    emails: Mapped[list[str]] = mapped_column(ARRAY(Text))
    changed_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]
