"""Where a clinic is."""

import sqlalchemy as sa
from alembic import op

revision = "owners_side"
down_revision = "eyes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("street", "city", "region", "postcode"):
        op.add_column("clinic", sa.Column(column, sa.Text(), nullable=True))
