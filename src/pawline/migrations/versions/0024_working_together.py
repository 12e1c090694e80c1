"""Who answers a conversation, every hand-off of one, and e-mails to those to whom one was handed."""

import sqlalchemy as sa
from alembic import op

revision = "working_together"
down_revision = "starting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_assignment()
    _create_hand_off()
    _create_hand_off_notice()


def _add_assignment() -> None:
    for column in ("assignee_id", "handed_clinic_id", "assigned_by_id"):
        op.add_column("conversation", sa.Column(column, sa.Uuid(), nullable=True))
    op.add_column("conversation", sa.Column("handed_role", sa.Text(), nullable=True))
    op.add_column("conversation", sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("assigned_revision", sa.BigInteger(), nullable=True))
    for column, table in (("assignee_id", "staff_member"), ("handed_clinic_id", "clinic"), ("assigned_by_id", "staff_member")):
        name = op.f(f"fk_conversation_practice_id_{column}")
        op.create_foreign_key(name, "conversation", table, ["practice_id", column], ["practice_id", "id"])
    op.create_check_constraint(
        op.f("ck_conversation_one_assignee_at_most"),
        "conversation",
        "num_nonnulls(assignee_id, handed_clinic_id, handed_role) <= 1",
    )
    op.create_check_constraint(
        op.f("ck_conversation_handed_role_has_the_inbox"),
        "conversation",
        "handed_role IN ('senior', 'administrator', 'practice_owner')",
    )
    op.create_index(
        "ix_conversation_assignee",
        "conversation",
        ["practice_id", "assignee_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL AND assignee_id IS NOT NULL"),
    )
    op.create_index(
        "ix_conversation_handed",
        "conversation",
        ["practice_id", "thread_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL AND num_nonnulls(handed_clinic_id, handed_role) > 0"),
    )


def _create_hand_off() -> None:
    references = {
        "conversation_id": "conversation",
        "message_id": "message",
        "by_id": "staff_member",
        "from_id": "staff_member",
        "to_staff_id": "staff_member",
        "to_clinic_id": "clinic",
    }
    op.create_table(
        "hand_off",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("to_staff_id", sa.Uuid(), nullable=True),
        sa.Column("to_clinic_id", sa.Uuid(), nullable=True),
        sa.Column("to_role", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("act IN ('taken', 'handed', 'given_back')", name=op.f("ck_hand_off_act_is_known")),
        sa.CheckConstraint(
            "num_nonnulls(to_staff_id, to_clinic_id, to_role) = CASE act WHEN 'given_back' THEN 0 ELSE 1 END",
            name=op.f("ck_hand_off_goes_to_one"),
        ),
        sa.CheckConstraint("act <> 'taken' OR to_staff_id = by_id", name=op.f("ck_hand_off_taken_for_oneself")),
        *(_refers("hand_off", column, table) for column, table in references.items()),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_hand_off")),
    )
    op.create_index("ix_hand_off_conversation", "hand_off", ["practice_id", "conversation_id", "at"], unique=False)
    op.create_index(
        "ix_hand_off_at",
        "hand_off",
        ["at"],
        unique=False,
        postgresql_where=sa.text("act = 'handed' AND to_staff_id IS NOT NULL"),
    )


def _create_hand_off_notice() -> None:
    op.create_table(
        "hand_off_notice",
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
            "state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name=op.f("ck_hand_off_notice_state_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_hand_off_notice_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        _refers("hand_off_notice", "id", "hand_off"),
        _refers("hand_off_notice", "staff_id", "staff_member"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_hand_off_notice")),
    )
    op.create_index(
        "ix_hand_off_notice_waiting",
        "hand_off_notice",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.execute("INSERT INTO notice_sweep (name, swept_until) VALUES ('hand_offs', now())")


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", column], [f"{other}.practice_id", f"{other}.id"], name=op.f(f"fk_{table}_practice_id_{column}")
    )
