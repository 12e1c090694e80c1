"""What the provider has told us of."""

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class PaymentEvent(Model):
    """The provider tells of one thing at least once, in any order. Kept: whoever looks into a payment finds what was heard."""

    __tablename__ = "payment_event"
    __table_args__ = (
        refers("message_id", "message"),
        Index("ix_payment_event_message", "practice_id", "message_id"),
    )

    practice_id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(Text, primary_key=True)
    message_id: Mapped[Reference]
    heard_at: Mapped[Moment]
