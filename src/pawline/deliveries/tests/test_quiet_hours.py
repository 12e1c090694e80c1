"""Automatic texts wait for the morning of whoever gets them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pawline.deliveries import quiet_hours
from pawline.deliveries.quiet_hours import next_allowed
from pawline.platform.phone_numbers import time_zones_of

NEW_YORK, LOS_ANGELES, TOLL_FREE, LONDON, ALASKA = "+12125550142", "+12135550142", "+18885550142", "+447700900123", "+19075550142"
WORLDWIDE = "+80012345678"


def in_new_york(hour: int, minute: int = 0, *, day: int = 10) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (in_new_york(7, 59), in_new_york(8)),
        (in_new_york(8), in_new_york(8)),
        (in_new_york(20, 59), in_new_york(20, 59)),
        (in_new_york(21), in_new_york(8, day=11)),
        (in_new_york(0), in_new_york(8)),
    ],
)
def test_a_neighbour_gets_automatic_texts_from_eight_to_nine(at: datetime, allowed: datetime) -> None:
    """C6: quiet hours in the recipient's zone, which is the clinic's if the number may be there."""
    assert allowed == next_allowed(at, contact_number=NEW_YORK, clinic_zone="America/New_York")


def test_a_number_from_elsewhere_waits_for_its_own_morning() -> None:
    assert in_new_york(11) == next_allowed(in_new_york(8), contact_number=LOS_ANGELES, clinic_zone="America/New_York")
    assert in_new_york(23) == next_allowed(in_new_york(23), contact_number=LOS_ANGELES, clinic_zone="America/New_York")


def test_a_number_of_several_zones_has_to_be_awake_in_all_of_them() -> None:
    """907 is Anchorage or, an hour behind, Adak."""
    at = datetime(2026, 6, 10, 8, tzinfo=ZoneInfo("America/Anchorage"))

    assert at + timedelta(hours=1) == next_allowed(at, contact_number=ALASKA, clinic_zone="America/New_York")
    assert at == next_allowed(at, contact_number=ALASKA, clinic_zone="America/Anchorage")


def test_a_number_of_the_whole_country_is_taken_to_be_where_the_clinic_is() -> None:
    assert in_new_york(8) == next_allowed(in_new_york(6), contact_number=TOLL_FREE, clinic_zone="America/New_York")


def test_a_number_that_tells_nothing_follows_the_clinic() -> None:
    assert in_new_york(8) == next_allowed(in_new_york(6), contact_number=WORLDWIDE, clinic_zone="America/New_York")


def test_so_does_one_that_has_day_in_all_its_zones_at_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def far_apart(_: str) -> tuple[str, ...]:
        return ("Pacific/Honolulu", "Europe/Athens", "America/Sao_Paulo")

    monkeypatch.setattr(quiet_hours, "time_zones_of", far_apart)

    assert in_new_york(8) == next_allowed(in_new_york(6), contact_number=WORLDWIDE, clinic_zone="America/New_York")


def test_british_summer_time_begins_at_night_and_the_morning_is_still_eight() -> None:
    saturday_night = datetime(2026, 3, 28, 22, tzinfo=UTC)

    assert datetime(2026, 3, 29, 7, tzinfo=UTC) == next_allowed(
        saturday_night, contact_number=LONDON, clinic_zone="Europe/London"
    )


NUMBERS = st.sampled_from([NEW_YORK, LOS_ANGELES, TOLL_FREE, LONDON, ALASKA, WORLDWIDE, "+17095550142", "+61491570006"])
MINUTES = 5 * 365 * 24 * 60
MOMENTS = st.integers(0, MINUTES).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))
ZONES = st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc")))


@settings(max_examples=150)
@given(MOMENTS, NUMBERS, ZONES)
def test_never_at_night_never_earlier_and_never_put_off_again(at: datetime, number: str, clinic_zone: str) -> None:
    allowed = next_allowed(at, contact_number=number, clinic_zone=clinic_zone)
    candidates = [clinic_zone] if clinic_zone in time_zones_of(number) or number == WORLDWIDE else time_zones_of(number)

    assert at <= allowed <= at + timedelta(days=2)
    assert all(8 <= allowed.astimezone(ZoneInfo(zone)).hour < 21 for zone in candidates)
    assert allowed == next_allowed(allowed, contact_number=number, clinic_zone=clinic_zone)
    assert allowed.tzinfo is UTC
