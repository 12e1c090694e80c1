"""Letting conversations sleep: they leave everybody's queue, and come back by themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from pawline.inbox.snooze_times import build_choices, wake_at
from pawline.inbox.snoozing import wake_due
from pawline.inbox.tests.scene import inbox, row_of
from pawline.inbox.tests.triage_scene import mark_urgent, path_of, queue, triage
from pawline.platform import clock
from pawline.practices.weekly_hours import ClinicHoursRules, Span, WeeklyHours
from tests.world import Json, World

ZONE = "America/New_York"


@pytest.fixture
def later() -> Iterator[None]:
    """The clock is set right again."""
    yield
    clock.set_clock(None)


async def test_a_sleeping_conversation_is_in_nobodys_queue_until_its_time(world: World, later: None) -> None:
    """V2P+7: put off until later. It stands under those that sleep, with whoever let it; then it is back above newer ones."""
    await world.olive.post_text(world.thread_id, "Limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    asleep = await _snooze(world, hours=2)
    seen = [await queue(world.nora), await queue(world.vane), await queue(world.vane, state="snoozed")]
    waiting = await queue(world.vane, state="waiting")

    assert [["Sato"], ["Sato"], ["Hart"]] == seen
    assert ["Sato"] == waiting
    assert "Nora Ames" == asleep["triage"]["snoozed_by_name"]
    assert None is (await world.olive.thread(world.thread_id))["conversations"][0]["triage"]

    now = clock.now() + timedelta(hours=2, minutes=1)
    clock.set_clock(lambda: now)
    assert ["Sato", "Hart"] == await queue(world.vane), "by the clock alone, whether or not the worker runs"
    revision = (await world.vane.thread(world.thread_id))["revision"]
    await wake_due(world.product.database)
    [conversation] = (await world.vane.get(f"/threads/{world.thread_id}/changes", after=revision)).json()["conversations"]
    triaged = conversation["triage"]
    assert (None, None) == (triaged["snoozed_until"], triaged["snoozed_by_name"])
    assert None is not triaged["back_at"]
    assert ["Hart", "Sato"] == await queue(world.vane), "back on top"
    await mark_urgent(world.nora, world.other_thread_id)
    assert ["Sato", "Hart"] == await queue(world.vane), "below what is urgent"

    now += timedelta(minutes=1)
    await world.nora.post_text(world.thread_id, "Bring Pixel in")
    await wake_due(world.product.database)
    assert None is (await row_of(world.nora, world.thread_id))["conversation"]["triage"], "the team has answered"


async def test_the_family_wakes_it_at_once(world: World) -> None:
    """PPB-20: whatever a family writes is on top, however long the conversation should have slept."""
    await world.olive.post_text(world.thread_id, "Limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await _snooze(world, hours=2)
    await world.nora.post_text(world.thread_id, "We will call you")
    still_asleep = await queue(world.nora)
    await world.olive.post_text(world.thread_id, "Worse!")

    assert ["Sato"] == still_asleep
    assert ["Hart", "Sato"] == await queue(world.nora)
    assert [] == await queue(world.nora, state="snoozed")
    awake = (await row_of(world.nora, world.thread_id))["conversation"]["triage"]
    assert {None} == {awake[each] for each in ("snoozed_until", "snoozed_seq", "snoozed_by_name")}, "before the worker comes by"

    await wake_due(world.product.database)
    assert None is (await row_of(world.nora, world.thread_id))["conversation"]["triage"]


async def test_what_the_family_wrote_before_the_click_arrived_does_not_sleep(world: World) -> None:
    """PPB-20, V2P+7: Nora's screen had not shown it yet; a screen cannot have seen more than there is."""
    await world.olive.post_text(world.thread_id, "Limping")
    seen_seq = (await row_of(world.nora, world.thread_id))["last_seq"]
    await world.olive.post_text(world.thread_id, "Worse!")
    await _snooze(world, hours=2, seen_seq=seen_seq)
    missed = await queue(world.nora)
    await wake_due(world.product.database)
    assert None is (await row_of(world.nora, world.thread_id))["conversation"]["triage"]
    await _snooze(world, hours=2, seen_seq=1000)
    asleep = await queue(world.nora)
    await world.olive.post_text(world.thread_id, "Are you there?")

    assert [["Hart"], [], ["Hart"]] == [missed, asleep, await queue(world.nora)]


