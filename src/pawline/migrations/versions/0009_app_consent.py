"""Who accepted the terms of app chat, and when."""

import sqlalchemy as sa
from alembic import op

revision = "app_consent"
down_revision = "pets_of_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_app_consent()
    op.execute("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON app_consent FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def _create_app_consent() -> None:
    op.create_table(
        "app_consent",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_app_consent_practice_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_app_consent")),
    )
    op.create_index(
        "one_app_consent_per_contact_and_version", "app_consent", ["practice_id", "contact_id", "version"], unique=True
    )
