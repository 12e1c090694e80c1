"""E-mails to a team about strangers who wait for an answer, and finding those strangers."""

import sqlalchemy as sa
from alembic import op

from pawline.migrations.quietly import create_index

revision = "waiting"
down_revision = "shared_numbers"
branch_labels = None
depends_on = None

_SWEEP = "INSERT INTO notice_sweep (name, swept_until) VALUES ('questions_ended', now()) ON CONFLICT DO NOTHING"


def upgrade() -> None:
    _create_notice()
    op.execute(_SWEEP)
    create_index("ix_bot_run_ended", "bot_run", ["practice_id", "ended_at"], unique=False)


def _create_notice() -> None:
    op.create_table(
        "questions_ended_notice",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
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
            "state IN ('queued', 'sending', 'sent', 'skipped', 'failed')",
            name=op.f("ck_questions_ended_notice_state_is_known"),
        ),
        *(_refers(column, table) for column, table in (("message_id", "message"), ("staff_id", "staff_member"))),
        _refers("thread_id", "thread", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_questions_ended_notice")),
        if_not_exists=True,
    )
    columns = ["practice_id", "message_id", "staff_id"]
    op.create_index("one_notice_per_ended_questions", "questions_ended_notice", columns, unique=True, if_not_exists=True)
    op.create_index(
        "ix_questions_ended_notice_waiting",
        "questions_ended_notice",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
        if_not_exists=True,
    )


def _refers(column: str, table: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", column],
        [f"{table}.practice_id", f"{table}.id"],
        name=op.f(f"fk_questions_ended_notice_practice_id_{column}"),
        ondelete=ondelete,
    )
