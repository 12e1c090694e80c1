"""Text numbers, how texts are answered by themselves, and what came in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Float, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from pawline.platform.columns import Key, Moment, Reference, refers
from pawline.platform.db import Model


class Number(Model):
    """A clinic's text number, from the request on. ``number`` is E.164, None until one is assigned (or asked for hosting).

    ``free_from``: the database's time from which the carrier takes the next segment of this number.
    """

    __tablename__ = "number"
    __table_args__ = (
        refers("clinic_id", "clinic"),
        refers("requested_by_id", "person"),
        refers("policy_accepted_by_id", "person"),
        Index(
            "one_number_per_clinic",
            "practice_id",
            "clinic_id",
            unique=True,
            postgresql_where=text("state NOT IN ('not_eligible', 'released')"),
        ),
        Index("one_clinic_per_number", "number", unique=True, postgresql_where=text("state IN ('assigned', 'enabled')")),
        CheckConstraint("kind IN ('toll_free', 'hosted', 'local')", name="kind_is_known"),
        CheckConstraint(
            "state IN ('requested', 'checking', 'not_eligible', 'assigned', 'enabled', 'released')", name="state_is_known"
        ),
        CheckConstraint("state NOT IN ('assigned', 'enabled') OR number IS NOT NULL", name="assigned_has_number"),
        CheckConstraint("state <> 'enabled' OR policy_accepted_at IS NOT NULL", name="policy_before_texting"),
        CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name="number_is_e164"),
        CheckConstraint("verification IN ('pending', 'approved', 'rejected')", name="verification_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    clinic_id: Mapped[Reference]
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    carrier: Mapped[str] = mapped_column(Text)
    carrier_number_id: Mapped[str | None] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text, default="")
    fee_cents: Mapped[int] = mapped_column(default=0)
    fee_accepted_at: Mapped[Moment | None]
    policy_version: Mapped[str] = mapped_column(Text, default="")
    policy_accepted_by_id: Mapped[UUID | None] = mapped_column(Uuid)
    policy_accepted_at: Mapped[Moment | None]
    verification: Mapped[str | None] = mapped_column(Text)
    verification_words: Mapped[str] = mapped_column(Text, default="")
    carrier_verification_id: Mapped[str | None] = mapped_column(Text)
    verification_form: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    segments_per_second: Mapped[float] = mapped_column(Float, default=3)
    free_from: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    requested_by_id: Mapped[Reference]
    requested_at: Mapped[Moment]
    assigned_at: Mapped[Moment | None]
    enabled_at: Mapped[Moment | None]


class TextingSettings(Model):
    """How a clinic's texts are answered by themselves. None: the standard words."""

    __tablename__ = "texting_settings"
    __table_args__ = (refers("clinic_id", "clinic"),)

    practice_id: Mapped[Key]
    clinic_id: Mapped[Key]
    after_hours_number: Mapped[str] = mapped_column(Text)
    away_words: Mapped[str | None] = mapped_column(Text)
    welcome_words: Mapped[str | None] = mapped_column(Text)
    media_words: Mapped[str | None] = mapped_column(Text)
    answers_every_text: Mapped[bool] = mapped_column(default=False)
    requires_names: Mapped[bool | None]


class HoursOverride(Model):
    """The team answers this conversation now: no word of closed hours in it until the next opening."""

    __tablename__ = "hours_override"
    __table_args__ = (refers("conversation_id", "conversation"),)

    practice_id: Mapped[Key]
    conversation_id: Mapped[Key]
    until: Mapped[Moment]


