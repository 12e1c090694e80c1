"""What basic staff answer and see no more goes back to the queue by itself."""

import asyncio
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pawline.inbox.out_of_sight import return_unseen_now
from pawline.inbox.tests.test_handing_off import act, begin, lines, open_one
from pawline.platform import clock
from pawline.reach.tests.scene import next_midnight, set_zone, zone_before_midnight
from pawline.schedule.tests.scene import book, cancel, changed, today
from tests.world import Json, World


async def look(world: World, *, at: datetime | None = None) -> None:
    """Of several workers that look at the same moment one gives it back."""
    if at is not None:
        clock.set_clock(lambda: at)
    await asyncio.gather(*(return_unseen_now(world.product.database) for _ in range(3)))


async def answered_by(world: World) -> str | None:
    return (await open_one(world.nora, world.thread_id))["assignment"]["staff_id"]


async def handed_to_toby(world: World) -> Json:
    return await act(world.nora, world.thread_id, "hand-off", seen=await begin(world), staff_id=world.toby.id)


async def test_what_was_handed_over_comes_back_when_the_day_ends(world: World) -> None:
    """C16, PPB-33: at the clinic's midnight, once, on every screen, with a line for the team that says whose day is over."""
    zone = zone_before_midnight()
    await set_zone(world, zone)
    await handed_to_toby(world)
    await look(world)
    before = await answered_by(world)
    seen = (await world.vane.thread(world.thread_id))["revision"]
    await look(world, at=next_midnight(zone))
    missed = (await world.vane.get(f"/threads/{world.thread_id}/changes", after=seen)).json()
    await look(world)

    assert (world.toby.id, None) == (before, await answered_by(world))
    assert [None] == [each["assignment"]["staff_id"] for each in missed["conversations"]]
    assert ["Toby Reyes's day is over, so this conversation is back in the queue"] == (await lines(world.nora, world.thread_id))[
        1:
    ]


async def test_a_worker_that_was_away_catches_up(world: World) -> None:
    """C16: also days later."""
    await handed_to_toby(world)
    later = clock.now() + timedelta(days=3)
    await look(world, at=later)
    clock.set_clock(None)

    assert await answered_by(world) is None


async def test_who_has_the_family_on_the_next_day_too_goes_on(world: World) -> None:
    """PPB-25, C16: and whoever has the inbox is asked for no appointment."""
    zone = zone_before_midnight()
    await set_zone(world, zone)
    tomorrow = next_midnight(zone).astimezone(ZoneInfo(zone)).date()
    handed = await handed_to_toby(world)
    await book_toby(world, tomorrow)
    await look(world, at=next_midnight(zone))
    by_toby = await answered_by(world)
    await act(world.toby, world.thread_id, "hand-off", seen=handed, staff_id=world.vane.id)
    await look(world)

    assert (world.toby.id, world.vane.id) == (by_toby, await answered_by(world))


async def book_toby(world: World, on_date: date) -> Json:
    return await book(world, on_date=on_date.isoformat(), at="23:30", minutes=15, staff_id=world.toby.id)


async def test_what_they_took_comes_back_without_the_appointment(world: World) -> None:
    """PPB-34, C16: at once, cancelled or given to a colleague."""
    seen = await begin(world)
    first = await book_toby(world, today())
    await act(world.toby, world.thread_id, "take", seen=seen)
    await look(world)
    taken = await answered_by(world)
    await cancel(world, first)
    await look(world)
    cancelled = await answered_by(world)
    second = await book_toby(world, today())
    await act(world.toby, world.thread_id, "take", seen=await open_one(world.nora, world.thread_id))
    await changed(world, second, staff_id=world.vane.id)
    await look(world)

    words = "Toby Reyes no longer has this family on their schedule, so this conversation is back in the queue"
    assert (world.toby.id, None, None) == (taken, cancelled, await answered_by(world))
    assert [words, words] == (await lines(world.ada, world.thread_id))[1::2]
