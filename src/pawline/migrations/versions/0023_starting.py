"""The practice disables app chat for single contacts."""

import sqlalchemy as sa
from alembic import op

revision = "starting"
down_revision = "reach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact", sa.Column("chat_disabled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("chat_disabled_by_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_contact_practice_id_chat_disabled_by_id"),
        "contact",
        "person",
        ["practice_id", "chat_disabled_by_id"],
        ["practice_id", "id"],
    )
    op.create_check_constraint(
        op.f("ck_contact_chat_disabled_by_somebody"), "contact", "(chat_disabled_at IS NULL) = (chat_disabled_by_id IS NULL)"
    )
    op.create_index(
        "ix_contact_chat_disabled",
        "contact",
        ["practice_id", "chat_disabled_at", "id"],
        unique=False,
        postgresql_where=sa.text("chat_disabled_at IS NOT NULL"),
    )
