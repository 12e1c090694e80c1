"""Families, people, pets and files are found by words of their names, numbers by some of their digits."""

from alembic import op

revision = "finding"
down_revision = "endings"
branch_labels = None
depends_on = None

# Written out, because a migration does not change with the code: platform/word_index.py has it as of today.
WORDS = r"""array_to_tsvector(array_remove(array_remove(ARRAY['=' || practice_id::text] || string_to_array(
    regexp_replace(lower(translate(regexp_replace(normalize({column}, NFD), '[\u0300-\u036f]', '', 'g'), 'ØøŁłĐđ', 'oolldd')),
    '[\s!-/:-@\[-`{-~\u2019]+', ' ', 'g'), ' '), ''), 'family'))"""
END = r"substr(regexp_replace(COALESCE({column}, ''), '\D', '', 'g'), {place})"
ENDS = ", ".join(END.replace("{place}", str(place)) for place in range(1, 14))
DIGITS = f"array_to_tsvector(array_remove(ARRAY['=' || practice_id::text, {ENDS}], ''))"
NAMES = {"family": "name", "person": "name", "pet": "name", "attachment": "file_name"}


def upgrade() -> None:
    for table, column in NAMES.items():
        _add(table, "words", WORDS.replace("{column}", column), index=f"ix_{table}_words")
    _add("contact", "email_words", WORDS.replace("{column}", "email"), index="ix_contact_email_words")
    _add("contact", "phone_digits", DIGITS.replace("{column}", "phone"), index="ix_contact_phone_digits")
    _add("contact_number", "digits", DIGITS.replace("{column}", "number"), index="ix_contact_number_digits")


def _add(table: str, column: str, expression: str, *, index: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} tsvector GENERATED ALWAYS AS ({expression}) STORED NOT NULL")
    op.create_index(index, table, [column], unique=False, postgresql_using="gin")
