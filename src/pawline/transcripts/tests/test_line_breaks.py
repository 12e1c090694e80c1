"""Breaking lines costs about as much as there is to print, whatever the words are."""

import pytest

from pawline.transcripts.line_breaks import break_lines

LONGEST = 80


class Ruler:
    """Each letter is one wide; it counts the letters that were measured."""

    def __init__(self) -> None:
        self.measured = 0

    def width_of(self, words: str) -> float:
        self.measured += len(words)
        return len(words)


def lines(words: str, ruler: Ruler | None = None) -> list[str]:
    return list(break_lines(words, width_of=(ruler or Ruler()).width_of, longest=LONGEST))


@pytest.mark.parametrize("word", ["W" * 10_000, "[?]" * 3_000])
def test_a_word_without_end_is_cut_without_measuring_it_again_and_again(word: str) -> None:
    ruler = Ruler()
    found = lines(word, ruler)

    assert word == "".join(found)
    assert {LONGEST} == {len(line) for line in found[:-1]}
    assert ruler.measured < 20 * len(word)


def test_a_long_word_stands_among_the_others() -> None:
    address = "https://northside.example/" + "a" * 100
    found = lines(f"See {address} for\nmore.")

    assert ["See", address[:LONGEST], f"{address[LONGEST:]} for", "more."] == found


def test_a_letter_that_is_wider_than_the_line_is_printed_all_the_same() -> None:
    assert ["W"] * 3 == list(break_lines("WWW", width_of=lambda words: 100.0 * len(words), longest=LONGEST))
    assert ["", ""] == lines(" \n")
