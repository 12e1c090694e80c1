"""Staff members who are off duty, and e-mails about what was handed to several people at once."""

import sqlalchemy as sa
from alembic import op

revision = "duty"
down_revision = "team_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_off_duty()
    _let_hand_offs_have_several_notices()


def _create_off_duty() -> None:
    op.create_table(
        "off_duty",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_caught_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_off_duty_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", name=op.f("pk_off_duty")),
    )
    waiting = sa.text("NOT is_caught_up")
    op.create_index("ix_off_duty_to_catch_up", "off_duty", ["until"], unique=False, postgresql_where=waiting)


def _let_hand_offs_have_several_notices() -> None:
    # The release before this one has none here, and the hand-off's id as its own.
    op.add_column("hand_off_notice", sa.Column("hand_off_id", sa.Uuid(), nullable=True))
    op.drop_constraint(op.f("fk_hand_off_notice_practice_id_id"), "hand_off_notice", type_="foreignkey")
    op.create_foreign_key(
        op.f("fk_hand_off_notice_practice_id_hand_off_id"),
        "hand_off_notice",
        "hand_off",
        ["practice_id", "hand_off_id"],
        ["practice_id", "id"],
    )
    one = ["practice_id", "hand_off_id", "staff_id"]
    op.create_index("one_notice_per_hand_off_and_person", "hand_off_notice", one, unique=True)
    op.create_index("ix_hand_off_handed_at", "hand_off", ["at"], unique=False, postgresql_where=sa.text("act = 'handed'"))
    op.drop_index("ix_hand_off_at", "hand_off")