async def test_through_a_merge_the_later_time_counts(world: World) -> None:
    """V2P+7: two that sleep become one that sleeps as long as the longer of them, and the family still wakes it at once."""
    await world.olive.post_text(world.thread_id, "Limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await world.kim.post_text(world.other_thread_id, "Twice")
    await _snooze(world, hours=2)
    longer = await _snooze(world, hours=5, thread_id=world.other_thread_id)
    merged = await world.ada.send("POST", f"/families/{world.family_id}/merge", {"source_family_id": world.other_family_id})
    await wake_due(world.product.database)
    asleep = [await queue(world.nora), await queue(world.nora, state="snoozed")]
    [kept] = [each for each in (await world.nora.thread(world.thread_id))["conversations"] if each["ended_at"] is None]
    await world.kim.post_text(world.thread_id, "Worse!")

    assert merged.is_success, merged.text
    assert [[], ["Hart"]] == asleep
    assert longer["triage"]["snoozed_until"] == kept["triage"]["snoozed_until"]
    assert [["Hart"], []] == [await queue(world.nora), await queue(world.nora, state="snoozed")]


async def test_a_merge_puts_nothing_to_sleep_that_waits(world: World) -> None:
    """V2P+7, PPB-20: the family of the other one waits for an answer, so the one that goes on is awake."""
    await world.olive.post_text(world.thread_id, "Limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await _snooze(world, hours=2)
    await world.ada.send("POST", f"/families/{world.family_id}/merge", {"source_family_id": world.other_family_id})

    assert [["Hart"], []] == [await queue(world.nora), await queue(world.nora, state="snoozed")]


async def test_one_alone_sleeps_on_through_a_merge(world: World) -> None:
    """V2P+7: the other thread had nothing open; what the family wrote there long before wakes nobody."""
    for body in ("Mochi sneezes", "Twice", "Thank you"):
        await world.kim.post_text(world.other_thread_id, body)
    path = await path_of(world.nora, world.other_thread_id)
    assert (await world.nora.send("POST", f"{path}/end")).is_success
    await world.olive.post_text(world.thread_id, "Limping")
    await _snooze(world, hours=2)
    await world.ada.send("POST", f"/families/{world.family_id}/merge", {"source_family_id": world.other_family_id})
    asleep = await queue(world.nora, state="snoozed")
    await world.olive.post_text(world.thread_id, "Worse!")

    assert (["Hart"], []) == (asleep, await queue(world.nora, state="snoozed"))


async def test_one_that_starts_again_neither_sleeps_nor_is_urgent(world: World) -> None:
    """ADR 10: whatever ends a conversation ends what was set down with it."""
    await world.olive.post_text(world.thread_id, "Limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await mark_urgent(world.nora, world.thread_id)
    await _snooze(world, hours=2)
    path = await path_of(world.nora, world.thread_id)
    await world.nora.send("POST", f"{path}/end")
    restarted = await triage(world.nora, "POST", f"{path}/restart")

    assert None is restarted["triage"]
    assert ["Sato", "Hart"] == await queue(world.nora)


async def test_an_urgent_one_that_sleeps_lifts_nothing(world: World) -> None:
    """It is above again when the family wakes it."""
    await world.olive.post_text(world.thread_id, "Limping")
    await mark_urgent(world.nora, world.thread_id)
    await _snooze(world, hours=2)
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    asleep = await queue(world.nora, state="all")
    await world.olive.post_text(world.thread_id, "Worse!")
    await world.kim.post_text(world.other_thread_id, "Again")

    assert ["Sato", "Hart"] == asleep
    assert ["Hart", "Sato"] == await queue(world.nora, state="all")


async def test_whoever_has_to_answer_one_that_sleeps_finds_it(world: World) -> None:
    """PA-20, V2P+8: handed on, taken and marked as urgent it is awake."""
    await world.olive.post_text(world.thread_id, "Limping")
    path, key = await path_of(world.nora, world.thread_id), {"Idempotency-Key": str(uuid4())}
    at_once = {"seen_revision": 2**40}
    found: list[tuple[list[str], int]] = []
    await _snooze(world, hours=2)
    handed = await world.nora.send("POST", f"{path}/hand-off", {**at_once, "staff_id": world.vane.id}, headers=key)
    assert handed.is_success, handed.text
    found.append((await queue(world.vane, state="handed_to_me"), (await inbox(world.vane))["handed_to_me"]))
    await _snooze(world, hours=2)
    await triage(world.nora, "POST", f"{path}/take", body=at_once)
    found.append((await queue(world.nora, state="mine"), (await inbox(world.nora))["mine"]))
    await _snooze(world, hours=2)
    await mark_urgent(world.nora, world.thread_id)
    found.append((await queue(world.nora), (await inbox(world.nora))["mine"]))

    assert [(["Hart"], 1)] * 3 == found


async def test_it_can_be_undone_and_counts_for_nobody_meanwhile(world: World) -> None:
    await world.olive.post_text(world.thread_id, "Limping")
    path = await path_of(world.nora, world.thread_id)
    await triage(world.nora, "POST", f"{path}/take", body={"seen_revision": 2**40})
    counts = [await _counts(world)]
    await _snooze(world, hours=2)
    counts.append(await _counts(world))
    await triage(world.vane, "POST", f"{path}/wake")
    counts.append(await _counts(world))

    assert [(1, 0), (0, 1), (1, 0)] == counts
    assert ["Hart"] == await queue(world.nora)


async def test_only_a_time_to_come_is_taken_and_only_where_somebody_waits(world: World) -> None:
    """Table 2.6, I10: the inbox is of senior staff; outsiders find nothing."""
    await world.olive.post_text(world.thread_id, "Limping")
    path = f"{await path_of(world.nora, world.thread_id)}/snooze"
    times = {name: _wall_clock(timedelta(days=days)) for name, days in (("past", -1), ("tomorrow", 1), ("far", 400))}
    refused = (times["past"], times["far"], "0001-01-01T00:00:00", "9999-12-31T23:00:00")
    answers = [(await world.nora.send("POST", path, {"wall_clock": each})).status_code for each in refused]
    outsiders = [
        (await world.callers[name].send("POST", path, {"wall_clock": times["tomorrow"]})).status_code
        for name in ("toby", "rita", "olive", "hal")
    ]
    choices = (await world.nora.get(f"{path}-choices")).json()
    await world.nora.send("POST", path.replace("/snooze", "/end"))
    ended = await world.nora.send("POST", path, {"wall_clock": times["tomorrow"]})

    assert [422] * 4 == answers
    assert [403, 404, 404, 404] == outsiders
    assert {"tomorrow"} <= {each["id"] for each in choices["choices"]}
    assert 409 == ended.status_code


MONDAY_MORNING = datetime(2026, 3, 2, 14, 20, tzinfo=UTC)  # 9:20 in New York


def test_the_morning_is_when_the_clinic_opens_and_eight_where_it_does_not() -> None:
    rules = ClinicHoursRules(WeeklyHours({1: (Span(time(7, 30), time(18)),)}), ZONE)
    choices = {each.id: each.wall_clock.isoformat()[:16] for each in build_choices(rules, MONDAY_MORNING).choices}

    assert {"later_today": "2026-03-02T12:30", "tomorrow": "2026-03-03T07:30", "next_week": "2026-03-09T08:00"} == choices


def test_the_morning_of_a_clinic_that_is_open_over_midnight() -> None:
    late = dict.fromkeys(range(7), (Span(time(7), time(12)), Span(time(14), time(2))))
    always = WeeklyHours({})
    [_, tomorrow, _] = build_choices(ClinicHoursRules(WeeklyHours(late), ZONE), MONDAY_MORNING).choices
    [_, round_the_clock, _] = build_choices(ClinicHoursRules(always, ZONE), MONDAY_MORNING).choices

    assert ["07:00", "08:00"] == [f"{each.wall_clock:%H:%M}" for each in (tomorrow, round_the_clock)]


def test_late_at_night_there_is_no_later_today() -> None:
    late = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)  # 22:30 on Monday in New York
    choices = build_choices(ClinicHoursRules(WeeklyHours({}), ZONE), late).choices

    assert ["tomorrow", "next_week"] == [each.id for each in choices]


def test_on_a_sunday_next_week_is_tomorrow() -> None:
    sunday = datetime(2026, 3, 8, 18, tzinfo=UTC)
    choices = build_choices(ClinicHoursRules(WeeklyHours({}), ZONE), sunday).choices

    assert ["later_today", "tomorrow"] == [each.id for each in choices]


def test_times_on_the_wall_hold_over_the_change_of_clocks() -> None:
    """Saturday's eight o'clock is 13:00 UTC, Sunday's 12:00; a quarter past two does not come on that Sunday."""
    wall = [datetime.fromisoformat(f"2026-03-{each}") for each in ("07T08:00", "08T08:00", "08T02:15")]

    assert [(7, 13), (8, 12), (8, 7)] == [((at := wake_at(ZONE, each)).day, at.hour) for each in wall]


async def _counts(world: World) -> tuple[int, int]:
    counts = await inbox(world.nora)
    return counts["mine"], counts["snoozed"]


async def _snooze(world: World, *, hours: int, thread_id: str = "", **values: int) -> Json:
    path = await path_of(world.nora, thread_id or world.thread_id)
    return await triage(world.nora, "POST", f"{path}/snooze", body={"wall_clock": _wall_clock(timedelta(hours=hours)), **values})


def _wall_clock(ahead: timedelta) -> str:
    return (clock.now() + ahead).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, microsecond=0).isoformat()
