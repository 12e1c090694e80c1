"""What staff members have begun to write."""

import sqlalchemy as sa
from alembic import op

revision = "staff_drafts"
down_revision = "family_erasure"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_draft",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("seen_up_to", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place ~ '^(note|text( [0-9a-f-]{36})?)$'", name=op.f("ck_staff_draft_place_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_draft_practice_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_staff_draft_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", "thread_id", "place", name=op.f("pk_staff_draft")),
    )
    op.create_index("ix_staff_draft_thread", "staff_draft", ["practice_id", "thread_id"], unique=False)
    op.create_index("ix_staff_draft_updated", "staff_draft", ["updated_at"], unique=False)
