"""Push goes along with an owner from practice to practice, and a staff member's new address waits to be confirmed."""

import sqlalchemy as sa
from alembic import op

from pawline.migrations.quietly import create_index

revision = "owners_and_addresses"
down_revision = "payments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_index("ix_push_told_subscription", "push_told", ["subscription_id"])
    _let_subscriptions_move()
    _create_staff_address_change()


def _let_subscriptions_move() -> None:
    """By its id alone a subscription is known at each practice, so that what a browser was told stays told."""
    op.create_unique_constraint("one_push_subscription_per_id", "push_subscription", ["id"])
    op.drop_constraint("fk_push_told_practice_id_subscription_id", "push_told", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_push_told_subscription_id"), "push_told", "push_subscription", ["subscription_id"], ["id"], ondelete="CASCADE"
    )


def _create_staff_address_change() -> None:
    op.create_table(
        "staff_address_change",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("old_email", sa.Text(), nullable=False),
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_staff_address_change_email_is_lower_case")),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_address_change_practice_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "asked_by_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_staff_address_change_practice_id_asked_by_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_staff_address_change")),
        sa.UniqueConstraint("link_hash", name="one_staff_address_change_per_link"),
    )
    op.create_index(
        "one_open_address_change_per_staff_member",
        "staff_address_change",
        ["practice_id", "staff_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NULL"),
    )
    op.create_index("ix_staff_address_change_expires_at", "staff_address_change", ["expires_at"])
