"""Whom notes call, and e-mails to them; who opened which thread, and what appointments were before they changed."""

import sqlalchemy as sa
from alembic import op

revision = "eyes"
down_revision = "finding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_mention()
    _create_mention_notice()
    _create_records()
    _create_appointment_past()
    only_on_duty = sa.Column("only_on_duty", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("push_subscription", only_on_duty)


def _create_mention() -> None:
    op.create_table(
        "mention",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"], ["message.practice_id", "message.id"], name=op.f("fk_mention_practice_id_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_mention_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "message_id", "staff_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_made", "mention", ["made_at"], unique=False)
    op.create_index("ix_mention_staff", "mention", ["practice_id", "staff_id", "message_id"], unique=False)
    op.create_index(
        "ix_mention_unseen", "mention", ["practice_id", "staff_id"], unique=False, postgresql_where=sa.text("seen_at IS NULL")
    )


def _create_mention_notice() -> None:
    op.create_table(
        "mention_notice",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("up_to_seq", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("may_be_doubled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name=op.f("ck_mention_notice_state_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_mention_notice_practice_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_mention_notice_practice_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_mention_notice_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_mention_notice")),
    )
    op.create_index(
        "ix_mention_notice_waiting",
        "mention_notice",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_index("one_notice_per_mention", "mention_notice", ["practice_id", "message_id", "staff_id"], unique=True)

    op.execute("INSERT INTO notice_sweep (name, swept_until) VALUES ('mentions', now())")


def _create_records() -> None:
    op.create_table(
        "record_since",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_record_since")),
    )
    op.create_table(
        "thread_opened",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "person_id"], ["person.practice_id", "person.id"], name=op.f("fk_thread_opened_practice_id_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_thread_opened_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("practice_id", "thread_id", "on_date", "person_id", name=op.f("pk_thread_opened")),
    )
    op.create_table(
        "deleted_read",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_deleted_read_practice_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_deleted_read_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "message_id", "on_date", "staff_id", name=op.f("pk_deleted_read")),
    )
    op.execute("INSERT INTO record_since (name, since) VALUES ('reading', now())")


def _create_appointment_past() -> None:
    op.create_table(
        "appointment_past",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "appointment_id"],
            ["appointment.practice_id", "appointment.id"],
            name=op.f("fk_appointment_past_practice_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "staff_id"],
            ["staff_member.practice_id", "staff_member.id"],
            name=op.f("fk_appointment_past_practice_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_appointment_past")),
    )
    op.create_index(
        "ix_appointment_past_appointment", "appointment_past", ["practice_id", "appointment_id", "until"], unique=False
    )
