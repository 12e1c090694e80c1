"""What staff members were before their role, clinics or employment changed."""

import sqlalchemy as sa
from alembic import op

revision = "team_history"
down_revision = "chosen_chat"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_member", sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "staff_past",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("clinic_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('basic', 'senior', 'administrator', 'practice_owner')", name=op.f("ck_staff_past_role_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_past_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_staff_past")),
    )
    op.create_index("ix_staff_past_staff", "staff_past", ["practice_id", "staff_id", "until"], unique=False)
