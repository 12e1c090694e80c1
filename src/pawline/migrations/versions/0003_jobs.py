"""The tables of the job queue, as its library ships them."""

from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy import text

revision = "jobs"
down_revision = "threads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The driver would take the schema's percent signs and colons for parameters of ours.
    connection = op.get_bind()
    cursor = connection.connection.cursor()
    cursor.execute(SchemaManager.get_schema())
    connection.execute(text("SELECT 1"))
