"""Whom basic staff may see today: appointments found by their staff, threads that were handed over, and e-mails about both."""

import sqlalchemy as sa
from alembic import op

revision = "reach"
down_revision = "passkeys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_appointment_staff",
        "appointment",
        ["practice_id", "staff_id", "on_date"],
        unique=False,
        postgresql_where=sa.text("staff_id IS NOT NULL"),
    )
    _create_thread_grant()
    _create_staff_notice()


def _create_thread_grant() -> None:
    op.create_table(
        "thread_grant",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("granted_by_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.CheckConstraint("cause IN ('hand_off')", name=op.f("ck_thread_grant_cause_is_known")),
        sa.CheckConstraint("until > granted_at", name=op.f("ck_thread_grant_grant_lasts")),
        _refers("thread_grant", "thread_id", "thread"),
        _refers("thread_grant", "staff_id", "staff_member"),
        _refers("thread_grant", "granted_by_id", "staff_member"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_thread_grant")),
    )
    op.create_index(
        "one_open_grant_per_thread_and_member",
        "thread_grant",
        ["practice_id", "staff_id", "thread_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_thread_grant_thread", "thread_grant", ["practice_id", "thread_id", "granted_at"], unique=False)


def _create_staff_notice() -> None:
    op.create_table(
        "staff_notice",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("up_to_seq", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("may_be_doubled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name=op.f("ck_staff_notice_state_is_known")
        ),
        sa.CheckConstraint("up_to_seq >= first_seq", name=op.f("ck_staff_notice_burst_is_not_empty")),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_staff_notice_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        _refers("staff_notice", "staff_id", "staff_member"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_staff_notice")),
    )
    op.create_index(
        "one_staff_notice_per_burst", "staff_notice", ["practice_id", "thread_id", "staff_id", "first_seq"], unique=True
    )
    op.create_index(
        "ix_staff_notice_waiting",
        "staff_notice",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_index("ix_staff_notice_quiet_until", "staff_notice", ["quiet_until"], unique=False)
    # Nobody is told of what was written before there were such e-mails.
    op.execute("INSERT INTO notice_sweep (name, swept_until) VALUES ('staff', now())")


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", column], [f"{other}.practice_id", f"{other}.id"], name=op.f(f"fk_{table}_practice_id_{column}")
    )
