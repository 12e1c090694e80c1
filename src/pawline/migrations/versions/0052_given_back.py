"""Finding what was given back to the team lately, as what was handed to somebody is found."""

import sqlalchemy as sa

from pawline.migrations.quietly import create_index

revision = "given_back"
down_revision = "staff_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_index("ix_hand_off_given_back_at", "hand_off", ["at"], unique=False, postgresql_where=sa.text("act = 'given_back'"))