class AwayReply(Model):
    """That the away reply went to a number, for the loop guard."""

    __tablename__ = "away_reply"
    __table_args__ = (
        refers("number_id", "number"),
        Index("ix_away_reply_pair", "practice_id", "number_id", "contact_number", "at"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    number_id: Mapped[Reference]
    contact_number: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]


class BotRun(Model):
    """The three questions to an unknown number. ``question`` is the one that is open."""

    __tablename__ = "bot_run"
    __table_args__ = (
        refers("conversation_id", "conversation"),
        refers("contact_id", "contact"),
        Index("one_bot_run_per_contact", "practice_id", "contact_id", unique=True),
        Index("ix_bot_run_ended", "practice_id", "ended_at"),
        CheckConstraint("question BETWEEN 1 AND 3", name="three_questions"),
        CheckConstraint(
            "state IN ('asking', 'complete', 'stopped_by_team', 'stopped_by_contact', 'ended')", name="state_is_known"
        ),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    conversation_id: Mapped[Reference]
    contact_id: Mapped[Reference]
    question: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str | None] = mapped_column(Text)
    last_name: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    begun_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class InboundEvent(Model):
    """A genuine webhook, stored before it is acknowledged. One carrier id makes one row, however often it comes."""

    __tablename__ = "inbound_event"
    __table_args__ = (
        refers("number_id", "number"),
        refers("message_id", "message"),
        refers("held_by_block_id", "practice_block"),
        Index("one_event_per_carrier_id", "carrier", "carrier_event_id", unique=True),
        Index("ix_inbound_event_waiting", "received_at", postgresql_where=text("processed_at IS NULL")),
        Index("ix_inbound_event_pair", "practice_id", "number_id", "from_number", "received_at"),
        Index(
            "ix_inbound_event_held",
            "practice_id",
            "held_by_block_id",
            "received_at",
            "id",
            postgresql_where=text("held_by_block_id IS NOT NULL"),
        ),
        CheckConstraint("kind IN ('text', 'call')", name="kind_is_known"),
        CheckConstraint("held_by_block_id IS NULL OR message_id IS NULL", name="held_is_in_no_thread"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    number_id: Mapped[Reference]
    kind: Mapped[str] = mapped_column(Text)
    carrier: Mapped[str] = mapped_column(Text)
    carrier_event_id: Mapped[str] = mapped_column(Text)
    from_number: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    # The same words from the same number within four seconds under another id: shown, marked, never dropped.
    is_possible_repeat: Mapped[bool] = mapped_column(default=False)
    media: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    keyword: Mapped[str | None] = mapped_column(Text)
    was_answered: Mapped[bool | None]
    sent_at: Mapped[Moment | None]
    received_at: Mapped[Moment]
    processed_at: Mapped[Moment | None]
    message_id: Mapped[UUID | None] = mapped_column(Uuid)
    # The practice had blocked the number: kept for its administrators instead of being shown in a thread.
    held_by_block_id: Mapped[UUID | None] = mapped_column(Uuid)


class InboundMedia(Model):
    """A file that came with a text and is fetched afterwards."""

    __tablename__ = "inbound_media"
    __table_args__ = (
        refers("message_id", "message"),
        refers("attachment_id", "attachment"),
        Index("one_media_per_position", "practice_id", "message_id", "position", unique=True),
        CheckConstraint("state IN ('waiting', 'stored', 'failed')", name="state_is_known"),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    message_id: Mapped[Reference]
    position: Mapped[int]
    carrier: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text, default="")
    attachment_id: Mapped[UUID | None] = mapped_column(Uuid)


class MediaLink(Model):
    """A link in a text to a file: whoever has it sees the file until it expires or is revoked."""

    __tablename__ = "media_link"
    __table_args__ = (
        refers("attachment_id", "attachment"),
        refers("clinic_id", "clinic"),
        Index("one_media_link_per_token", "token_sha256", unique=True),
        Index("one_media_link_per_attachment_and_message", "practice_id", "attachment_id", "message_id", unique=True),
    )

    practice_id: Mapped[Key]
    id: Mapped[Key]
    attachment_id: Mapped[Reference]
    message_id: Mapped[Reference]
    clinic_id: Mapped[Reference]
    token_sha256: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[Moment | None]
    opened_at: Mapped[Moment | None]
    times_opened: Mapped[int] = mapped_column(default=0)
