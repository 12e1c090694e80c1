"""The pet that a text is about, so that nothing is sent of one that died while the text waited."""

import sqlalchemy as sa
from alembic import op

revision = "pets_of_reminders"
down_revision = "texting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("pet_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_delivery_practice_id_pet_id"), "delivery", "pet", ["practice_id", "pet_id"], ["practice_id", "id"]
    )
