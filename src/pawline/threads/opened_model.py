"""Who had which thread before their eyes, and when."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class ThreadOpened(Model):
    """One person, one thread, one day of the clinic's calendar: when they loaded it first, and when last. Kept for good."""

    __tablename__ = "thread_opened"
    __table_args__ = (
        # Of two threads that are merged, one is gone then; its rows have moved before.
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("person_id", "person"),
    )

    practice_id: Mapped[Key]
    thread_id: Mapped[Key]
    on_date: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[Key]
    first_at: Mapped[Moment]
    last_at: Mapped[Moment]
