"""In which language a contact reads, asked for a code, and agreed to how messaging works."""

import sqlalchemy as sa
from alembic import op

revision = "language"
down_revision = "working_together"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("contact", "app_consent", "sign_in_code", "sign_up"):
        op.add_column(table, sa.Column("language", sa.Text(), server_default=sa.text("'en'"), nullable=False))
