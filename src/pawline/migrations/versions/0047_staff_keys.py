"""Passkeys of staff members, the codes of their apps, and what became of the ways in which somebody proves who they are."""

import sqlalchemy as sa
from alembic import op

revision = "staff_keys"
down_revision = "front_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_passkey",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        _refers("staff_passkey", "staff_id"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_staff_passkey")),
    )
    # The tables are new and empty: nobody waits for these.
    op.create_index("one_staff_member_per_credential", "staff_passkey", ["credential_id"], unique=True)
    op.create_index("ix_staff_passkey_staff", "staff_passkey", ["practice_id", "staff_id"])
    _create_authenticator()
    _create_second_step()
    _create_factor_event()


def _create_authenticator() -> None:
    op.create_table(
        "authenticator",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _refers("authenticator", "staff_id"),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", name=op.f("pk_authenticator")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _refers("recovery_code", "staff_id"),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", "code_hash", name=op.f("pk_recovery_code")),
    )


def _create_second_step() -> None:
    op.create_table(
        "second_step",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_second_step_tries_are_bounded")),
        _refers("second_step", "staff_id"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_second_step")),
        sa.UniqueConstraint("secret_hash", name="one_second_step_per_secret"),
    )
    op.create_index("ix_second_step_staff", "second_step", ["practice_id", "staff_id"])


def _create_factor_event() -> None:
    op.create_table(
        "factor_event",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        _refers("factor_event", "staff_id"),
        _refers("factor_event", "by_id"),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_factor_event")),
    )
    op.execute("CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON factor_event FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def _refers(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["practice_id", column],
        ["staff_member.practice_id", "staff_member.id"],
        name=op.f(f"fk_{table}_practice_id_{column}"),
    )
