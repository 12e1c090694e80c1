"""What of a message can be searched for, and how what somebody types is read: whole words by their beginnings, accents aside."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

LONGEST_QUERY = 200
MOST_WORDS = 8
_SNIPPET_BEFORE, _SNIPPET = 50, 160
_MARKS = re.compile("[\u0300-\u036f]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\u2019]+")

# The practice is a word of each message, so that the index leads to its own messages only. Folded as ``_folded`` folds.
# Every cast is spelled out, as PostgreSQL repeats it: models and migrations are compared by these words.
MESSAGE_WORDS = r"""array_to_tsvector(ARRAY[practice_id::text]) || to_tsvector('simple'::regconfig, regexp_replace(
    regexp_replace(normalize(body, NFD), '[\u0300-\u036f]'::text, ''::text, 'g'::text),
    '[!-/:-@\[-`{-~\u2019]+'::text, ' '::text, 'g'::text))"""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message; ``is_hit``: it is what was searched for."""

    text: str
    is_hit: bool


def words_of(query: str) -> list[str]:
    """Lower case, without accents and punctuation; empty when there is nothing to search for."""
    return list(dict.fromkeys(_folded(query).lower().split()))[:MOST_WORDS]


def to_tsquery(practice_id: UUID, words: list[str]) -> str:
    """Messages of the practice with a word that begins with each of ``words``."""
    quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in words]
    return " & ".join([f"'{practice_id}'", *quoted])


def snippet(body: str, words: list[str]) -> list[Part]:
    """The part of a message around the first word that was found, in pieces."""
    hits = list(_hits(body, words))
    begin = max(0, hits[0][0] - _SNIPPET_BEFORE) if hits else 0
    if begin:
        begin = body.find(" ", begin, hits[0][0]) + 1 or begin
    end = min(len(body), begin + _SNIPPET)
    shown = [(max(first, begin), min(last, end)) for first, last in hits if first < end]
    return list(_pieces(body, shown, begin=begin, end=end))


def _pieces(body: str, hits: list[tuple[int, int]], *, begin: int, end: int) -> Iterator[Part]:
    if begin:
        yield Part("…", is_hit=False)
    place = begin
    for first, last in hits:
        if place < first:
            yield Part(body[place:first], is_hit=False)
        yield Part(body[first:last], is_hit=True)
        place = last
    if place < end:
        yield Part(body[place:end], is_hit=False)
    if end < len(body):
        yield Part("…", is_hit=False)


def _hits(body: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where words of ``body`` begin with one of ``words``: the first character and the one after the last."""
    folded, places = _fold_with_places(body)
    for match in re.finditer(r"\S+", folded):
        longest = max((len(word) for word in words if match.group().startswith(word)), default=0)
        if longest:
            yield places[match.start()], places[match.start() + longest - 1] + 1


def _fold_with_places(body: str) -> tuple[str, list[int]]:
    folded, places = "", list[int]()
    for place, character in enumerate(body):
        piece = _folded(character).lower()
        folded += piece
        places += [place] * len(piece)
    return folded, places


def _folded(text: str) -> str:
    return _PUNCTUATION.sub(" ", _MARKS.sub("", unicodedata.normalize("NFD", text)))
