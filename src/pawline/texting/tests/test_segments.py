"""How many segments a text is billed as, and which character is to blame."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pawline.texting.segments import GSM_BASIC, GSM_EXTENSION, count_segments, plain

PAW = "\U0001f43e"
CYRILLIC = "\u0436"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("", "gsm7", 0, 0),
        ("a" * 160, "gsm7", 160, 1),
        ("a" * 161, "gsm7", 161, 2),
        ("a" * 306, "gsm7", 306, 2),
        ("a" * 307, "gsm7", 307, 3),
        ("€" * 80, "gsm7", 160, 1),
        ("€" * 81, "gsm7", 162, 2),
        ("a" * 152 + "€" + "a" * 10, "gsm7", 164, 2),
        ("a" * 152 + "€" + "a" * 152, "gsm7", 306, 3),  # the escape and its character stay together
        ("é" * 160, "gsm7", 160, 1),
        (PAW * 35, "ucs2", 70, 1),
        (PAW * 36, "ucs2", 72, 2),
        (CYRILLIC * 70, "ucs2", 70, 1),
        (CYRILLIC * 71, "ucs2", 71, 2),
        ("a" * 66 + PAW + "b" * 10, "ucs2", 78, 2),
        ("a" * 66 + PAW + "b" * 66, "ucs2", 134, 3),  # no surrogate pair is cut
    ],
)
def test_known_lengths(text: str, encoding: str, units: int, count: int) -> None:
    counted = count_segments(text)

    assert (encoding, units, count) == (counted.encoding, counted.units, counted.count)


CHARACTERS = st.sampled_from([*sorted(GSM_BASIC), *sorted(GSM_EXTENSION)])
ANY_CHARACTER = st.one_of(CHARACTERS, st.sampled_from(["\u2019", CYRILLIC, PAW, "\U0001f469"]))
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=500),
    st.text(ANY_CHARACTER, max_size=300),
    st.tuples(st.integers(60, 320), st.text(st.sampled_from(["a", "€", PAW]), max_size=8)).map(lambda it: "a" * it[0] + it[1]),
)


@given(TEXTS)
@example("a" * 153 + "€" * 77)
def test_as_many_as_a_carrier_really_makes(text: str) -> None:
    counted, parts = count_segments(text), split(text)

    assert len(parts) == counted.count
    assert text == "".join(parts)


def split(text: str) -> list[str]:
    """The parts of a text as they go on air, made by packing characters until the next one does not fit. Shares no code."""
    pages = {**dict.fromkeys(GSM_BASIC, b"."), **dict.fromkeys(GSM_EXTENSION, b"\x1b.")}
    is_narrow = not set(text) - set(pages)
    coded = [pages[character] if is_narrow else character.encode("utf-16-le") for character in text]
    whole, part = (160, 153) if is_narrow else (140, 134)
    room = whole if len(b"".join(coded)) <= whole else part
    parts: list[str] = []
    left = 0
    for character, code in zip(text, coded, strict=True):
        if len(code) > left:
            parts.append("")
            left = room
        parts[-1] += character
        left -= len(code)
    return parts


def test_the_characters_to_blame_are_named_once_in_their_order_with_what_to_type_instead() -> None:
    counted = count_segments(f"Pixel\u2019s results \u2014 all fine \u2026 she\u2019s {PAW}")

    assert [("\u2019", "'"), ("\u2014", "-"), ("\u2026", "..."), (PAW, None)] == counted.forcing
    assert [] == count_segments("Pixel's bill: 20 € [paid]").forcing


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("\u201cPixel\u201d \u2018Olive\u2019", "\"Pixel\" 'Olive'"),
        ("10\u201312 \u2212 5 \u2010 \u2011 \u2015", "10-12 - 5 - - -"),
        ("Wait\u2026", "Wait..."),
        ("5\u00a0kg,\u202f2\u2009pm\tsharp", "5 kg, 2 pm sharp"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("\u2022 food", "- food"),
        ("one\u2028two", "one\ntwo"),
        ("`code`", "'code'"),
        ("Zo\u00eb and Fran\u00e7ois " + PAW, "Zo\u00eb and Fran\u00e7ois " + PAW),  # a name stays a name
    ],
)
def test_plain_is_what_a_plain_keyboard_types(typed: str, instead: str) -> None:
    assert instead == plain(typed)


@given(st.text(max_size=200))
def test_plain_text_has_nothing_left_to_replace(text: str) -> None:
    once = plain(text)

    assert once == plain(once)
    assert {None} >= {replacement for _, replacement in count_segments(once).forcing}


def test_one_curly_quote_more_than_doubles_the_bill_and_plain_undoes_it() -> None:
    text = "It" + "\u2019" + "s ready. " + "a" * 140

    assert 3 == count_segments(text).count
    assert 1 == count_segments(plain(text)).count


def test_the_alphabet_has_128_places() -> None:
    """3GPP TS 23.038: 127 characters and the escape."""
    assert (127, 9) == (len(GSM_BASIC), len(GSM_EXTENSION) - 1)
