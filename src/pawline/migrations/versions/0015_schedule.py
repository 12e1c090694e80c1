"""Appointments, and what pets are due for."""

import sqlalchemy as sa
from alembic import op

revision = "schedule"
down_revision = "uploads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_appointment()
    _create_reminder()


def _create_appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("pet_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("outside_id", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_by_id IS NULL OR status IN ('confirmed', 'move_asked')", name=op.f("ck_appointment_answer_has_a_status")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 720", name=op.f("ck_appointment_minutes_are_sensible")),
        sa.CheckConstraint(
            "status IN ('booked', 'confirmed', 'move_asked', 'cancelled', 'done')", name=op.f("ck_appointment_status_is_known")
        ),
        _refers("appointment", "clinic_id", "clinic"),
        _refers("appointment", "staff_id", "staff_member"),
        _refers("appointment", "created_by_id", "staff_member"),
        _refers("appointment", "answered_by_id", "contact"),
        _follows_pet("appointment"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_appointment")),
    )
    op.create_index("ix_appointment_day", "appointment", ["practice_id", "clinic_id", "on_date", "starts_at"], unique=False)
    op.create_index("ix_appointment_family", "appointment", ["practice_id", "family_id", "starts_at"], unique=False)
    op.create_index(
        "one_appointment_per_outside_id",
        "appointment",
        ["practice_id", "outside_id"],
        unique=True,
        postgresql_where=sa.text("outside_id IS NOT NULL"),
    )


def _create_reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("pet_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("reminds_at", sa.DateTime(timezone=True), nullable=False),
        _refers("reminder", "id", "delivery"),
        _refers("reminder", "clinic_id", "clinic"),
        _follows_pet("reminder"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_reminder")),
    )
    op.create_index("ix_reminder_family", "reminder", ["practice_id", "family_id", "reminds_at"], unique=False)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", column], [f"{other}.practice_id", f"{other}.id"], name=op.f(f"fk_{table}_practice_id_{column}")
    )


def _follows_pet(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", "family_id", "pet_id"],
        ["pet.practice_id", "pet.family_id", "pet.id"],
        name=op.f(f"fk_{table}_practice_id_family_id_pet_id"),
        onupdate="CASCADE",
    )
