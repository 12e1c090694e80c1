"""Finding things by the beginnings of the words in their names, or by some digits of a number, with an index.

The practice is a word of each row, so that the index leads to its own rows only, without an extension of PostgreSQL. A sign
stands before it that no typed word has, so that nobody finds every row by the first digits of its id.
"""

import re
from uuid import UUID

from pawline.platform.text import without_accents

MOST_WORDS = 8
LEAST_DIGITS = 3
FAMILY = "family"
_LONGEST_NUMBER, _TELLING_DIGITS = 15, 9
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\u2019]+")
# Letters that no normal form takes apart.
_LETTERS, _PLAIN = "ØøŁłĐđ", "oolldd"
_PLAIN_LETTERS = str.maketrans(_LETTERS, _PLAIN)
_NOT_A_NUMBER = re.compile(r"[^\d\s+().\-/]")


def sql_words(column: str) -> str:
    """For a generated column: the words of a name but "family", folded as ``words_in`` folds them.

    Every cast is spelled out, as PostgreSQL repeats it: models and migrations are compared by these words.
    """
    return rf"""array_to_tsvector(array_remove(array_remove(ARRAY['='::text || practice_id::text] || string_to_array(
    regexp_replace(lower(translate(regexp_replace(normalize({column}, NFD), '[\u0300-\u036f]'::text, ''::text, 'g'::text),
    '{_LETTERS}'::text, '{_PLAIN}'::text)), '[\s!-/:-@\[-`{{-~\u2019]+'::text, ' '::text, 'g'::text), ' '::text), ''::text),
    '{FAMILY}'::text))"""


def sql_digits(column: str) -> str:
    """For a generated column: all ends of a number, each of which begins with some digits of it. Also of one typed by hand."""
    digits = rf"regexp_replace(COALESCE({column}, ''::text), '\D'::text, ''::text, 'g'::text)"
    ends = ", ".join(f"substr({digits}, {place})" for place in range(1, _LONGEST_NUMBER + 2 - LEAST_DIGITS))
    return f"array_to_tsvector(array_remove(ARRAY['='::text || practice_id::text, {ends}], ''::text))"


def words_in(text: str) -> list[str]:
    """Lower case, without accents and punctuation; empty when there is nothing to search for."""
    return list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]


def fold(text: str) -> str:
    plain = without_accents(text).translate(_PLAIN_LETTERS)
    return PUNCTUATION.sub(" ", plain).lower()


def digits_in(text: str) -> str:
    """Of a number or a part of one, in any spelling; empty for anything else.

    Zeros before it lead out of the country or the town. The country's code may have been typed and not be on file, or the other
    way round: the last nine digits are enough to tell.
    """
    if _NOT_A_NUMBER.search(text):
        return ""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))[-_TELLING_DIGITS:]
    shortened = digits.lstrip("0")
    return shortened if len(shortened) >= LEAST_DIGITS else digits if len(digits) >= LEAST_DIGITS else ""


def to_tsquery(practice_id: UUID, words: list[str]) -> str:
    """Rows of the practice with a word that begins with each of ``words``."""
    return " & ".join([f"'={practice_id}'", *(f"{quote(word)}:*" for word in words)])


def quote(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
