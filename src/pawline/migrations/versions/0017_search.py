"""Messages can be searched."""

from alembic import op

revision = "search"
down_revision = "notifications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written out, because a migration does not change with the code: threads/search_words.py has it as of today.
    op.execute(
        r"""
        ALTER TABLE message ADD COLUMN words tsvector GENERATED ALWAYS AS (
            array_to_tsvector(ARRAY[CAST(practice_id AS text)]) || to_tsvector('simple', regexp_replace(
                regexp_replace(normalize(body, NFD), '[\u0300-\u036f]', '', 'g'), '[!-/:-@\[-`{-~\u2019]+', ' ', 'g'))
        ) STORED NOT NULL
        """
    )
    op.create_index("ix_message_words", "message", ["words"], unique=False, postgresql_using="gin")
    op.create_index("ix_message_created", "message", ["practice_id", "created_at", "id"], unique=False)
