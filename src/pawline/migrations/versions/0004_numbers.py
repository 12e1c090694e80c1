"""Text numbers, a clinic's hours, and what threads keep of a text."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "numbers"
down_revision = "jobs"
branch_labels = None
depends_on = None

CHECKS = (
    ("person", "kind_is_known", "kind IN ('staff', 'contact', 'system')"),
    ("conversation", "channel_is_known", "channel IN ('app', 'sms')"),
    (
        "conversation",
        "texting_names_both_numbers",
        "(channel = 'sms') = (number_id IS NOT NULL) AND (channel = 'sms') = (contact_number IS NOT NULL)",
    ),
    ("message", "channel_is_known", "channel IN ('app', 'sms')"),
    ("message", "kind_is_known", "kind IN ('text', 'note', 'reminder_copy', 'system')"),
    ("message", "prompt_is_known", "prompt IN ('offer_opt_out', 'offer_email')"),
)


def upgrade() -> None:
    _create_clinic_hours()
    _create_hours_exception()
    _create_number()
    _create_texting_settings()
    _create_contact_number()
    _extend_people()
    _extend_threads()
    _add_system_people()


def _create_clinic_hours() -> None:
    op.create_table(
        "clinic_hours",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_clinic_hours_weekday_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_clinic_hours_practice_id_clinic_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "clinic_id", "weekday", "opens_at", name=op.f("pk_clinic_hours")),
    )


def _create_hours_exception() -> None:
    op.create_table(
        "hours_exception",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("opens_at", sa.Time(), nullable=True),
        sa.Column("closes_at", sa.Time(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.CheckConstraint("(opens_at IS NULL) = (closes_at IS NULL)", name=op.f("ck_hours_exception_both_times_or_none")),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"],
            ["clinic.practice_id", "clinic.id"],
            name=op.f("fk_hours_exception_practice_id_clinic_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_hours_exception")),
    )
    op.create_index("ix_hours_exception_date", "hours_exception", ["practice_id", "clinic_id", "on_date"], unique=False)


def _create_number() -> None:
    op.create_table(
        "number",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("carrier_number_id", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("fee_cents", sa.Integer(), nullable=False),
        sa.Column("fee_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("policy_accepted_by_id", sa.Uuid(), nullable=True),
        sa.Column("policy_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verification", sa.Text(), nullable=True),
        sa.Column("verification_words", sa.Text(), nullable=False),
        sa.Column("carrier_verification_id", sa.Text(), nullable=True),
        sa.Column("verification_form", postgresql.JSONB(), nullable=True),
        sa.Column("segments_per_second", sa.Float(), nullable=False),
        sa.Column("free_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enabled_at", sa.DateTime(timezone=True), nullable=True),
        *_constraints_of_number(),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_number")),
    )
    op.create_index(
        "one_clinic_per_number", "number", ["number"], unique=True, postgresql_where=sa.text("state IN ('assigned', 'enabled')")
    )
    op.create_index(
        "one_number_per_clinic",
        "number",
        ["practice_id", "clinic_id"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('not_eligible', 'released')"),
    )


def _constraints_of_number() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint("kind IN ('toll_free', 'hosted', 'local')", name=op.f("ck_number_kind_is_known")),
        sa.CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name=op.f("ck_number_number_is_e164")),
        sa.CheckConstraint("state <> 'enabled' OR policy_accepted_at IS NOT NULL", name=op.f("ck_number_policy_before_texting")),
        sa.CheckConstraint(
            "state IN ('requested', 'checking', 'not_eligible', 'assigned', 'enabled', 'released')",
            name=op.f("ck_number_state_is_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('assigned', 'enabled') OR number IS NOT NULL", name=op.f("ck_number_assigned_has_number")
        ),
        sa.CheckConstraint("verification IN ('pending', 'approved', 'rejected')", name=op.f("ck_number_verification_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_number_practice_id_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "policy_accepted_by_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_number_practice_id_policy_accepted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "requested_by_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_number_practice_id_requested_by_id"),
        ),
    ]


def _create_texting_settings() -> None:
    op.create_table(
        "texting_settings",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("after_hours_number", sa.Text(), nullable=False),
        sa.Column("away_words", sa.Text(), nullable=True),
        sa.Column("welcome_words", sa.Text(), nullable=True),
        sa.Column("media_words", sa.Text(), nullable=True),
        sa.Column("answers_every_text", sa.Boolean(), nullable=False),
        sa.Column("requires_names", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"],
            ["clinic.practice_id", "clinic.id"],
            name=op.f("fk_texting_settings_practice_id_clinic_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "clinic_id", name=op.f("pk_texting_settings")),
    )


def _create_contact_number() -> None:
    op.create_table(
        "contact_number",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("is_landline", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number ~ '^[+][1-9][0-9]{5,14}$'", name=op.f("ck_contact_number_number_is_e164")),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_contact_number_practice_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_contact_number")),
    )
    op.create_index("ix_contact_number_number", "contact_number", ["practice_id", "number"], unique=False)
    op.create_index("one_row_per_contact_and_number", "contact_number", ["practice_id", "contact_id", "number"], unique=True)


def _extend_people() -> None:
    op.add_column("clinic", sa.Column("is_app_chat_enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column("contact", sa.Column("is_guest", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("contact", sa.Column("app_joined_at", sa.DateTime(timezone=True), nullable=True))


def _extend_threads() -> None:
    op.add_column("conversation", sa.Column("number_id", sa.Uuid(), nullable=True))
    op.add_column("conversation", sa.Column("contact_number", sa.Text(), nullable=True))
    op.create_index(
        "one_open_text_conversation_per_pair",
        "conversation",
        ["practice_id", "number_id", "contact_number"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND channel = 'sms'"),
    )
    op.create_foreign_key(
        op.f("fk_conversation_practice_id_number_id"),
        "conversation",
        "number",
        ["practice_id", "number_id"],
        ["practice_id", "id"],
    )
    op.add_column("message", sa.Column("files_waiting", sa.SmallInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("message", sa.Column("copied_delivery_id", sa.Uuid(), nullable=True))
    op.add_column("message", sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("message", sa.Column("prompt", sa.Text(), nullable=True))
    op.create_index(
        "one_copy_per_reminder_and_conversation",
        "message",
        ["practice_id", "conversation_id", "copied_delivery_id"],
        unique=True,
        postgresql_where=sa.text("copied_delivery_id IS NOT NULL"),
    )
    for table, name, rule in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check", if_exists=True)
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def _add_system_people() -> None:
    op.execute("INSERT INTO person (practice_id, id, kind, name) SELECT id, id, 'system', 'Auto-reply' FROM practice")
