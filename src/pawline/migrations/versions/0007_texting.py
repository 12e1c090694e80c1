"""What comes in by text, and how it is answered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "texting"
down_revision = "deliveries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_hours_override()
    _create_away_reply()
    _create_inbound_event()
    _create_inbound_media()
    _create_media_link()


def _create_hours_override() -> None:
    op.create_table(
        "hours_override",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "conversation_id"],
            ["conversation.practice_id", "conversation.id"],
            name=op.f("fk_hours_override_practice_id_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "conversation_id", name=op.f("pk_hours_override")),
    )


def _create_away_reply() -> None:
    op.create_table(
        "away_reply",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.Column("contact_number", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "number_id"], ["number.practice_id", "number.id"], name=op.f("fk_away_reply_practice_id_number_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_away_reply")),
    )
    op.create_index("ix_away_reply_pair", "away_reply", ["practice_id", "number_id", "contact_number", "at"], unique=False)


def _create_inbound_event() -> None:
    op.create_table(
        "inbound_event",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("carrier_event_id", sa.Text(), nullable=False),
        sa.Column("from_number", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("is_possible_repeat", sa.Boolean(), nullable=False),
        sa.Column("media", postgresql.JSONB(), nullable=False),
        sa.Column("keyword", sa.Text(), nullable=True),
        sa.Column("was_answered", sa.Boolean(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('text', 'call')", name=op.f("ck_inbound_event_kind_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_inbound_event_practice_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "number_id"], ["number.practice_id", "number.id"], name=op.f("fk_inbound_event_practice_id_number_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_inbound_event")),
    )
    op.create_index(
        "ix_inbound_event_pair", "inbound_event", ["practice_id", "number_id", "from_number", "received_at"], unique=False
    )
    op.create_index(
        "ix_inbound_event_waiting",
        "inbound_event",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("processed_at IS NULL"),
    )
    op.create_index("one_event_per_carrier_id", "inbound_event", ["carrier", "carrier_event_id"], unique=True)


def _create_inbound_media() -> None:
    op.create_table(
        "inbound_media",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'stored', 'failed')", name=op.f("ck_inbound_media_state_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "attachment_id"],
            ["attachment.practice_id", "attachment.id"],
            name=op.f("fk_inbound_media_practice_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_inbound_media_practice_id_message_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_inbound_media")),
    )
    op.create_index("one_media_per_position", "inbound_media", ["practice_id", "message_id", "position"], unique=True)


def _create_media_link() -> None:
    op.create_table(
        "media_link",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_opened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "attachment_id"],
            ["attachment.practice_id", "attachment.id"],
            name=op.f("fk_media_link_practice_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_media_link_practice_id_clinic_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_media_link")),
    )
    op.create_index(
        "one_media_link_per_attachment_and_message", "media_link", ["practice_id", "attachment_id", "message_id"], unique=True
    )
    op.create_index("one_media_link_per_token", "media_link", ["token_sha256"], unique=True)
