"""Texts on their way: copies, attempts, and what the carrier said of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Float, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.deliveries.states import STATES
from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class Delivery(Model):
    """One text on its way to one number. Its state moves only forward; trying again makes a new one of the same message.

    ``message_id`` None: a reminder, which enters the thread only when somebody answers it, or a confirmation without one.
    ``about_at``: the appointment that a confirmation is about. ``bot_run_id``: void once that run was stopped. ``pet_id``: the
    same once that pet has died.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        refers("message_id", "message"),
        refers("clinic_id", "clinic"),
        refers("number_id", "number"),
        refers("pet_id", "pet"),
        refers("bot_run_id", "bot_run"),
        refers("requested_by_id", "person"),
        Index(
            "one_live_delivery_per_message_and_number",
            "practice_id",
            "message_id",
            "to_number",
            unique=True,
            postgresql_where=text("state NOT IN ('failed', 'cancelled')"),
        ),
        Index("one_delivery_per_request", "practice_id", "request_key", unique=True),
        Index("ix_delivery_carrier_message", "carrier", "carrier_message_id"),
        Index("ix_delivery_message", "practice_id", "message_id"),
        Index("ix_delivery_pair", "practice_id", "number_id", "to_number", "queued_at"),
        Index("ix_delivery_queued", "due_at", postgresql_where=text("state = 'queued'")),
        # The claim steps from number to number along it, and meets what goes first of each.
        Index(
            "ix_delivery_waiting",
            "practice_id",
            "number_id",
            "is_automatic",
            "queued_at",
            "id",
            postgresql_where=text("state = 'queued'"),
        ),
        # What holds up its conversation.
        Index(
            "ix_delivery_handed_over",
            "practice_id",
            "number_id",
            "to_number",
            postgresql_where=text("state IN ('leased', 'attempting')"),
        ),
        Index("ix_delivery_in_flight", "leased_until", postgresql_where=text("state IN ('leased', 'attempting', 'unknown')")),
        CheckConstraint(
            "category IN ('two_way', 'health_reminders', 'appointment_confirmations', 'sign_in')", name="category_is_known"
        ),
        CheckConstraint(f"state IN ({', '.join(repr(state) for state in STATES)})", name="state_is_known"),
        CheckConstraint("segments > 0", name="has_segments"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    message_id: Mapped[UUID | None] = mapped_column(Uuid)
    clinic_id: Mapped[Reference]
    number_id: Mapped[Reference]
    carrier: Mapped[str] = mapped_column(Text)
    from_number: Mapped[str] = mapped_column(Text)
    to_number: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text)
    is_automatic: Mapped[bool]
    # The one answer that still goes to somebody who said STOP: that they did.
    confirms_opt_out: Mapped[bool] = mapped_column(default=False)
    request_key: Mapped[Reference]
    body: Mapped[str] = mapped_column(Text)
    segments: Mapped[int]
    about_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    pet_id: Mapped[UUID | None] = mapped_column(Uuid)
    bot_run_id: Mapped[UUID | None] = mapped_column(Uuid)
    requested_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    carrier_code: Mapped[str] = mapped_column(Text, default="")
    carrier_message_id: Mapped[str | None] = mapped_column(Text)
    claims: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(BigInteger, default=0)
    leased_until: Mapped[Moment | None]
    due_at: Mapped[Moment]
    queued_at: Mapped[Moment]
    accepted_at: Mapped[Moment | None]
    sent_at: Mapped[Moment | None]
    delivered_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]


class DeliveryAttempt(Model):
    """One call to the carrier, written down before it is made. ``outcome`` None: made, and nobody knows yet."""

    __tablename__ = "delivery_attempt"
    __table_args__ = (
        refers("delivery_id", "delivery"),
        Index("ix_delivery_attempt_delivery", "practice_id", "delivery_id"),
        CheckConstraint("outcome IN ('accepted', 'refused', 'unknown', 'not_found')", name="outcome_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    delivery_id: Mapped[Reference]
    fence: Mapped[int] = mapped_column(BigInteger)
    body_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    begun_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    carrier_code: Mapped[str] = mapped_column(Text, default="")
    carrier_message_id: Mapped[str | None] = mapped_column(Text)
    # How often the carrier's own list was searched for it, after its outcome was unknown.
    searches: Mapped[int] = mapped_column(default=0)
    is_possible_duplicate: Mapped[bool] = mapped_column(default=False)


class DeliveryEvent(Model):
    """What the carrier said of a text, kept as it came: append-only, any order, any number of times."""

    __tablename__ = "delivery_event"
    __table_args__ = (
        refers("delivery_id", "delivery"),
        Index("one_event_per_state", "practice_id", "delivery_id", "carrier_message_id", "state", unique=True),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    delivery_id: Mapped[Reference]
    attempt_id: Mapped[Reference]
    carrier_message_id: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    carrier_code: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Moment | None]
    recorded_at: Mapped[Moment]


class CarrierExchange(Model):
    """The raw exchange with a carrier, without secrets, for administrators."""

    __tablename__ = "carrier_exchange"
    __table_args__ = (
        refers("delivery_id", "delivery"),
        Index("ix_carrier_exchange_delivery", "practice_id", "delivery_id"),
        Index("ix_carrier_exchange_at", "at"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    delivery_id: Mapped[Reference]
    carrier: Mapped[str] = mapped_column(Text)
    method: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(Text)
    status: Mapped[int | None]
    answer: Mapped[str] = mapped_column(Text)
    seconds: Mapped[float] = mapped_column(Float)
    at: Mapped[Moment]


class CarrierCircuit(Model):
    """After several failures in a row nothing is sent over a carrier for a while. Not of one practice: accounts are shared."""

    __tablename__ = "carrier_circuit"

    carrier: Mapped[str] = mapped_column(Text, primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    open_until: Mapped[Moment | None]
