"""The fixed words of reminders, and days and times as the country writes them."""

import re
from datetime import UTC, datetime

import pytest

from pawline.consent.keywords import Keyword, read_keyword
from pawline.reminders.wordings import APPOINTMENT, DUE, day_of, time_of

AT = datetime(2026, 7, 1, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize("words", [DUE, APPOINTMENT])
def test_who_writes_comes_first_and_how_to_stop_last(words: str) -> None:
    assert words.startswith("{clinic}: ")
    assert words.endswith(" Reply STOP to opt out.")


@pytest.mark.parametrize("words", [DUE, APPOINTMENT])
def test_no_other_answer_is_asked_for_that_means_something_to_a_carrier(words: str) -> None:
    """C19: CANCEL and END would stop texts, YES would start them."""
    asked = re.findall(r"Reply (\w+)", words)

    assert {Keyword.STOP, None} >= {read_keyword(word, is_out=True) for word in asked}
    assert [] == [word for word in asked if word in ("CANCEL", "END", "YES", "QUIT")]


@pytest.mark.parametrize(
    ("zone", "country", "expected"),
    [
        ("America/New_York", "US", ("Wednesday, July 1", "12:05 PM")),
        ("America/Vancouver", "CA", ("Wednesday, July 1", "9:05 AM")),
        ("Europe/London", "GB", ("Wednesday 1 July", "17:05")),
    ],
)
def test_days_and_times(zone: str, country: str, expected: tuple[str, str]) -> None:
    assert expected == (day_of(AT, zone=zone, country=country), time_of(AT, zone=zone, country=country))


def test_midnight_and_noon() -> None:
    hours = [datetime(2026, 7, 1, hour, 0, tzinfo=UTC) for hour in (0, 12)]

    assert ["12:00 AM", "12:00 PM"] == [time_of(at, zone="UTC", country="US") for at in hours]
