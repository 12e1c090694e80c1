"""Indexes for filters and searches that few threads match."""

import sqlalchemy as sa

from pawline.migrations.quietly import create_index, replace_index

revision = "quick_filters"
down_revision = "duty"
branch_labels = None
depends_on = None


def upgrade() -> None:
    replace_index("ix_message_created", "message", ["practice_id", "created_at", "id"], postgresql_include=["thread_id"])
    _create_indexes_of_conversations()
    create_index("ix_pet_species", "pet", ["practice_id", sa.text("lower(species)")])
    create_index("ix_person_staff", "person", ["practice_id", "id"], postgresql_where=sa.text("kind = 'staff'"))
    create_index(
        "ix_read_mark_person",
        "read_mark",
        ["practice_id", "person_id", "thread_id"],
        postgresql_include=["up_to_seq", "marked_unread_seq"],
    )


def _create_indexes_of_conversations() -> None:
    replace_index(
        "ix_conversation_assignee",
        "conversation",
        ["practice_id", "assignee_id", "ended_at"],
        postgresql_where=sa.text("assignee_id IS NOT NULL"),
    )
    create_index("ix_conversation_channel", "conversation", ["practice_id", "channel", "ended_at"])
    create_index("ix_conversation_urgent", "conversation", ["practice_id"], postgresql_where=sa.text("urgent_at IS NOT NULL"))
    create_index("ix_conversation_opened_by", "conversation", ["practice_id", "opened_by_id"])
