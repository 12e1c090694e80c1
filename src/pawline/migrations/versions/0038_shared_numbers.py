"""Texts from a number of several contacts are nobody's own."""

import sqlalchemy as sa
from alembic import op

revision = "shared_numbers"
down_revision = "changed_appointments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A default that is a constant is kept beside the table: no row is written anew.
    shared = sa.Column("is_from_shared_number", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("message", shared)
