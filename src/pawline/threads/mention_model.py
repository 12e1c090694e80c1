"""Whom of the team a note calls."""

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class Mention(Model):
    """``name``: as it was written; a later change of the profile must not touch it.

    ``made_at``: when the note was written; ``seen_at``: when it was read up to the note or beyond.
    """

    __tablename__ = "mention"
    __table_args__ = (
        refers("message_id", "message"),
        refers("staff_id", "staff_member"),
        Index("ix_mention_staff", "practice_id", "staff_id", "message_id"),
        Index("ix_mention_unseen", "practice_id", "staff_id", postgresql_where=text("seen_at IS NULL")),
        Index("ix_mention_made", "made_at"),
    )

    practice_id: Mapped[Key]
    message_id: Mapped[Key]
    staff_id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    made_at: Mapped[Moment]
    seen_at: Mapped[Moment | None]
