"""Lines about a matter that went from one clinic to another name the clinic at the other end."""

import sqlalchemy as sa
from alembic import op

revision = "other_clinic"
down_revision = "sealing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("other_clinic_id", sa.Uuid(), nullable=True))
