from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from pawline.demo.casting import SEED, build_northside, build_riverside
from pawline.demo.dialogue import read_dialogues, read_line, read_open_dialogues
from pawline.demo.hours import is_open
from pawline.demo.pictures import PICTURES
from pawline.demo.year import tell_year
from pawline.threads.history import PastMessage

SUNDAY_NIGHT = datetime(2026, 7, 5, 6, 0, tzinfo=UTC)
CLOCKS_GO_BACK = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
LEAP_DAY = datetime(2028, 2, 29, 17, 0, tzinfo=UTC)


@cache
def messages_until(start: datetime) -> list[PastMessage]:
    threads = [
        thread
        for practice in (build_northside(start), build_riverside(start))
        for thread in tell_year(practice, start, seed=SEED)
    ]
    return [message for thread in threads for conversation in thread.past.conversations for message in conversation.messages]


def test_line_says_who_how_and_when() -> None:
    line = read_line("nurse note photo=paw +90m: Look at this: a paw.")

    assert ("nurse", "Look at this: a paw.", timedelta(minutes=90), "paw") == (line.voice, line.text, line.gap, line.photo)
    assert line.is_note
    assert not line.is_deleted


@pytest.mark.parametrize("line", ["somebody: Hello", "nurse quickly: Hello", "nurse +4x: Hello"])
def test_line_that_means_nothing_is_refused(line: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_line(line)


def test_the_family_to_play_has_paid_once_and_is_asked_once_more() -> None:
    """PA-18: whoever opens the demo finds both, and can pay."""
    told = [each for thread in tell_year(build_northside(LEAP_DAY), LEAP_DAY, seed=SEED) for each in thread.payments]

    assert [(45_00, True), (18_50, False)] == [(each.amount_minor, each.paid_at is not None) for each in told]
    assert all(each.paid_at is None or each.asked_at < each.paid_at < LEAP_DAY for each in told)


def test_there_are_many_dialogues_and_their_photos_exist() -> None:
    dialogues = [*read_dialogues(), *(found.dialogue for found in read_open_dialogues())]

    assert len(dialogues) >= 45
    assert set(PICTURES) == {line.photo for dialogue in dialogues for line in dialogue.lines if line.photo}


@pytest.mark.parametrize("start", [SUNDAY_NIGHT, CLOCKS_GO_BACK, LEAP_DAY])
def test_any_start_gives_a_whole_year(start: datetime) -> None:
    messages = messages_until(start)

    assert 3_000 <= len(messages) <= 4_000
    assert start > max(message.written_at for message in messages)
    assert len(messages) == len({message.id for message in messages}) == len({message.client_id for message in messages})


def test_no_gap_is_left_unfilled() -> None:
    odd = [message.body for message in messages_until(LEAP_DAY) if set(message.body) & set("{}[]|")]

    assert [] == odd


def test_staff_write_in_opening_hours_except_right_now() -> None:
    old = [found for found in messages_until(LEAP_DAY) if found.written_at < LEAP_DAY - timedelta(days=2)]

    assert [] == [message for message in old if message.author.kind == "staff" and not is_open(message.written_at)]


def test_nobody_writes_about_a_pet_after_its_goodbye() -> None:
    northside = build_northside(LEAP_DAY)
    dead = {pet.id: pet.died_at for household in northside.households for pet in household.pets if pet.died_at}
    late = [
        message
        for message in messages_until(LEAP_DAY)
        for pet_id in message.pet_ids
        if pet_id in dead and message.written_at > dead[pet_id] + timedelta(days=14)
    ]

    assert 1 == len(dead)
    assert [] == late
