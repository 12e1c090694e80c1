"""Checking what people type into fields."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from pawline.platform.errors import Invalid

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MARKS = re.compile("[\u0300-\u036f]")
# Letters that no normal form takes apart, and the apostrophe that phones write.
_LETTERS, _PLAIN = "ØøŁłĐđ\u2019", "oolldd'"
_FOLDED = str.maketrans(_LETTERS, _PLAIN)
MOST_WORDS = 8


def require_storable(field: str, value: str) -> None:
    """Refuse what no text column can hold: NUL and halves of surrogate pairs."""
    if _UNSTORABLE.search(value):
        raise Invalid.field(field, "contains a character that cannot be stored; remove it and try again")


def clean_line(field: str, value: str, *, longest: int = 120) -> str:
    """One line without space around it; neither empty nor longer than ``longest`` characters."""
    require_storable(field, value)
    value = " ".join(value.split())
    if not value:
        raise Invalid.field(field, "is empty; fill it in")
    if len(value) > longest:
        raise Invalid.field(field, f"is longer than {longest} characters; shorten it")
    return value


def like_pattern(field: str, query: str) -> str:
    """For ILIKE: what the person typed, anywhere in the name, taken literally."""
    require_storable(field, query)
    escaped = query.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def without_accents(text: str) -> str:
    """In any spelling of Unicode; ø, ł and đ stay as they are, for no normal form takes them apart."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text))


def sql_folded(expression: str) -> str:
    """Lower case without accents, in plain SQL, for what ``word_beginnings`` are looked for in."""
    without_marks = f"regexp_replace(normalize({expression}, NFD), '[\\u0300-\\u036f]', '', 'g')"
    plain = _PLAIN.replace("'", "''")
    return f"lower(translate({without_marks}, '{_LETTERS}', '{plain}'))"


def word_beginnings(field: str, query: str) -> list[str]:
    """A pattern for each word typed, for ``~ ALL``: a word of the folded name begins with it, taken literally."""
    require_storable(field, query)
    folded = without_accents(query).translate(_FOLDED).lower()
    return [rf"(^|[\s'(/.-]){re.escape(word)}" for word in folded.split()[:MOST_WORDS]]


def clean_email(field: str, value: str) -> str:
    """The address in lower case, as it is stored and looked up."""
    require_storable(field, value)
    try:
        return validate_email(value.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid.field(field, "is not an e-mail address; write it like name@example.org") from error
