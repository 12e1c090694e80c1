"""Clinics whose chat in the app is for chosen contacts only, and those contacts."""

import sqlalchemy as sa
from alembic import op

revision = "chosen_chat"
down_revision = "owners_side"
branch_labels = None
depends_on = None

_REFERENCES = {"clinic_id": "clinic", "contact_id": "contact", "chosen_by_id": "person"}


def upgrade() -> None:
    op.add_column("clinic", sa.Column("is_chat_for_chosen", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    table = "chosen_for_chat"
    op.create_table(
        table,
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["practice_id", column], [f"{to}.practice_id", f"{to}.id"], name=op.f(f"fk_{table}_practice_id_{column}")
            )
            for column, to in _REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("practice_id", "clinic_id", "contact_id", name=op.f(f"pk_{table}")),
    )
    newest = ["practice_id", "clinic_id", "chosen_at", "contact_id"]
    op.create_index(f"ix_{table}_newest", table, newest, unique=False)
