"""The inbox is of the team of a clinic, senior staff and above."""

import uuid

from pawline.inbox.tests.scene import families_in_order, inbox
from tests.world import World


async def test_senior_staff_and_above_see_the_threads_of_their_clinics(world: World) -> None:
    people = (world.nora, world.vane, world.ada, world.helen)
    in_queue = [set(await families_in_order(person)) for person in people]
    in_search = [{family["name"] for family in (await person.get("/families")).json()["families"]} for person in people]

    assert [{"Hart family", "Sato family"}] * 4 == in_queue == in_search
    assert [True] * 4 == [(await person.get("/session")).json()["can_use_inbox"] for person in people]


async def test_staff_of_another_clinic_and_practice_see_their_own(world: World) -> None:
    """I10: hal works elsewhere in the practice, rita for another; neither sees a row of this clinic."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    seen = [(await families_in_order(person), (await inbox(person))["unread_threads"]) for person in (world.hal, world.rita)]

    assert [([], 0), (["Berg family"], 0)] == seen


async def test_basic_staff_have_no_inbox(world: World) -> None:
    """I10: not the queue, not the search, not the tab."""
    answers = [
        await world.toby.http.get(path) for path in ("/inbox", "/inbox?state=all&q=Pixel", "/families", "/families?q=Pixel")
    ]

    assert [403] * 4 == [answer.status_code for answer in answers]
    assert not (await world.toby.get("/session")).json()["can_use_inbox"]


async def test_to_families_and_strangers_there_is_no_inbox(world: World) -> None:
    """I10: it looks like a page that does not exist."""
    browsers = [world.callers[name].http for name in ("olive", "omar", "otto", "kim", "rolf", "stranger")]
    nowhere = await world.olive.get(f"/threads/{uuid.uuid4()}")
    answers = [await browser.get(path) for browser in browsers for path in ("/inbox", "/families", "/families?q=Pixel")]

    assert {(404, nowhere.content)} == {(answer.status_code, answer.content) for answer in answers}


async def test_a_clinic_of_others_is_like_one_that_does_not_exist(world: World) -> None:
    """I10: asking for it by its id gives nothing away."""
    answers = [
        await person.get("/inbox", clinic_id=clinic_id)
        for person, clinic_id in (
            (world.nora, world.other_clinic_id),
            (world.nora, world.riverside_clinic_id),
            (world.rita, world.clinic_id),
            (world.nora, str(uuid.uuid4())),
        )
    ]

    assert [404] * 4 == [answer.status_code for answer in answers]
    assert 1 == len({answer.content for answer in answers})


async def test_one_of_several_clinics_can_be_chosen(world: World) -> None:
    here = await families_in_order(world.helen, clinic_id=world.clinic_id)
    there = await families_in_order(world.helen, clinic_id=world.other_clinic_id)

    assert ({"Hart family", "Sato family"}, []) == (set(here), there)
