"""The picture that a pet, and the logo that a clinic is known by."""

import sqlalchemy as sa
from alembic import op

from pawline.migrations.quietly import create_index

revision = "portraits"
down_revision = "quick_filters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pet", sa.Column("portrait_id", sa.Uuid(), nullable=True), if_not_exists=True)
    create_index("ix_pet_portrait", "pet", ["portrait_id"], postgresql_where=sa.text("portrait_id IS NOT NULL"))
    op.add_column("clinic", sa.Column("logo_id", sa.Uuid(), nullable=True), if_not_exists=True)
    create_index("ix_clinic_logo", "clinic", ["logo_id"], postgresql_where=sa.text("logo_id IS NOT NULL"))
