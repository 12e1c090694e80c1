"""Segments a text is billed and paced by. The carrier counts for itself: it would not trust the product either."""

import math

# 3GPP TS 23.038, the default alphabet and its extension table.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")


def count_segments(text: str) -> int:
    """At least 1: a picture without words is a segment too."""
    if all(character in _BASIC or character in _EXTENSION for character in text):
        units = sum(2 if character in _EXTENSION else 1 for character in text)
        return _split(units, alone=160, each=153)
    return _split(len(text.encode("utf-16-le")) // 2, alone=70, each=67)


def _split(units: int, *, alone: int, each: int) -> int:
    return 1 if units <= alone else math.ceil(units / each)
