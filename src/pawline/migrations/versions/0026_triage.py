"""What the team sets down to find conversations in time: unread again, urgent, labelled, sleeping until later."""

import sqlalchemy as sa
from alembic import op

revision = "triage"
down_revision = "language"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("read_mark", sa.Column("marked_unread_seq", sa.BigInteger(), nullable=True))
    _add_urgency_and_sleep()
    _create_label()
    _create_conversation_label()


def _add_urgency_and_sleep() -> None:
    for column in ("urgent_at", "snoozed_until", "back_at"):
        op.add_column("conversation", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("snoozed_seq", sa.BigInteger(), nullable=True))
    for column in ("urgent_by_id", "snoozed_by_id"):
        op.add_column("conversation", sa.Column(column, sa.Uuid(), nullable=True))
        name = op.f(f"fk_conversation_practice_id_{column}")
        op.create_foreign_key(name, "conversation", "staff_member", ["practice_id", column], ["practice_id", "id"])
    op.create_index(
        "ix_conversation_triaged",
        "conversation",
        ["practice_id", "thread_id"],
        unique=False,
        postgresql_where=sa.text(
            "ended_at IS NULL AND (urgent_at IS NOT NULL OR snoozed_until IS NOT NULL OR back_at IS NOT NULL)"
        ),
    )


def _create_label() -> None:
    op.create_table(
        "label",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "colour IN ('grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple')",
            name=op.f("ck_label_colour_is_known"),
        ),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_label_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_label")),
    )
    op.create_index("one_label_per_name", "label", ["practice_id", sa.text("lower(name)")], unique=True)


def _create_conversation_label() -> None:
    references = {"conversation_id": "conversation", "label_id": "label", "put_by_id": "staff_member"}
    op.create_table(
        "conversation_label",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("label_id", sa.Uuid(), nullable=False),
        sa.Column("put_by_id", sa.Uuid(), nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["practice_id", column],
                [f"{table}.practice_id", f"{table}.id"],
                name=op.f(f"fk_conversation_label_practice_id_{column}"),
            )
            for column, table in references.items()
        ),
        sa.PrimaryKeyConstraint("practice_id", "conversation_id", "label_id", name=op.f("pk_conversation_label")),
    )
    op.create_index("ix_conversation_label_label", "conversation_label", ["practice_id", "label_id"], unique=False)
