"""Words to lines. What fpdf2 has for it measures a line anew with each letter, which makes minutes of a long transcript."""

from collections.abc import Callable, Iterator

Width = Callable[[str], float]
# Most words are shorter, and measured whole.
_LONG_WORD = 64


def break_lines(words: str, *, width_of: Width, longest: float) -> Iterator[str]:
    """``words`` in lines of at most ``longest``, in the unit of ``width_of``; line ends stay where they are."""
    space = width_of(" ")
    for paragraph in words.split("\n"):
        line: list[str] = []
        used = 0.0
        for word in _short_enough(paragraph.split(), width_of, longest):
            width = width_of(word)
            if line and used + space + width > longest:
                yield " ".join(line)
                line, used = [], 0.0
            used += width + (space if line else 0.0)
            line.append(word)
        yield " ".join(line)


def _short_enough(words: list[str], width_of: Width, longest: float) -> Iterator[str]:
    for word in words:
        rest = word
        # An address of the web, mostly, or a script without spaces.
        while len(rest) > _LONG_WORD or width_of(rest) > longest:
            fitting = _fitting(rest, width_of, longest)
            yield rest[:fitting]
            rest = rest[fitting:]
        if rest:
            yield rest


def _fitting(word: str, width_of: Width, longest: float) -> int:
    """How many letters fit, at least one. However long the word is, no more is measured than twice a line."""
    fits, beyond = 1, 2
    while beyond <= len(word) and width_of(word[:beyond]) <= longest:
        fits, beyond = beyond, 2 * beyond
    beyond = min(beyond, len(word) + 1)
    while beyond - fits > 1:
        middle = (fits + beyond) // 2
        if width_of(word[:middle]) <= longest:
            fits = middle
        else:
            beyond = middle
    return fits
