"""What staff members have begun to write."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class StaffDraft(Model):
    """One person, one thread, one place: "note", "text" for the app, or "text" and the text conversation it is for.

    ``revision`` only rises, also over the end of a draft and the beginning of the next. ``seen_up_to``: the last message on
    the screen when it was written.
    """

    __tablename__ = "staff_draft"
    __table_args__ = (
        refers("staff_id", "staff_member"),
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        CheckConstraint("place ~ '^(note|text( [0-9a-f-]{36})?)$'", name="place_is_known"),
        Index("ix_staff_draft_thread", "practice_id", "thread_id"),
        Index("ix_staff_draft_updated", "updated_at"),
    )

    practice_id: Mapped[Key]
    staff_id: Mapped[Key]
    thread_id: Mapped[Key]
    place: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(BigInteger)
    seen_up_to: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[Moment]
