"""Uploads in parts, voice notes, and the pictures of a pet."""

import sqlalchemy as sa
from alembic import op

revision = "uploads"
down_revision = "joining"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attachment", sa.Column("duration_ms", sa.Integer(), nullable=True))
    op.create_index("ix_message_pet_pet", "message_pet", ["practice_id", "pet_id", "message_id"], unique=False)
    op.create_table(
        "partial_upload",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=False),
        sa.Column("upload_key", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("received_bytes", sa.BigInteger(), nullable=False),
        sa.Column("part_names", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "received_bytes BETWEEN 0 AND size_bytes", name=op.f("ck_partial_upload_received_no_more_than_announced")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_partial_upload_practice_id_thread_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "uploader_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_partial_upload_practice_id_uploader_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_partial_upload")),
    )
    _create_indexes()


def _create_indexes() -> None:
    keys = ["practice_id", "uploader_id", "upload_key"]
    op.create_index("one_partial_upload_per_upload_key", "partial_upload", keys, unique=True)
    op.create_index("ix_partial_upload_thread", "partial_upload", ["practice_id", "thread_id"], unique=False)
    op.create_index("ix_partial_upload_age", "partial_upload", ["created_at"], unique=False)
