"""Words that act by themselves, and wishes that staff are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawline.consent.keywords import Keyword, is_wish_to_stop, read_keyword

STOPS = (
    "STOP",
    "STOPALL",
    "STOP ALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
    "OPT-OUT",
    "OPT OUT",
    "REMOVE",
    "ARRET",
    "ARR\u00caT",
)
AROUND = st.text(
    st.sampled_from(list(" \t\n.,!?'\"()[]*-_/\u2019\u201c\u201d\u00ab\u00bb\u2026\u00a0\u200b\ufeff\u2014")), max_size=5
)


@given(st.sampled_from(STOPS), AROUND, AROUND, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_stop_in_any_dress_is_stop(word: str, before: str, after: str, in_case: type[str]) -> None:
    """D9, V2P-81: case, quotes, punctuation and space around it do not matter."""
    assert read_keyword(before + in_case(word) + after) is Keyword.STOP


@given(st.sampled_from(["START", "UNSTOP"]), AROUND, AROUND)
def test_start_opts_in_whatever_was_before(word: str, before: str, after: str) -> None:
    """D9."""
    assert read_keyword(before + word.lower() + after) is Keyword.START


@pytest.mark.parametrize("word", ["HELP", "info", " Help! "])
def test_help_asks_for_help(word: str) -> None:
    """D9."""
    assert read_keyword(word) is Keyword.HELP


def test_yes_opts_in_only_who_is_out() -> None:
    """D9: otherwise it answers a question."""
    assert read_keyword("Yes.", is_out=True) is Keyword.START
    assert read_keyword("Yes.") is None


@pytest.mark.parametrize(
    "word", ["\u00abArr\u00eat\u00bb", "arre\u0302t", "\uff33\uff34\uff2f\uff30", "opt\u2011out", "stop  all", "st\u00ado\u200bp"]
)
def test_other_spellings_of_the_same_letters(word: str) -> None:
    """D9: accents made of two characters, wide letters, other hyphens, characters nobody sees."""
    assert read_keyword(word) is Keyword.STOP


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "...",
        "Stop. Thank you",
        "please don't text me",
        "Don't stop",
        "Can I cancel?",
        "the end",
        "Yes please",
        "Start at 9?",
        "I need help",
        "nonstop",
        "S T O P",
        "stopall now",
        "\U0001f6d1",
    ],
)
def test_only_the_whole_message_is_a_keyword(text: str) -> None:
    """D9."""
    assert read_keyword(text, is_out=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "Stop. Thank you",
        "please stop",
        "STOP!!! please",
        "Stop \U0001f64f",
        "Please stop texting me",
        "stop sending me these messages",
        "Stop all the texts",
        "please don't text me",
        "Please don\u2019t text me anymore",
        "Do not contact me again.",
        "don't send me any more reminders",
        "quit texting me",
        "I don't want any more texts",
        "I no longer wish to receive messages",
        "No more messages please",
        "wrong number",
        "You have the wrong number, I have no dog",
        "take me off your list",
        "Remove my number from your system",
        "lose my number",
        "leave me alone",
        "unsubscribe me",
        "How do I opt out of this",
        "no mas",
        "No m\u00e1s mensajes, por favor",
        "no me escriban",
        "Deje de enviar mensajes",
        "N\u00famero equivocado",
        "arr\u00eatez de m'\u00e9crire",
        "Mauvais num\u00e9ro",
        "plus de messages svp",
    ],
)
def test_a_wish_to_stop_in_free_text_is_no_keyword_and_is_noticed(text: str) -> None:
    """D9, table 2.4: flagged to staff, nothing more. Other wording counts under 47 CFR 64.1200(a)(10)."""
    assert is_wish_to_stop(text)
    assert read_keyword(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pixel won't stop vomiting",
        "When should I stop the tablets?",
        "Should I stop giving the antibiotics",
        "don't stop texting me the updates!",
        "I didn't unsubscribe, did I?",
        "The bus stop is right by the clinic",
        "Can you text me the address?",
        "I did not get your message",
        "Please cancel",
        "cancel thanks",
        "I want to cancel Pixel's appointment",
        "At the end of the week",
        "Thanks, ok",
        "no mas vomito",
        "Is that the number of the night clinic?",
        "He has no more fleas",
        "Can he quit the cone now",
        "Please remove the stitches on Monday",
        "I don't want to wait until Monday",
        "Never mind",
        "My number is 212 555 0142",
    ],
)
def test_talk_about_a_pet_is_no_wish_to_stop(text: str) -> None:
    """D9: doubtful ones are left to whoever reads them."""
    assert not is_wish_to_stop(text)


@given(st.text(max_size=400))
def test_any_text_can_be_asked_about(text: str) -> None:
    keyword = read_keyword(text, is_out=True)

    assert keyword is None or isinstance(keyword, Keyword)
    assert is_wish_to_stop(text) in (True, False)
