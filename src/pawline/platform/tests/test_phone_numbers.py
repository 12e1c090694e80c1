"""Numbers in any spelling become E.164 once."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat

from pawline.platform.errors import Invalid
from pawline.platform.phone_numbers import (
    format_for_people,
    is_fixed_line,
    is_textable,
    require_e164,
    time_zones_of,
    to_e164,
)


@pytest.mark.parametrize(
    ("spelling", "country", "number"),
    [
        ("07700 900123", "GB", "+447700900123"),
        ("+44 7700 900123", "GB", "+447700900123"),
        ("+44 (0)7700 900123", "US", "+447700900123"),
        ("0044 7700 900-123", "GB", "+447700900123"),
        ("011 44 7700 900123", "US", "+447700900123"),
        ("447700900123", "GB", "+447700900123"),
        ("\u0660\u0667\u0667\u0660\u0660\u0669\u0660\u0660\u0661\u0662\u0663", "GB", "+447700900123"),  # Arabic digits
        ("(888) 555-0142", "US", "+18885550142"),
        ("18885550142", "US", "+18885550142"),
        ("\uff0b1 888 555 0142", "GB", "+18885550142"),  # a full-width plus
        ("tel:+1-888-555-0142", "US", "+18885550142"),
        ("Olive: 888.555.0142", "CA", "+18885550142"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("020 7946 0018 ext. 5", "GB", "+442079460018"),
        ("+39 02 1234 5678", "US", "+390212345678"),  # the zero belongs to it
    ],
)
def test_any_spelling_becomes_e164(spelling: str, country: str, number: str) -> None:
    """PA-13: one number is one number, however it is written."""
    assert number == to_e164(spelling, country)


@pytest.mark.parametrize("number", ["+447700900123", "+12125550142", "+17295550100"])
def test_numbers_that_no_list_knows_are_not_refused(number: str) -> None:
    """D13: unknown is allowed. Reserved for fiction, or of an area code younger than the list."""
    assert number == to_e164(number, "US")
    assert is_textable(number)


@pytest.mark.parametrize(
    "junk",
    ["", "   ", "Pixel", "12", "999", "+", "+0", "0" * 300, "\x00", "07700 900123 / 07700 900456", "+999999999999999999"],
)
def test_what_cannot_be_a_number_is_none(junk: str) -> None:
    assert to_e164(junk, "US") is None
    assert to_e164(junk, "GB") is None


def test_a_number_that_only_works_in_its_own_town_is_none() -> None:
    assert to_e164("555-0142", "US") is None


def test_a_country_that_does_not_exist_only_helps_numbers_with_their_own() -> None:
    assert to_e164("212 555 0142", "XX") is None
    assert "+12125550142" == to_e164("+1 212 555 0142", "XX")


@given(st.text(max_size=40))
def test_whatever_is_typed_ends_as_e164_or_none(spelling: str) -> None:
    number = to_e164(spelling, "US")

    assert number is None or number == to_e164(number, "GB")


@given(st.sampled_from(["US", "CA", "GB", "FR", "DE", "IT", "AU", "MX"]), st.sampled_from(list(range(5))))
def test_every_way_of_writing_an_example_number_is_the_same_number(country: str, kind: int) -> None:
    """PA-13."""
    example = phonenumbers.example_number_for_type(country, kind) or phonenumbers.example_number(country)
    assert example is not None
    styles = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164, PhoneNumberFormat.RFC3966)
    spellings = [phonenumbers.format_number(example, style) for style in styles]

    assert {spellings[2]} == {to_e164(spelling, country) for spelling in spellings}


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(Invalid) as refused:
        require_e164("number", "555-0142", "US")

    assert "number" == refused.value.errors[0].field
    assert refused.value.detail == (
        "Number is not a phone number; write it with its area code, like (212) 555-0142, or with + and the country."
    )
    assert "+447700900123" == require_e164("number", "07700 900123", "GB")


def test_a_fixed_line_by_numbering_plan_is_not_textable() -> None:
    """D13: the British plan tells landlines apart; the North American one does not."""
    assert is_fixed_line("+442079460018")
    assert not is_textable("+442079460018")
    assert not is_fixed_line("+12125550142")
    assert not is_fixed_line("+447700900123")
    assert not is_fixed_line("+447911123456")


def test_a_number_marked_as_a_landline_by_a_carrier_is_not_textable() -> None:
    """D13: learned from the first result; unknown is allowed."""
    assert [True, False, True] == [is_textable("+12125550142", is_landline=known) for known in (None, True, False)]


def test_people_read_numbers_as_they_write_them() -> None:
    assert "(888) 555-0142" == format_for_people("+18885550142", "US")
    assert "(888) 555-0142" == format_for_people("+18885550142", "CA")
    assert "07700 900123" == format_for_people("+447700900123", "GB")
    assert "+44 7700 900123" == format_for_people("+447700900123", "US")
    assert "+1 888-555-0142" == format_for_people("+18885550142", "GB")


@pytest.mark.parametrize("sender", ["72727", "NORTHSIDE", ""])
def test_a_sender_that_is_no_number_is_shown_as_it_is(sender: str) -> None:
    assert sender == format_for_people(sender, "US")
    assert () == time_zones_of(sender)
    assert not is_fixed_line(sender)


def test_zones_follow_from_the_first_digits() -> None:
    assert ("America/New_York",) == time_zones_of("+12125550142")
    assert {"America/Adak", "America/Anchorage"} == set(time_zones_of("+19075550142"))
    assert "Europe/London" in time_zones_of("+447700900123")  # not on any list, yet British
    assert 30 < len(time_zones_of("+18885550142"))  # toll-free: all of North America
    assert () == time_zones_of("+80012345678")  # free to call from anywhere
