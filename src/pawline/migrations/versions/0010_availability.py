"""The clinic's light: what the team chose, who is there, and how soon answers come."""

import sqlalchemy as sa
from alembic import op

revision = "availability"
down_revision = "app_consent"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_availability_choice()
    _create_staff_presence()
    _create_reply_time()


def _create_availability_choice() -> None:
    op.create_table(
        "availability_choice",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("chosen_by_id", sa.Uuid(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('away', 'off_duty')", name=op.f("ck_availability_choice_state_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "chosen_by_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_availability_choice_practice_id_chosen_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"],
            ["clinic.practice_id", "clinic.id"],
            name=op.f("fk_availability_choice_practice_id_clinic_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "clinic_id", name=op.f("pk_availability_choice")),
    )


def _create_staff_presence() -> None:
    op.create_table(
        "staff_presence",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_presence_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", name=op.f("pk_staff_presence")),
    )


def _create_reply_time() -> None:
    op.create_table(
        "reply_time",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("median_seconds", sa.Integer(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("replies >= 0", name=op.f("ck_reply_time_replies_are_counted")),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_reply_time_practice_id_clinic_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "clinic_id", name=op.f("pk_reply_time")),
    )
