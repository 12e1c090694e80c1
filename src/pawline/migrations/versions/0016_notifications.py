"""Who is told of unread messages: e-mails after three minutes, and notifications of browsers."""

import sqlalchemy as sa
from alembic import op

revision = "notifications"
down_revision = "schedule"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("mails_show_words", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    _create_unread_notice()
    _create_mail_opt_out()
    _create_push_subscription()
    _create_push_told()
    _create_notice_sweep()


def _create_unread_notice() -> None:
    op.create_table(
        "unread_notice",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
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
            "state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name=op.f("ck_unread_notice_state_is_known")
        ),
        sa.CheckConstraint("up_to_seq >= first_seq", name=op.f("ck_unread_notice_burst_is_not_empty")),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_unread_notice_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_unread_notice_practice_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_unread_notice")),
    )
    op.create_index(
        "one_notice_per_unread_burst", "unread_notice", ["practice_id", "thread_id", "contact_id", "first_seq"], unique=True
    )
    op.create_index(
        "ix_unread_notice_waiting",
        "unread_notice",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_index("ix_unread_notice_quiet_until", "unread_notice", ["quiet_until"], unique=False)


def _create_mail_opt_out() -> None:
    op.create_table(
        "mail_opt_out",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "contact_id"],
            ["contact.practice_id", "contact.id"],
            name=op.f("fk_mail_opt_out_practice_id_contact_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "contact_id", name=op.f("pk_mail_opt_out")),
    )


def _create_push_subscription() -> None:
    op.create_table(
        "push_subscription",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("endpoint_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser_key", sa.LargeBinary(), nullable=False),
        sa.Column("browser_secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "session_id"],
            ["login_session.practice_id", "login_session.id"],
            name=op.f("fk_push_subscription_practice_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint_hash", name="one_push_subscription_per_endpoint"),
    )
    op.create_index("one_push_subscription_per_session", "push_subscription", ["practice_id", "session_id"], unique=True)


def _create_push_told() -> None:
    op.create_table(
        "push_told",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("up_to_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "subscription_id"],
            ["push_subscription.practice_id", "push_subscription.id"],
            name=op.f("fk_push_told_practice_id_subscription_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_push_told_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("practice_id", "subscription_id", "thread_id", name=op.f("pk_push_told")),
    )


def _create_notice_sweep() -> None:
    op.create_table(
        "notice_sweep",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("swept_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_notice_sweep")),
    )
    # Nobody is told of what was written before there were such e-mails.
    op.execute("INSERT INTO notice_sweep (name, swept_until) VALUES ('unread', now())")
