"""What of a message can be searched for, and how what somebody types is read: whole words by their beginnings, accents aside."""

from uuid import UUID

from pawline.platform.highlights import Part, hits, pieces
from pawline.platform.text import without_accents
from pawline.platform.word_index import PUNCTUATION, quote

LONGEST_QUERY = 200
MOST_WORDS = 8
_SNIPPET_BEFORE, _SNIPPET = 50, 160

# The practice is a word of each message, so that the index leads to its own messages only. Folded as ``_folded`` folds.
# Every cast is spelled out, as PostgreSQL repeats it: models and migrations are compared by these words.
MESSAGE_WORDS = r"""array_to_tsvector(ARRAY[practice_id::text]) || to_tsvector('simple'::regconfig, regexp_replace(
    regexp_replace(normalize(body, NFD), '[\u0300-\u036f]'::text, ''::text, 'g'::text),
    '[!-/:-@\[-`{-~\u2019]+'::text, ' '::text, 'g'::text))"""


def words_of(query: str) -> list[str]:
    """Lower case, without accents and punctuation; empty when there is nothing to search for."""
    return list(dict.fromkeys(_folded(query).split()))[:MOST_WORDS]


def message_query(practice_id: UUID, words: list[str]) -> str:
    """Messages of the practice with a word that begins with each of ``words``.

    What the practice's own id begins with is found as a whole word only: as a beginning it would find every message.
    """
    practice = str(practice_id)
    wanted = [quote(word) if practice.startswith(word) else f"{quote(word)}:*" for word in words]
    return " & ".join([quote(practice), *wanted])


def snippet(body: str, words: list[str]) -> list[Part]:
    """The part of a message around the first word that was found, in pieces."""
    found = hits(body, words, _folded)
    begin = max(0, found[0][0] - _SNIPPET_BEFORE) if found else 0
    if begin:
        begin = body.find(" ", begin, found[0][0]) + 1 or begin
    end = min(len(body), begin + _SNIPPET)
    shown = [(max(first, begin), min(last, end)) for first, last in found if first < end]
    return list(pieces(body, shown, begin=begin, end=end))


def _folded(text: str) -> str:
    return PUNCTUATION.sub(" ", without_accents(text)).lower()
