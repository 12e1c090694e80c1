"""Finding who has lately got an appointment, to tell them of what its family wrote before."""

from pawline.migrations.quietly import create_index

revision = "changed_appointments"
down_revision = "deleted_reading"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_index("ix_appointment_changed", "appointment", ["changed_at"])
