"""Transcripts by e-mail, the list at the end of a clinic's day, and addresses that take no e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "endings"
down_revision = "triage"
branch_labels = None
depends_on = None

_WAITING = sa.text("state IN ('queued', 'sending')")


def upgrade() -> None:
    _create_transcript_mail()
    _create_day_end_notice()
    _create_day_end_choice()
    _create_mail_refusal()


def _create_transcript_mail() -> None:
    table = "transcript_mail"
    references = {"conversation_id": "conversation", "contact_id": "contact", "asked_by_id": "staff_member"}
    op.create_table(
        table,
        *_uuids("practice_id", "id", "thread_id", "conversation_id", "contact_id", "asked_by_id", "request_key"),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("up_to_seq", sa.BigInteger(), nullable=False),
        *_sending(table),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"],
            ["thread.practice_id", "thread.id"],
            name=op.f("fk_transcript_mail_practice_id_thread_id"),
            ondelete="CASCADE",
        ),
        *_references(table, references),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_transcript_mail")),
    )
    op.create_index("one_transcript_mail_per_request", table, ["practice_id", "asked_by_id", "request_key"], unique=True)
    op.create_index("ix_transcript_mail_waiting", table, ["next_attempt_at"], unique=False, postgresql_where=_WAITING)


def _create_day_end_notice() -> None:
    table = "day_end_notice"
    op.create_table(
        table,
        *_uuids("practice_id", "id", "clinic_id", "staff_id"),
        sa.Column("on_date", sa.Date(), nullable=False),
        *_sending(table),
        *_references(table, {"clinic_id": "clinic", "staff_id": "staff_member"}),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_day_end_notice")),
    )
    op.create_index("one_day_end_notice_per_day", table, ["practice_id", "clinic_id", "staff_id", "on_date"], unique=True)
    op.create_index("ix_day_end_notice_waiting", table, ["next_attempt_at"], unique=False, postgresql_where=_WAITING)
    op.execute("INSERT INTO notice_sweep (name, swept_until) VALUES ('day_ends', now())")


def _create_day_end_choice() -> None:
    op.create_table(
        "day_end_choice",
        *_uuids("practice_id", "staff_id"),
        sa.Column("is_mailed", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *_references("day_end_choice", {"staff_id": "staff_member"}),
        sa.PrimaryKeyConstraint("practice_id", "staff_id", name=op.f("pk_day_end_choice")),
    )


def _create_mail_refusal() -> None:
    op.create_table(
        "mail_refusal",
        *_uuids("practice_id", "contact_id"),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        *_references("mail_refusal", {"contact_id": "contact"}),
        sa.PrimaryKeyConstraint("practice_id", "contact_id", name=op.f("pk_mail_refusal")),
    )


def _uuids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _references(table: str, references: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["practice_id", column], [f"{target}.practice_id", f"{target}.id"], name=op.f(f"fk_{table}_practice_id_{column}")
        )
        for column, target in references.items()
    ]


def _sending(table: str) -> list[sa.Column[object] | sa.CheckConstraint]:
    """What every e-mail that waits has."""
    moment = sa.DateTime(timezone=True)
    return [
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", moment, nullable=False),
        sa.Column("next_attempt_at", moment, nullable=False),
        sa.Column("quiet_until", moment, nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("may_be_doubled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'skipped', 'failed')", name=op.f(f"ck_{table}_state_is_known")
        ),
    ]
