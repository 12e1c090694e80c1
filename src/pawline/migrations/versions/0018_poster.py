"""The colour of a clinic's poster."""

import sqlalchemy as sa
from alembic import op

revision = "poster"
down_revision = "search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("brand_colour", sa.Text(), nullable=True))
    op.create_check_constraint(op.f("ck_clinic_brand_colour_is_six_digits"), "clinic", "brand_colour ~ '^#[0-9a-f]{6}$'")
