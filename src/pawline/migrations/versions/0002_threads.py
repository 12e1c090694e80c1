"""Threads: conversations, messages, attachments and read marks."""

import sqlalchemy as sa
from alembic import op

revision = "threads"
down_revision = "people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_threads()
    _create_conversations()
    _create_messages()
    _create_tags()
    _create_attachments()
    _create_read_marks()


def _create_threads() -> None:
    op.create_table(
        "thread",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_conversation_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "clinic_id"], ["clinic.practice_id", "clinic.id"], name=op.f("fk_thread_practice_id_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "family_id"], ["family.practice_id", "family.id"], name=op.f("fk_thread_practice_id_family_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_thread")),
        sa.UniqueConstraint("practice_id", "family_id", "clinic_id", name="one_thread_per_family_and_clinic"),
    )
    op.create_index("ix_thread_latest", "thread", ["practice_id", "last_message_at", "id"], unique=False)


def _create_conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("channel IN ('app')", name=op.f("ck_conversation_channel_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "ended_by_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_conversation_practice_id_ended_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "opened_by_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_conversation_practice_id_opened_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], name=op.f("fk_conversation_practice_id_thread_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_conversation")),
    )
    op.create_index("ix_conversation_thread", "conversation", ["practice_id", "thread_id", "opened_at"], unique=False)
    op.create_index(
        "one_open_app_conversation_per_thread",
        "conversation",
        ["practice_id", "thread_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND channel = 'app'"),
    )


def _create_messages() -> None:
    op.create_table(
        "message",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("author_kind", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("has_attachments", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("channel IN ('app')", name=op.f("ck_message_channel_is_known")),
        sa.CheckConstraint("kind IN ('text', 'note')", name=op.f("ck_message_kind_is_known")),
        sa.ForeignKeyConstraint(
            ["practice_id", "author_id"], ["person.practice_id", "person.id"], name=op.f("fk_message_practice_id_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "conversation_id"],
            ["conversation.practice_id", "conversation.id"],
            name=op.f("fk_message_practice_id_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], name=op.f("fk_message_practice_id_thread_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_revision", "message", ["practice_id", "thread_id", "revision"], unique=False)
    op.create_index("one_message_per_client_id", "message", ["practice_id", "author_id", "client_id"], unique=True)
    op.create_index("one_message_per_seq", "message", ["practice_id", "thread_id", "seq"], unique=True)


def _create_tags() -> None:
    op.create_table(
        "message_pet",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("pet_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_message_pet_practice_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "pet_id"], ["pet.practice_id", "pet.id"], name=op.f("fk_message_pet_practice_id_pet_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "message_id", "pet_id", name=op.f("pk_message_pet")),
    )


def _create_attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=False),
        sa.Column("upload_key", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("thumbnail_width", sa.Integer(), nullable=True),
        sa.Column("thumbnail_height", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "message_id"],
            ["message.practice_id", "message.id"],
            name=op.f("fk_attachment_practice_id_message_id"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], name=op.f("fk_attachment_practice_id_thread_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "uploader_id"],
            ["person.practice_id", "person.id"],
            name=op.f("fk_attachment_practice_id_uploader_id"),
        ),
        sa.PrimaryKeyConstraint("practice_id", "id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_message", "attachment", ["practice_id", "message_id"], unique=False)
    op.create_index(
        "ix_attachment_waiting", "attachment", ["created_at"], unique=False, postgresql_where=sa.text("message_id IS NULL")
    )
    op.create_index("one_attachment_per_upload_key", "attachment", ["practice_id", "uploader_id", "upload_key"], unique=True)


def _create_read_marks() -> None:
    op.create_table(
        "read_mark",
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("up_to_seq", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id", "person_id"], ["person.practice_id", "person.id"], name=op.f("fk_read_mark_practice_id_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id", "thread_id"], ["thread.practice_id", "thread.id"], name=op.f("fk_read_mark_practice_id_thread_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "thread_id", "person_id", name=op.f("pk_read_mark")),
    )
