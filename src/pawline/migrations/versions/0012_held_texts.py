"""Texts of numbers that the practice blocked are held by the block."""

import sqlalchemy as sa
from alembic import op

revision = "held_texts"
down_revision = "moderation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbound_event", sa.Column("held_by_block_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_inbound_event_practice_id_held_by_block_id"),
        "inbound_event",
        "practice_block",
        ["practice_id", "held_by_block_id"],
        ["practice_id", "id"],
    )
    op.create_check_constraint(
        op.f("ck_inbound_event_held_is_in_no_thread"), "inbound_event", "held_by_block_id IS NULL OR message_id IS NULL"
    )
    op.create_index(
        "ix_inbound_event_held",
        "inbound_event",
        ["practice_id", "held_by_block_id", "received_at", "id"],
        unique=False,
        postgresql_where=sa.text("held_by_block_id IS NOT NULL"),
    )
