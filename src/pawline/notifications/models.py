"""Who was told what, and who does not want to be told."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model
from pawline.platform.mail_queue import WaitingMail, rules_of_waiting


class UnreadNotice(WaitingMail, Model):
    """One e-mail to one contact about what they have not read in a thread: from ``first_seq`` up to ``up_to_seq``.

    Until ``quiet_until`` they get no other one unless they read. ``may_be_doubled``: a worker vanished while it sent this one.
    """

    __tablename__ = "unread_notice"
    __table_args__ = (
        # Of two threads that are merged, one is gone then.
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("contact_id", "contact"),
        Index("one_notice_per_unread_burst", "practice_id", "thread_id", "contact_id", "first_seq", unique=True),
        *rules_of_waiting("unread_notice"),
        Index("ix_unread_notice_quiet_until", "quiet_until"),
        CheckConstraint("up_to_seq >= first_seq", name="burst_is_not_empty"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    contact_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)


class StaffNotice(WaitingMail, Model):
    """The same, sent at once, to a staff member who has the family on today's schedule or was handed it."""

    __tablename__ = "staff_notice"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("staff_id", "staff_member"),
        Index("one_staff_notice_per_burst", "practice_id", "thread_id", "staff_id", "first_seq", unique=True),
        *rules_of_waiting("staff_notice"),
        Index("ix_staff_notice_quiet_until", "quiet_until"),
        CheckConstraint("up_to_seq >= first_seq", name="burst_is_not_empty"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)


class HandOffNotice(WaitingMail, Model):
    """One e-mail to somebody whom a hand-off reaches, or of what was given back. ``first_seq``: of the line that says so.

    Of the release before this one it has no ``hand_off_id``, but the hand-off's id as its own.
    """

    __tablename__ = "hand_off_notice"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("hand_off_id", "hand_off"),
        refers("staff_id", "staff_member"),
        Index("one_notice_per_hand_off_and_person", "practice_id", "hand_off_id", "staff_id", unique=True),
        *rules_of_waiting("hand_off_notice"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    hand_off_id: Mapped[UUID | None] = mapped_column(Uuid)
    staff_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)


class MentionNotice(WaitingMail, Model):
    """One e-mail to a colleague whom a note calls, and who has not seen it. ``first_seq``: of the note."""

    __tablename__ = "mention_notice"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("message_id", "message"),
        refers("staff_id", "staff_member"),
        Index("one_notice_per_mention", "practice_id", "message_id", "staff_id", unique=True),
        *rules_of_waiting("mention_notice"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    message_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)


class QuestionsEndedNotice(WaitingMail, Model):
    """One e-mail to one of a clinic's team, for the questions to a stranger ended while nobody could be told otherwise.

    ``message_id``: the last that the stranger wrote until then. ``first_seq``: of it.
    """

    __tablename__ = "questions_ended_notice"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("message_id", "message"),
        refers("staff_id", "staff_member"),
        Index("one_notice_per_ended_questions", "practice_id", "message_id", "staff_id", unique=True),
        *rules_of_waiting("questions_ended_notice"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    message_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)


class MailOptOut(Model):
    """This contact gets no e-mail about messages. No row: they get them."""

    __tablename__ = "mail_opt_out"
    __table_args__ = (refers("contact_id", "contact"),)

    practice_id: Mapped[Key]
    contact_id: Mapped[Key]
    since: Mapped[Moment]


class PushSubscription(Model):
    """Where the push service of one browser takes notifications, and with which keys.

    It ends with the session; where the same person goes on with another one, it goes along, to that one's practice.
    """

    __tablename__ = "push_subscription"
    __table_args__ = (
        ForeignKeyConstraint(
            ["practice_id", "session_id"], ["login_session.practice_id", "login_session.id"], ondelete="CASCADE"
        ),
        Index("one_push_subscription_per_session", "practice_id", "session_id", unique=True),
        UniqueConstraint("endpoint_hash", name="one_push_subscription_per_endpoint"),
        UniqueConstraint("id", name="one_push_subscription_per_id"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    session_id: Mapped[Reference]
    endpoint: Mapped[str] = mapped_column(Text)
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary)
    browser_key: Mapped[bytes] = mapped_column(LargeBinary)
    browser_secret: Mapped[bytes] = mapped_column(LargeBinary)
    # Of a staff member: silent while the clinic of the thread is off duty.
    only_on_duty: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[Moment]


class PushTold(Model):
    """Up to which message of a thread a browser was told. ``practice_id``: the thread's; the browser may be at another by now."""

    __tablename__ = "push_told"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["subscription_id"], ["push_subscription.id"], ondelete="CASCADE"),
        Index("ix_push_told_subscription", "subscription_id"),
    )

    practice_id: Mapped[Key]
    subscription_id: Mapped[Key]
    thread_id: Mapped[Key]
    up_to_seq: Mapped[int] = mapped_column(BigInteger)


class NoticeSweep(Model):
    """Up to when threads were searched for whom to tell, contacts or staff. One row for each; whoever holds it searches."""

    __tablename__ = "notice_sweep"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    swept_until: Mapped[Moment]
