"""What a message asks the family to pay."""

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, refers
from pawline.platform.db import Model


class PaymentRequest(Model):
    """The message's own words say what for, and its author who asked and when.

    ``state`` moves forward only; ``changed_at``: since when it is what it is. ``attempt`` counts the checkouts that were
    opened for it, one after the other; ``session_id`` is the provider's for the last of them.
    """

    __tablename__ = "payment_request"
    __table_args__ = (
        refers("message_id", "message"),
        Index("one_payment_request_per_session", "session_id", unique=True, postgresql_where=text("session_id IS NOT NULL")),
        Index("ix_payment_request_open", "expires_at", postgresql_where=text("state = 'requested'")),
        CheckConstraint("amount_minor > 0", name="amount_is_positive"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_three_letters"),
        CheckConstraint("state IN ('requested', 'paid', 'cancelled', 'expired')", name="state_is_known"),
    )

    practice_id: Mapped[Key]
    message_id: Mapped[Key]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    attempt: Mapped[int] = mapped_column(SmallInteger, default=1, server_default=text("1"))
    session_id: Mapped[str | None] = mapped_column(Text)
