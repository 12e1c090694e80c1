"""Handing what a family wants to another clinic of the practice, which goes on in a thread of its own."""

import asyncio
import json

from pawline.inbox.tests.scene import inbox
from pawline.inbox.tests.test_beside import beside
from pawline.inbox.tests.test_handing_off import act, ask, begin, counts, lines, open_one
from pawline.inbox.tests.two_clinics import connect_elsewhere, employ_at_both, text_elsewhere, thread_elsewhere
from pawline.threads.tests.test_notes import seen_by_family
from tests.texting_scene import set_texting
from tests.world import Caller, Json, World

NOTE = "Bring the X-ray of May"
SAID = "Pixel is limping"


async def hand_over(world: World, person: Caller, seen: Json) -> Json:
    return await act(person, world.thread_id, "hand-off", seen=seen, clinic_id=world.other_clinic_id, note=NOTE)


async def only_row(person: Caller) -> Json:
    [row] = (await inbox(person))["rows"]
    return row


async def test_the_other_clinic_gets_the_matter_in_a_thread_of_its_own(world: World) -> None:
    """PA-20, PA-21, C17: with the note, for everybody there; the first clinic sees where it went, and can take it back."""
    seen = await begin(world)
    await connect_elsewhere(world)
    choices = (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()
    async with world.hal.live() as live:
        handed = await hand_over(world, world.nora, seen)
        frame = await live.next("changes")
    row = await only_row(world.hal)
    there = await world.hal.thread(row["thread_id"])
    taken = await act(world.nora, world.thread_id, "take", seen=handed)

    assert [(world.other_clinic_id, "Harbour")] == [(each["clinic_id"], each["name"]) for each in choices["elsewhere"]]
    assert (world.other_clinic_id, row["thread_id"]) == (frame["clinic_id"], frame["thread_id"])
    assert (world.other_clinic_id, "Nora Ames") == (handed["assignment"]["clinic_id"], handed["assignment"]["by_name"])
    assert [f"Nora Ames of Hill Street handed this to everybody at Harbour: {NOTE}"] == [
        each["body"] for each in there["messages"]
    ]
    assert [world.clinic_id] == [each["other_clinic_id"] for each in there["messages"]]
    assert ((0, 1), (0, 0)) == (await counts(world.hal), await counts(world.vane))
    assert [f"Nora Ames handed this to Harbour: {NOTE}", "Nora Ames took this conversation"] == await lines(
        world.vane, world.thread_id
    )
    assert world.nora.id == taken["assignment"]["staff_id"]
    assert (0, 1) == await counts(world.hal), "what is there now is theirs to answer, whatever becomes of it here"


async def test_nothing_of_what_was_written_goes_over(world: World) -> None:
    """C17, I9, I10: neither words nor the title; who may see both threads finds the way, and the family learns nothing."""
    seen = await begin(world)
    titled = f"/threads/{world.thread_id}/conversations/{seen['id']}"
    assert 200 == (await world.nora.send("PATCH", titled, {"title": "Owes for May"})).status_code
    await connect_elsewhere(world)
    await employ_at_both(world, world.vane)
    await hand_over(world, world.nora, await open_one(world.nora, world.thread_id))
    elsewhere = (await only_row(world.hal))["thread_id"]
    everything = json.dumps([await inbox(world.hal), await world.hal.thread(elsewhere)])

    assert [] == [word for word in (SAID, "Owes for May") if word in everything]
    assert (404, 404) == (
        (await world.hal.get(f"/threads/{world.thread_id}")).status_code,
        (await world.nora.get(f"/threads/{elsewhere}")).status_code,
    )
    assert ([world.thread_id], []) == (
        [each["row"]["thread_id"] for each in await beside(world.vane, elsewhere)],
        await beside(world.hal, elsewhere),
    )
    told = await seen_by_family(world.olive, world.thread_id) + await seen_by_family(world.olive, elsewhere)
    assert [] == [word for word in (NOTE, "handed") if word in told]


async def test_two_who_hand_it_over_at_once_have_one_winner(world: World) -> None:
    """PA-20: the matter arrives once, and whoever is second is told of the first."""
    seen = await begin(world)
    await connect_elsewhere(world)
    to = {"clinic_id": world.other_clinic_id, "note": NOTE}
    both = await asyncio.gather(*(ask(each, world.thread_id, "hand-off", seen=seen, **to) for each in (world.nora, world.vane)))
    winner, loser = sorted(both, key=lambda response: response.status_code)
    name = winner.json()["assignment"]["by_name"]

    assert (200, 409) == (winner.status_code, loser.status_code)
    assert loser.json()["detail"].startswith(f"{name} handed this to everybody at Harbour ")
    assert 1 == len(await lines(world.hal, (await only_row(world.hal))["thread_id"]))


async def test_to_and_fro_at_once_neither_waits_for_ever(world: World) -> None:
    """C17: both threads are held in one order, so both hand-offs are made."""
    here = await begin(world)
    elsewhere = await thread_elsewhere(world)
    await world.olive.post_text(elsewhere, "May she come to you?")
    there = await open_one(world.hal, elsewhere)
    answers = await asyncio.gather(
        ask(world.nora, world.thread_id, "hand-off", seen=here, clinic_id=world.other_clinic_id),
        ask(world.hal, elsewhere, "hand-off", seen=there, clinic_id=world.clinic_id),
    )

    assert {200, 409} >= {each.status_code for each in answers}
    assert 200 in [each.status_code for each in answers]


async def test_whoever_answers_the_family_there_goes_on(world: World) -> None:
    """PA-20: it is handed to them and not to everybody, also where they had put it off until later."""
    seen = await begin(world)
    elsewhere = await thread_elsewhere(world)
    await world.olive.post_text(elsewhere, "May she come to you?")
    await act(world.hal, elsewhere, "take", seen=await open_one(world.hal, elsewhere))
    place = f"/threads/{elsewhere}/conversations/{(await open_one(world.hal, elsewhere))['id']}"
    later = (await world.hal.get(f"{place}/snooze-choices")).json()["choices"][-1]
    assert 200 == (await world.hal.send("POST", f"{place}/snooze", {"wall_clock": later["wall_clock"]})).status_code
    await hand_over(world, world.nora, seen)
    now = await open_one(world.hal, elsewhere)

    assert (world.hal.id, world.nora.id) == (now["assignment"]["staff_id"], now["assignment"]["by_id"])
    assert (1, 1) == await counts(world.hal)


async def test_basic_staff_hand_over_only_what_they_answer(world: World) -> None:
    """C16, PA-20: and see no more of it then, if it was only handed to them."""
    seen = await begin(world)
    await connect_elsewhere(world)
    handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.toby.id)
    await hand_over(world, world.toby, handed)

    assert 404 == (await world.toby.get(f"/threads/{world.thread_id}")).status_code
    assert 1 == len(await lines(world.hal, (await only_row(world.hal))["thread_id"]))


async def elsewhere_of(world: World) -> list[tuple[str, bool]]:
    choices = (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()
    return [(each["clinic_id"], each["is_connected"]) for each in choices["elsewhere"]]


async def test_a_clinic_where_the_family_ended_it_is_no_way_on(world: World) -> None:
    """PA-20, C17: nobody could answer them there, unless by text."""
    texting = await set_texting(world)
    seen = await begin(world)
    elsewhere = await thread_elsewhere(world)
    connected = await elsewhere_of(world)
    answer = await world.olive.send("POST", f"/pets/{world.pixel_id}/connections/{world.other_clinic_id}/end")
    ended = await elsewhere_of(world)
    refused = await ask(world.nora, world.thread_id, "hand-off", seen=seen, clinic_id=world.other_clinic_id)
    await text_elsewhere(texting, elsewhere)
    texted = await elsewhere_of(world)
    await hand_over(world, world.nora, await open_one(world.nora, world.thread_id))

    assert ([(world.other_clinic_id, True)], 204, []) == (connected, answer.status_code, ended)
    assert (422, [(world.other_clinic_id, False)]) == (refused.status_code, texted)
    assert ["sms"] == [each["channel"] for each in (await world.hal.thread(elsewhere))["conversations"]]
