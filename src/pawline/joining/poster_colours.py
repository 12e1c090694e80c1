"""The colours of a poster. Contrast as WCAG 2.2 counts it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

from typing import NamedTuple

OWN_BRAND = "#0f6f66"
_READABLE = 4.5


class Colour(NamedTuple):
    """0 to 255 each."""

    red: int
    green: int
    blue: int


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)


def read_colour(spelled: str) -> Colour:
    """``spelled``: #rrggbb."""
    return Colour(*bytes.fromhex(spelled.removeprefix("#")))


def ink_on(ground: Colour) -> Colour:
    """White where it can be read, else black: one of the two always reaches 4.5 to 1."""
    return WHITE if contrast(ground, WHITE) >= _READABLE else BLACK


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
