"""The demo has somebody to see on whichever day it is opened, and however long it has stood by then."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pawline.demo.diary import diary_kept
from pawline.platform.clock import set_clock
from tests.demo.scratch import START, Scratch

FOR_TOBY = """
SELECT a.on_date, count(*), bool_or(t.open_conversation_id IS NOT NULL) FROM appointment a
JOIN person p ON p.id = a.staff_id AND p.name = 'Toby Reyes'
JOIN thread t ON t.family_id = a.family_id AND t.clinic_id = a.clinic_id
WHERE a.status <> 'cancelled' AND a.on_date >= '{}' GROUP BY a.on_date ORDER BY a.on_date
"""
SUNDAY = date(2026, 11, 22)


async def toby_from(scratch: Scratch, day: date) -> list[tuple[date, int, bool]]:
    return [(row[0], row[1], row[2]) for row in await scratch.rows(FOR_TOBY.format(day))]


async def test_the_groomer_sees_two_families_every_day_and_one_of_them_is_writing(demo: Scratch) -> None:
    days = await toby_from(demo, START.date())

    assert SUNDAY in [day for day, _, _ in days]
    assert [START.date() + timedelta(days=offset) for offset in range(10)] == [day for day, _, _ in days]
    assert {(2, True)} == {(count, has_a_writer) for _, count, has_a_writer in days}


async def test_a_demo_that_stood_has_a_day_of_its_own_after_midnight_and_after_weeks(empty: Scratch) -> None:
    """What was there stays, and a second look books nothing twice."""
    await empty.fill()
    counts = [await empty.count("appointment")]
    for later in (timedelta(hours=18), timedelta(days=40)):
        moment = START + later
        for _ in range(2):
            await stand(empty, moment)
            counts.append(await empty.count("appointment"))
        today = moment.astimezone(ZoneInfo("America/New_York")).date()
        assert (today, 2, True) == (await toby_from(empty, today))[0]

    filled, first, again, weeks, weeks_again = counts
    assert filled < first == again < weeks == weeks_again


async def stand(scratch: Scratch, moment: datetime) -> None:
    """As when the demo starts at that moment."""
    set_clock(lambda: moment)
    try:
        async with diary_kept(scratch.url):
            pass
    finally:
        set_clock(None)
