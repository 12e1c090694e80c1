"""Addresses of the team that take no e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "staff_mail"
down_revision = "owners_and_addresses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_mail_refusal",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_mail_refusal_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", name=op.f("pk_staff_mail_refusal")),
    )
