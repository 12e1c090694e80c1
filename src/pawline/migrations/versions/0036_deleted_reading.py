"""A row for each time that an administrator reads a deleted message."""

import sqlalchemy as sa
from alembic import op

revision = "deleted_reading"
down_revision = "portraits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deleted_reading",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_transcript", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_deleted_reading_practice_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_deleted_reading_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_deleted_reading")),
    )
    op.create_index("ix_deleted_reading_message", "deleted_reading", ["practice_id", "message_id", "read_at"], unique=False)
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON deleted_reading FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
