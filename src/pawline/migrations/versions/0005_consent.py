"""The consent ledger and the state that follows from it."""

import sqlalchemy as sa
from alembic import op

revision = "consent"
down_revision = "numbers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_consent_event()
    _create_subscription()
    _create_carrier_block()
    _forbid_changes()


def _create_consent_event() -> None:
    op.create_table(
        "consent_event",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_number", sa.Text(), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wording_version", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_constraints_of_consent_event(),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_consent_event")),
    )
    op.create_index("ix_consent_event_number", "consent_event", ["practice_id", "contact_number", "at"], unique=False)


def _constraints_of_consent_event() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint(
            "(action = 'ground') = (ground IS NOT NULL) AND "
            "(ground IS NULL OR ground IN ('inbound_initiated', 'legitimate_interest', 'explicit'))",
            name=op.f("ck_consent_event_ground_is_known"),
        ),
        sa.CheckConstraint(
            "(action IN ('in', 'out')) = (category IS NOT NULL)", name=op.f("ck_consent_event_category_where_it_counts")
        ),
        sa.CheckConstraint(
            "(layer = 'carrier') = (action IN ('blocked', 'cleared'))", name=op.f("ck_consent_event_action_fits_layer")
        ),
        sa.CheckConstraint(
            "action IN ('in', 'out', 'blocked', 'cleared', 'ground')", name=op.f("ck_consent_event_action_is_known")
        ),
        sa.CheckConstraint(
            "category IS NULL OR category IN ('two_way', 'health_reminders', 'appointment_confirmations')",
            name=op.f("ck_consent_event_category_is_known"),
        ),
        sa.CheckConstraint("layer = 'platform' OR number_id IS NOT NULL", name=op.f("ck_consent_event_block_names_our_number")),
        sa.CheckConstraint("layer IN ('platform', 'carrier')", name=op.f("ck_consent_event_layer_is_known")),
        sa.CheckConstraint("source IN ('staff', 'contact', 'carrier', 'system')", name=op.f("ck_consent_event_source_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "actor_id"], ["person.practice_id", "person.id"], name=op.f("fk_consent_event_practice_id_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_consent_event_practice_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "number_id"], ["number.practice_id", "number.id"], name=op.f("fk_consent_event_practice_id_number_id")
        ),
    ]


def _create_subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("contact_number", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "category IN ('two_way', 'health_reminders', 'appointment_confirmations')",
            name=op.f("ck_subscription_category_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "event_id"],
            ["consent_event.practice_id", "consent_event.id"],
            name=op.f("fk_subscription_practice_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "contact_number", "category", name=op.f("pk_subscription")),
    )


def _create_carrier_block() -> None:
    op.create_table(
        "carrier_block",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.Column("contact_number", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "event_id"],
            ["consent_event.practice_id", "consent_event.id"],
            name=op.f("fk_carrier_block_practice_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "number_id"], ["number.practice_id", "number.id"], name=op.f("fk_carrier_block_practice_id_number_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "number_id", "contact_number", name=op.f("pk_carrier_block")),
    )


def _forbid_changes() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END $$
    """)
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent_event FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
