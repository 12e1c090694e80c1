"""Who was told what, and who does not want to be told."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class UnreadNotice(Model):
    """One e-mail to one contact about what they have not read in a thread: from ``first_seq`` up to ``up_to_seq``.

    Until ``quiet_until`` they get no other one unless they read. ``may_be_doubled``: a worker vanished while it sent this one.
    """

    __tablename__ = "unread_notice"
    __table_args__ = (
        # Of two threads that are merged, one is gone then.
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("contact_id", "contact"),
        Index("one_notice_per_unread_burst", "practice_id", "thread_id", "contact_id", "first_seq", unique=True),
        Index("ix_unread_notice_waiting", "next_attempt_at", postgresql_where=text("state IN ('queued', 'sending')")),
        Index("ix_unread_notice_quiet_until", "quiet_until"),
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name="state_is_known"),
        CheckConstraint("up_to_seq >= first_seq", name="burst_is_not_empty"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    contact_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text, default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[Moment]
    # When to try next; of one that is being sent: when whoever sends it has to be done.
    next_attempt_at: Mapped[Moment]
    quiet_until: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    may_be_doubled: Mapped[bool] = mapped_column(default=False, server_default=false())


class StaffNotice(Model):
    """The same to a staff member with an appointment of the family's today, about what its contacts wrote: sent at once."""

    __tablename__ = "staff_notice"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("staff_id", "staff_member"),
        Index("one_staff_notice_per_burst", "practice_id", "thread_id", "staff_id", "first_seq", unique=True),
        Index("ix_staff_notice_waiting", "next_attempt_at", postgresql_where=text("state IN ('queued', 'sending')")),
        Index("ix_staff_notice_quiet_until", "quiet_until"),
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name="state_is_known"),
        CheckConstraint("up_to_seq >= first_seq", name="burst_is_not_empty"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text, default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[Moment]
    next_attempt_at: Mapped[Moment]
    quiet_until: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    may_be_doubled: Mapped[bool] = mapped_column(default=False, server_default=false())


class HandOffNotice(Model):
    """One e-mail to whom a conversation was handed; it has the hand-off's id. ``first_seq``: of the line that tells of it."""

    __tablename__ = "hand_off_notice"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        refers("id", "hand_off"),
        refers("staff_id", "staff_member"),
        Index("ix_hand_off_notice_waiting", "next_attempt_at", postgresql_where=text("state IN ('queued', 'sending')")),
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name="state_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    thread_id: Mapped[Reference]
    staff_id: Mapped[Reference]
    first_seq: Mapped[int] = mapped_column(BigInteger)
    up_to_seq: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(Text, default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[Moment]
    next_attempt_at: Mapped[Moment]
    quiet_until: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    may_be_doubled: Mapped[bool] = mapped_column(default=False, server_default=false())


class MailOptOut(Model):
    """This contact gets no e-mail about messages. No row: they get them."""

    __tablename__ = "mail_opt_out"
    __table_args__ = (refers("contact_id", "contact"),)

    practice_id: Mapped[Key]
    contact_id: Mapped[Key]
    since: Mapped[Moment]


class PushSubscription(Model):
    """Where the push service of one browser takes notifications, and with which keys. It ends with the session."""

    __tablename__ = "push_subscription"
    __table_args__ = (
        ForeignKeyConstraint(
            ["practice_id", "session_id"], ["login_session.practice_id", "login_session.id"], ondelete="CASCADE"
        ),
        Index("one_push_subscription_per_session", "practice_id", "session_id", unique=True),
        UniqueConstraint("endpoint_hash", name="one_push_subscription_per_endpoint"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    session_id: Mapped[Reference]
    endpoint: Mapped[str] = mapped_column(Text)
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary)
    browser_key: Mapped[bytes] = mapped_column(LargeBinary)
    browser_secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Moment]


class PushTold(Model):
    """Up to which message of a thread a browser was told."""

    __tablename__ = "push_told"
    __table_args__ = (
        ForeignKeyConstraint(["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["practice_id", "subscription_id"], ["push_subscription.practice_id", "push_subscription.id"], ondelete="CASCADE"
        ),
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
