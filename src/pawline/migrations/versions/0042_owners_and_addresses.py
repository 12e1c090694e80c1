"""Push goes along with an owner from practice to practice: what a browser was told stays told."""

from alembic import op

from pawline.migrations.quietly import create_index

revision = "owners_and_addresses"
down_revision = "payments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_index("ix_push_told_subscription", "push_told", ["subscription_id"])
    _let_subscriptions_move()


def _let_subscriptions_move() -> None:
    """By its id alone a subscription is known at each practice."""
    op.create_unique_constraint("one_push_subscription_per_id", "push_subscription", ["id"])
    op.drop_constraint("fk_push_told_practice_id_subscription_id", "push_told", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_push_told_subscription_id"), "push_told", "push_subscription", ["subscription_id"], ["id"], ondelete="CASCADE"
    )
