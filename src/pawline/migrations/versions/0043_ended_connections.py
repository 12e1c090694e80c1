"""Who has ended the connection of a pet with a clinic."""

import sqlalchemy as sa
from alembic import op

revision = "ended_connections"
down_revision = "staff_mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("connection", sa.Column("ended_by_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_connection_practice_id_ended_by_id"),
        "connection",
        "person",
        ["practice_id", "ended_by_id"],
        ["practice_id", "id"],
    )
