"""Segments: the pieces that a text travels in, and by which carriers bill and pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# 3GPP TS 23.038, 6.2.1: the default alphabet, one septet each. 6.2.1.1: its extension table, an escape and a septet.
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("^{}\\[~]|€\f")

# What phones and word processors put in by themselves, and what people would type. Letters stay: they are somebody's name.
PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\u02b9\u00b4\u0060", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2022\u00b7\u25cf\u25aa", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " ")
    | dict.fromkeys("\u2028\u2029", "\n")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
    | {"\u2026": "...", "\u2044": "/", "\u00d7": "x"}
)


@dataclass(frozen=True, slots=True)
class Segments:
    """``units``: septets, or 16-bit units in UCS-2. ``forcing``: the characters to blame for UCS-2, each with its plain
    replacement or None, in the order in which they first stand in the text."""

    encoding: Literal["gsm7", "ucs2"]
    units: int
    count: int
    forcing: list[tuple[str, str | None]]


def count_segments(text: str) -> Segments:
    """How many segments ``text`` needs; none for an empty text.

    GSM-7: 160 septets alone, 153 each when split. Any other character turns all of it to UCS-2: 70, then 67 units.
    Neither an escape with its character nor a surrogate pair is cut in two. Source: 3GPP TS 23.038 and, for the header of
    split texts, 23.040, 9.2.3.24.1.
    """
    forcing = list(dict.fromkeys(character for character in text if not _is_gsm(character)))
    if forcing:
        widths = [2 if ord(character) > 0xFFFF else 1 for character in text]
        blamed = [(character, PLAIN.get(ord(character))) for character in forcing]
        return Segments("ucs2", sum(widths), _split(widths, alone=70, each=67), blamed)
    widths = [2 if character in GSM_EXTENSION else 1 for character in text]
    return Segments("gsm7", sum(widths), _split(widths, alone=160, each=153), [])


def plain(text: str) -> str:
    """``text`` with typographic characters as they are typed on a plain keyboard."""
    return text.translate(PLAIN)


def _is_gsm(character: str) -> bool:
    return character in GSM_BASIC or character in GSM_EXTENSION


def _split(widths: Iterable[int], *, alone: int, each: int) -> int:
    widths = list(widths)
    if sum(widths) <= alone:
        return 1 if widths else 0
    count, filled = 1, 0
    for width in widths:
        if filled + width > each:
            count, filled = count + 1, 0
        filled += width
    return count
