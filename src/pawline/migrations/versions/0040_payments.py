"""What families are asked to pay in a conversation, and what whoever takes the money has told of it."""

import sqlalchemy as sa
from alembic import op

revision = "payments"
down_revision = "waiting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_payment_request()
    _create_payment_event()


def _create_payment_request() -> None:
    op.create_table(
        "payment_request",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_request_amount_is_positive")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_payment_request_currency_is_three_letters")),
        sa.CheckConstraint(
            "state IN ('requested', 'paid', 'cancelled', 'expired')", name=op.f("ck_payment_request_state_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_payment_request_practice_id_message_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "message_id", name=op.f("pk_payment_request")),
    )
    op.create_index(
        "one_payment_request_per_session",
        "payment_request",
        ["session_id"],
        unique=True,
        postgresql_where=sa.text("session_id IS NOT NULL"),
    )
    op.create_index("ix_payment_request_open", "payment_request", ["expires_at"], postgresql_where=sa.text("state = 'requested'"))


def _create_payment_event() -> None:
    op.create_table(
        "payment_event",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_payment_event_practice_id_message_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "event_id", name=op.f("pk_payment_event")),
    )
    op.create_index("ix_payment_event_message", "payment_event", ["practice_id", "message_id"])
