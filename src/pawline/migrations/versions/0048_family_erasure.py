"""Erasing all that is kept of a family: who decided it, and how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "family_erasure"
down_revision = "staff_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "family_erasure",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("staff_name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_family_erasure_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "family_id", name=op.f("pk_family_erasure")),
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON family_erasure FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "family_erasure_progress",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("contact_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("numbers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("emails", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "family_id"],
            ["family_erasure.practice_id", "family_erasure.family_id"],
            name=op.f("fk_family_erasure_progress_practice_id_family_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "family_id", name=op.f("pk_family_erasure_progress")),
    )
    op.create_index(
        "ix_family_erasure_progress_unfinished",
        "family_erasure_progress",
        ["changed_at"],
        postgresql_where=sa.text("finished_at IS NULL"),
    )
