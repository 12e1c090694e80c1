"""A family's threads with several clinics of one practice, side by side."""

from pawline.inbox.tests.test_handing_off import act, open_one
from pawline.inbox.tests.two_clinics import employ_at_both, thread_elsewhere
from pawline.schedule.tests.scene import book, in_days
from tests.world import Caller, Json, World

OLDER = "Pixel limps"
NEWER = "May she come to you?"


async def beside(person: Caller, thread_id: str) -> Json:
    answer = await person.get(f"/threads/{thread_id}/beside")
    assert 200 == answer.status_code, answer.text
    return answer.json()["threads"]


async def begin(world: World) -> str:
    """Returns the thread at the other clinic, in which Olive has written last."""
    await world.olive.post_text(world.thread_id, OLDER)
    elsewhere = await thread_elsewhere(world)
    await world.olive.post_text(elsewhere, NEWER)
    return elsewhere


async def test_whoever_works_at_both_clinics_sees_both_threads_from_either(world: World) -> None:
    """C17: with state, last message, what is unread, title and who answers, as the queue has them."""
    elsewhere = await begin(world)
    await employ_at_both(world, world.nora)
    await act(world.hal, elsewhere, "take", seen=await open_one(world.hal, elsewhere))
    [there] = await beside(world.nora, world.thread_id)
    [here] = await beside(world.helen, elsewhere)
    queue = {row["thread_id"]: row for row in (await world.nora.get("/inbox", state="all")).json()["rows"]}

    assert (elsewhere, world.other_clinic_id, NEWER) == (
        there["row"]["thread_id"],
        there["row"]["clinic_id"],
        there["row"]["last_message"]["body"],
    )
    assert [1] == [each["seq"] for each in there["row"]["unread"]]
    assert world.hal.id == there["row"]["conversation"]["assignment"]["staff_id"]
    assert queue[elsewhere] == there["row"]
    assert (world.thread_id, "Hill Street", "America/New_York") == (
        here["row"]["thread_id"],
        here["clinic_name"],
        here["timezone"],
    )


async def test_nobody_learns_of_a_thread_that_they_may_not_see(world: World) -> None:
    """C17, I10: neither staff of one clinic, nor another practice, nor the family."""
    elsewhere = await begin(world)
    answers = [
        await world.hal.get(f"/threads/{world.thread_id}/beside"),
        await world.nora.get(f"/threads/{elsewhere}/beside"),
        await world.rita.get(f"/threads/{world.thread_id}/beside"),
        await world.olive.get(f"/threads/{world.thread_id}/beside"),
        await world.toby.get(f"/threads/{world.thread_id}/beside"),
    ]

    assert [404] * 5 == [each.status_code for each in answers]
    assert ([], []) == (await beside(world.nora, world.thread_id), await beside(world.hal, elsewhere))


async def test_basic_staff_see_the_other_thread_as_far_as_it_reaches_them(world: World) -> None:
    """C17, PPB-25, PPB-26: of two clinics only the one where the family is on their schedule today."""
    elsewhere = await begin(world)
    await employ_at_both(world, world.toby)
    bath = {"on_date": in_days(0), "staff_id": world.toby.id}
    await book(world, **bath)
    only_here = await beside(world.toby, world.thread_id)
    await book(world, by=world.helen, clinic_id=world.other_clinic_id, **bath)

    assert [] == only_here
    assert [elsewhere] == [each["row"]["thread_id"] for each in await beside(world.toby, world.thread_id)]


async def test_another_family_is_never_beside_it(world: World) -> None:
    """C17: what is shown is of this family alone, urgent or not."""
    await begin(world)
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    seen = await open_one(world.nora, world.other_thread_id)
    place = f"/threads/{world.other_thread_id}/conversations/{seen['id']}/urgency"
    assert 200 == (await world.nora.send("PUT", place, {"is_urgent": True})).status_code

    assert [world.family_id] == [each["row"]["family_id"] for each in await beside(world.helen, world.thread_id)]
    assert [] == await beside(world.helen, world.other_thread_id)
