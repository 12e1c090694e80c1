"""Texts on their way to the carrier."""

import sqlalchemy as sa
from alembic import op

revision = "deliveries"
down_revision = "consent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_bot_run()
    _create_delivery()
    _index_delivery()
    _create_delivery_attempt()
    _create_delivery_event()
    _create_carrier_exchange()
    _create_carrier_circuit()
    _forbid_changes()


def _create_bot_run() -> None:
    op.create_table(
        "bot_run",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asking', 'complete', 'stopped_by_team', 'stopped_by_contact', 'ended')",
            name=op.f("ck_bot_run_state_is_known"),
        ),
        sa.CheckConstraint("question BETWEEN 1 AND 3", name=op.f("ck_bot_run_three_questions")),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"], ["contact.practice_id", "contact.id"], name=op.f("fk_bot_run_practice_id_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "conversation_id"],
            ["conversation.practice_id", "conversation.id"],
            name=op.f("fk_bot_run_practice_id_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_bot_run")),
    )
    op.create_index("one_bot_run_per_contact", "bot_run", ["practice_id", "contact_id"], unique=True)


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("from_number", sa.Text(), nullable=False),
        sa.Column("to_number", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("confirms_opt_out", sa.Boolean(), nullable=False),
        sa.Column("request_key", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("about_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bot_run_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("carrier_code", sa.Text(), nullable=False),
        sa.Column("carrier_message_id", sa.Text(), nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_constraints_of_delivery(),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_delivery")),
    )


def _constraints_of_delivery() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint(
            "category IN ('two_way', 'health_reminders', 'appointment_confirmations')", name=op.f("ck_delivery_category_is_known")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'leased', 'attempting', 'accepted', 'sent', 'delivered', 'failed', 'unknown', "
            "'held', 'cancelled')",
            name=op.f("ck_delivery_state_is_known"),
        ),
        sa.CheckConstraint("segments > 0", name=op.f("ck_delivery_has_segments")),
        sa.ForeignKeyConstraint(
            ["practice_id", "bot_run_id"], ["bot_run.practice_id", "bot_run.id"], name=op.f("fk_delivery_practice_id_bot_run_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_delivery_practice_id_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"], ["message.practice_id", "message.id"], name=op.f("fk_delivery_practice_id_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "number_id"], ["number.practice_id", "number.id"], name=op.f("fk_delivery_practice_id_number_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "requested_by_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_delivery_practice_id_requested_by_id"),
        ),
    ]


def _index_delivery() -> None:
    op.create_index("ix_delivery_carrier_message", "delivery", ["carrier", "carrier_message_id"], unique=False)
    op.create_index(
        "ix_delivery_handed_over",
        "delivery",
        ["practice_id", "number_id", "to_number"],
        unique=False,
        postgresql_where=sa.text("state IN ('leased', 'attempting')"),
    )
    op.create_index(
        "ix_delivery_in_flight",
        "delivery",
        ["leased_until"],
        unique=False,
        postgresql_where=sa.text("state IN ('leased', 'attempting', 'unknown')"),
    )
    op.create_index("ix_delivery_message", "delivery", ["practice_id", "message_id"], unique=False)
    op.create_index("ix_delivery_pair", "delivery", ["practice_id", "number_id", "to_number", "queued_at"], unique=False)
    op.create_index("ix_delivery_queued", "delivery", ["due_at"], unique=False, postgresql_where=sa.text("state = 'queued'"))
    op.create_index(
        "ix_delivery_waiting",
        "delivery",
        ["practice_id", "number_id", "is_automatic", "queued_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index("one_delivery_per_request", "delivery", ["practice_id", "request_key"], unique=True)
    op.create_index(
        "one_live_delivery_per_message_and_number",
        "delivery",
        ["practice_id", "message_id", "to_number"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('failed', 'cancelled')"),
    )


def _create_delivery_attempt() -> None:
    op.create_table(
        "delivery_attempt",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("body_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("carrier_code", sa.Text(), nullable=False),
        sa.Column("carrier_message_id", sa.Text(), nullable=True),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.Column("is_possible_duplicate", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'refused', 'unknown', 'not_found')", name=op.f("ck_delivery_attempt_outcome_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "delivery_id"],
            ["delivery.practice_id", "delivery.id"],
            name=op.f("fk_delivery_attempt_practice_id_delivery_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_delivery_attempt")),
    )
    op.create_index("ix_delivery_attempt_delivery", "delivery_attempt", ["practice_id", "delivery_id"], unique=False)


def _create_delivery_event() -> None:
    op.create_table(
        "delivery_event",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("carrier_message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("carrier_code", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "delivery_id"],
            ["delivery.practice_id", "delivery.id"],
            name=op.f("fk_delivery_event_practice_id_delivery_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_delivery_event")),
    )
    op.create_index(
        "one_event_per_state", "delivery_event", ["practice_id", "delivery_id", "carrier_message_id", "state"], unique=True
    )


def _create_carrier_exchange() -> None:
    op.create_table(
        "carrier_exchange",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "delivery_id"],
            ["delivery.practice_id", "delivery.id"],
            name=op.f("fk_carrier_exchange_practice_id_delivery_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_carrier_exchange")),
    )
    op.create_index("ix_carrier_exchange_at", "carrier_exchange", ["at"], unique=False)
    op.create_index("ix_carrier_exchange_delivery", "carrier_exchange", ["practice_id", "delivery_id"], unique=False)


def _create_carrier_circuit() -> None:
    op.create_table(
        "carrier_circuit",
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("carrier", name=op.f("pk_carrier_circuit")),
    )


def _forbid_changes() -> None:
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON delivery_event FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
