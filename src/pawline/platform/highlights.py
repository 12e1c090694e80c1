"""What was found, in pieces: which parts of a text are what was searched for. The screen marks them; nothing here is HTML."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Fold = Callable[[str], str]
Hits = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; ``is_hit``: it is what was searched for."""

    text: str
    is_hit: bool


def mark(text: str, words: list[str], fold: Fold) -> list[Part]:
    """All of the text. ``fold`` is applied to one character at a time; ``words`` are folded already."""
    return list(pieces(text, hits(text, words, fold), begin=0, end=len(text)))


def mark_digits(text: str, digits: str) -> list[Part]:
    """All of a number as people write it, with ``digits`` marked across spaces and signs."""
    places = [place for place, character in enumerate(text) if character.isdigit()]
    at = "".join(text[place] for place in places).find(digits)
    found = [(places[at], places[at + len(digits) - 1] + 1)] if digits and at >= 0 else []
    return list(pieces(text, found, begin=0, end=len(text)))


def hits(text: str, words: list[str], fold: Fold) -> Hits:
    """Where words of ``text`` begin with one of ``words``: the first character and the one after the last."""
    folded, places = _fold_with_places(text, fold)
    found: Hits = []
    for match in re.finditer(r"\S+", folded):
        longest = max((len(word) for word in words if match.group().startswith(word)), default=0)
        if longest:
            found.append((places[match.start()], places[match.start() + longest - 1] + 1))
    return found


def pieces(text: str, found: Hits, *, begin: int, end: int) -> Iterator[Part]:
    """The part from ``begin`` to ``end``, with dots for what is left out. All of ``found`` lies within."""
    if begin:
        yield Part("…", is_hit=False)
    place = begin
    for first, last in found:
        if place < first:
            yield Part(text[place:first], is_hit=False)
        yield Part(text[first:last], is_hit=True)
        place = last
    if place < end:
        yield Part(text[place:end], is_hit=False)
    if end < len(text):
        yield Part("…", is_hit=False)


def _fold_with_places(text: str, fold: Fold) -> tuple[str, list[int]]:
    folded, places = "", list[int]()
    for place, character in enumerate(text):
        piece = fold(character)
        folded += piece
        places += [place] * len(piece)
    return folded, places
