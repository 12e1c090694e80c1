"""What deleted messages said, encrypted; the keys to it; and who destroyed one."""

import sqlalchemy as sa
from alembic import op

from pawline.migrations.quietly import create_index

revision = "sealing"
down_revision = "ended_connections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_columns()
    _create_sealed_message()
    _create_message_key()
    _create_message_erasure()
    create_index(
        "ix_message_unsealed", "message", ["deleted_at"], postgresql_where=sa.text("deleted_at IS NOT NULL AND NOT is_sealed")
    )


def _add_columns() -> None:
    # A default that is a constant is kept beside the table: no row is written anew.
    for table in ("message", "attachment"):
        sealed = sa.Column("is_sealed", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        op.add_column(table, sealed, if_not_exists=True)
    op.add_column("message", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True), if_not_exists=True)
    op.add_column("message", sa.Column("erased_by_name", sa.Text(), nullable=True), if_not_exists=True)


def _create_sealed_message() -> None:
    op.create_table(
        "sealed_message",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("body_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        _refers("sealed_message", "message_id", "message"),
        sa.PrimaryKeyConstraint("practice_id", "message_id", name=op.f("pk_sealed_message")),
        if_not_exists=True,
    )
    op.create_index(
        "ix_sealed_message_unsettled",
        "sealed_message",
        ["changed_at"],
        postgresql_where=sa.text("NOT is_settled"),
        if_not_exists=True,
    )


def _create_message_key() -> None:
    op.create_table(
        "message_key",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        _refers("message_key", "message_id", "message"),
        sa.PrimaryKeyConstraint("practice_id", "message_id", name=op.f("pk_message_key")),
        if_not_exists=True,
    )


def _create_message_erasure() -> None:
    op.create_table(
        "message_erasure",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _refers("message_erasure", "message_id", "message"),
        _refers("message_erasure", "staff_id", "staff_member"),
        sa.PrimaryKeyConstraint("practice_id", "message_id", name=op.f("pk_message_erasure")),
        if_not_exists=True,
    )
    op.execute(
        "CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON message_erasure "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", column],
        [f"{target}.practice_id", f"{target}.id"],
        name=op.f(f"fk_{table}_practice_id_{column}"),
    )
