"""Transcripts that go out by e-mail."""

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Reference, refers
from pawline.platform.db import Model
from pawline.platform.mail_queue import WaitingMail, rules_of_waiting


class TranscriptMail(WaitingMail, Model):
    """One conversation on its way to one contact, as far as it had come when a staff member asked: up to ``up_to_seq``.

    ``request_key``: of the press of the button, so that one press is one e-mail.
    """

    __tablename__ = "transcript_mail"
    __table_args__ = (
        # Of two threads that are merged, one is gone then.
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("conversation_id", "conversation"),
        refers("contact_id", "contact"),
        refers("asked_by_id", "staff_member"),
        Index("one_transcript_mail_per_request", "practice_id", "asked_by_id", "request_key", unique=True),
        *rules_of_waiting("transcript_mail"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    conversation_id: Mapped[Reference]
    contact_id: Mapped[Reference]
    asked_by_id: Mapped[Reference]
    request_key: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)
