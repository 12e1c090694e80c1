"""The history of who answered conversations, and the labels that a practice puts on them."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class HandOff(Model):
    """One act: a conversation was taken, handed off or given back. Rows are only ever added.

    What stands now is with the conversation. ``message_id`` is the line that tells the team of it, with the note.
    """

    __tablename__ = "hand_off"
    __table_args__ = (
        refers("conversation_id", "conversation"),
        refers("message_id", "message"),
        refers("by_id", "staff_member"),
        refers("from_id", "staff_member"),
        refers("to_staff_id", "staff_member"),
        refers("to_clinic_id", "clinic"),
        Index("ix_hand_off_conversation", "practice_id", "conversation_id", "at"),
        Index("ix_hand_off_handed_at", "at", postgresql_where=text("act = 'handed'")),
        Index("ix_hand_off_given_back_at", "at", postgresql_where=text("act = 'given_back'")),
        CheckConstraint("act IN ('taken', 'handed', 'given_back')", name="act_is_known"),
        CheckConstraint(
            "num_nonnulls(to_staff_id, to_clinic_id, to_role) = CASE act WHEN 'given_back' THEN 0 ELSE 1 END", name="goes_to_one"
        ),
        CheckConstraint("act <> 'taken' OR to_staff_id = by_id", name="taken_for_oneself"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    conversation_id: Mapped[Reference]
    message_id: Mapped[Reference]
    act: Mapped[str] = mapped_column(Text)
    by_id: Mapped[Reference]
    from_id: Mapped[UUID | None] = mapped_column(Uuid)
    to_staff_id: Mapped[UUID | None] = mapped_column(Uuid)
    to_clinic_id: Mapped[UUID | None] = mapped_column(Uuid)
    to_role: Mapped[str | None] = mapped_column(Text)
    # The conversation's at the time: whether this still stands can be told by it.
    revision: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Moment]


class Label(Model):
    """One of the practice's own words to sort conversations by."""

    __tablename__ = "label"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id"], ["practice.id"]),
        Index("one_label_per_name", "practice_id", text("lower(name)"), unique=True),
        CheckConstraint(
            "colour IN ('grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple')", name="colour_is_known"
        ),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    name: Mapped[str] = mapped_column(Text)
    colour: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]


class ConversationLabel(Model):
    """A label on a conversation."""

    __tablename__ = "conversation_label"
    __table_args__ = (
        refers("conversation_id", "conversation"),
        refers("label_id", "label"),
        refers("put_by_id", "staff_member"),
        Index("ix_conversation_label_label", "practice_id", "label_id"),
    )

    practice_id: Mapped[Key]
    conversation_id: Mapped[Key]
    label_id: Mapped[Key]
    put_by_id: Mapped[Reference]
    put_at: Mapped[Moment]
