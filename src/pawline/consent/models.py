"""The consent ledger, and the state that follows from it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model

CATEGORIES_CHECK = "category IN ('two_way', 'health_reminders', 'appointment_confirmations')"


class ConsentEvent(Model):
    """One line of the ledger: append-only, the database refuses to change or delete it.

    ``layer`` platform: what was agreed with the practice, per category. ``layer`` carrier: what the carrier lets through
    between ``number_id`` and the contact's number; it has no category. ``ground`` is set for action "ground".
    """

    __tablename__ = "consent_event"
    __table_args__ = (
        refers("number_id", "number"),
        refers("actor_id", "person"),
        refers("message_id", "message"),
        Index("ix_consent_event_number", "practice_id", "contact_number", "at"),
        CheckConstraint(f"category IS NULL OR {CATEGORIES_CHECK}", name="category_is_known"),
        CheckConstraint("layer IN ('platform', 'carrier')", name="layer_is_known"),
        CheckConstraint("action IN ('in', 'out', 'blocked', 'cleared', 'ground')", name="action_is_known"),
        CheckConstraint("(layer = 'carrier') = (action IN ('blocked', 'cleared'))", name="action_fits_layer"),
        CheckConstraint("(action IN ('in', 'out')) = (category IS NOT NULL)", name="category_where_it_counts"),
        CheckConstraint("layer = 'platform' OR number_id IS NOT NULL", name="block_names_our_number"),
        CheckConstraint("source IN ('staff', 'contact', 'carrier', 'system')", name="source_is_known"),
        CheckConstraint(
            "(action = 'ground') = (ground IS NOT NULL) AND "
            "(ground IS NULL OR ground IN ('inbound_initiated', 'legitimate_interest', 'explicit'))",
            name="ground_is_known",
        ),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    contact_number: Mapped[str] = mapped_column(Text)
    number_id: Mapped[UUID | None] = mapped_column(Uuid)
    category: Mapped[str | None] = mapped_column(Text)
    layer: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    ground: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[UUID | None] = mapped_column(Uuid)
    message_id: Mapped[UUID | None] = mapped_column(Uuid)
    reason: Mapped[str] = mapped_column(Text, default="")
    wording_version: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Moment]


class Subscription(Model):
    """May this number get texts of this category? No row: nobody said otherwise, so yes."""

    __tablename__ = "subscription"
    __table_args__ = (refers("event_id", "consent_event"), CheckConstraint(CATEGORIES_CHECK, name="category_is_known"))

    practice_id: Mapped[Key]
    contact_number: Mapped[str] = mapped_column(Text, primary_key=True)
    category: Mapped[str] = mapped_column(Text, primary_key=True)
    is_out: Mapped[bool]
    since: Mapped[Moment]
    event_id: Mapped[UUID] = mapped_column(Uuid)


class CarrierBlock(Model):
    """The carrier lets nothing through from our number to theirs; only the contact can lift it."""

    __tablename__ = "carrier_block"
    __table_args__ = (refers("number_id", "number"), refers("event_id", "consent_event"))

    practice_id: Mapped[Key]
    number_id: Mapped[Key]
    contact_number: Mapped[str] = mapped_column(Text, primary_key=True)
    since: Mapped[Moment]
    event_id: Mapped[UUID] = mapped_column(Uuid)


class AppConsent(Model):
    """A contact accepted the terms of app chat, as ``version`` words them in ``language``. Append-only, like texting's ledger."""

    __tablename__ = "app_consent"
    __table_args__ = (
        refers("contact_id", "contact"),
        Index("one_app_consent_per_contact_and_version", "practice_id", "contact_id", "version", unique=True),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    contact_id: Mapped[Reference]
    version: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text, default="en", server_default="en")
    browser: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Moment]
