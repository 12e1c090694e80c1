"""Which version of the app contacts use, and which one a clinic asks for."""

import sqlalchemy as sa
from alembic import op

revision = "app_versions"
down_revision = "vets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("app_version", sa.Integer(), nullable=True))
    op.add_column("clinic", sa.Column("min_client_version", sa.Integer(), server_default=sa.text("0"), nullable=False))
