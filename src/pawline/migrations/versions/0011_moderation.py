"""Reports of messages, blocks, and messages that the practice removed."""

import sqlalchemy as sa
from alembic import op

revision = "moderation"
down_revision = "availability"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("is_removed", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    _create_report()
    _create_person_block()
    _create_practice_block()


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('removed', 'spoken_to', 'blocked', 'no_action')", name=op.f("ck_report_outcome_is_known")
        ),
        sa.CheckConstraint(
            "reason IN ('inappropriate', 'threatening', 'spam', 'wrong_person', 'other')", name=op.f("ck_report_reason_is_known")
        ),
        sa.CheckConstraint("(resolved_at IS NULL) = (outcome IS NULL)", name=op.f("ck_report_resolved_with_an_outcome")),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"], ["message.practice_id", "message.id"], name=op.f("fk_report_practice_id_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "reporter_id"], ["person.practice_id", "person.id"], name=op.f("fk_report_practice_id_reporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "resolved_by_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_report_practice_id_resolved_by_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_report")),
    )
    op.create_index(
        "ix_report_open", "report", ["practice_id", "created_at"], unique=False, postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.create_index("one_report_per_message_and_reporter", "report", ["practice_id", "message_id", "reporter_id"], unique=True)


def _create_person_block() -> None:
    op.create_table(
        "person_block",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("blocker_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("blocker_id <> blocked_id", name=op.f("ck_person_block_nobody_blocks_themselves")),
        sa.ForeignKeyConstraint(
            ["practice_id", "blocked_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_person_block_practice_id_blocked_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "blocker_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_person_block_practice_id_blocker_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "blocker_id", "blocked_id", name=op.f("pk_person_block")),
    )


def _create_practice_block() -> None:
    op.create_table(
        "practice_block",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("contact_number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("blocked_by_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("contact_number ~ '^[+][1-9][0-9]{5,14}$'", name=op.f("ck_practice_block_number_is_e164")),
        sa.CheckConstraint("(contact_id IS NULL) <> (contact_number IS NULL)", name=op.f("ck_practice_block_contact_or_number")),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name=op.f("ck_practice_block_lifted_by_somebody")),
        sa.ForeignKeyConstraint(
            ["practice_id", "blocked_by_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_practice_block_practice_id_blocked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_practice_block_practice_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "lifted_by_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_practice_block_practice_id_lifted_by_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_practice_block")),
    )
    op.create_index(
        "one_block_per_contact",
        "practice_block",
        ["practice_id", "contact_id"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_index(
        "one_block_per_number",
        "practice_block",
        ["practice_id", "contact_number"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
