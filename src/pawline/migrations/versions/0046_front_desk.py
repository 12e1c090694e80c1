"""Front desks that several people share, and when a contact last proved who they are."""

import sqlalchemy as sa
from alembic import op

revision = "front_desk"
down_revision = "other_clinic"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("login_session", sa.Column("locks_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("login_session", sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "staff_pin",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("pin_hash", sa.LargeBinary(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_staff_pin_tries_are_bounded")),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_pin_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", name=op.f("pk_staff_pin")),
    )
