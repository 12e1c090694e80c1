"""What open screens hear without asking."""

import asyncio
import json
from uuid import uuid4

from pawline.threads.tests.scene import delete, tag
from tests.world import LiveClient, World


async def tell(client: LiveClient, thread_id: str, state: str) -> None:
    await client.connection.send(json.dumps({"type": "activity", "thread_id": thread_id, "state": state}))


async def test_a_post_arrives_on_every_screen_of_both_sides(world: World) -> None:
    """PPB-12 and PPB-14: the writer's other screen included, all with the same message."""
    async with world.olive.live() as one, world.olive.live() as two, world.omar.live() as three, world.nora.live() as four:
        message = await world.olive.post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])
        frames = [await screen.next("changes") for screen in (one, two, three, four)]

    assert [[message]] * 4 == [frame["messages"] for frame in frames]
    assert [(world.thread_id, 0, 1, 1)] * 4 == [
        (frame["thread_id"], frame["after"], frame["revision"], frame["last_seq"]) for frame in frames
    ]
    assert [1] * 4 == [len(frame["conversations"]) for frame in frames]


async def test_one_check_turns_into_two_on_the_open_screen(world: World) -> None:
    """AL-33: the reading of the other side arrives without a reload."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    async with world.olive.live() as screen:
        await world.nora.read_up_to(world.thread_id, message["seq"])
        [mark] = (await screen.next("changes"))["read_marks"]

    assert (world.nora.id, "staff", message["seq"]) == (mark["person_id"], mark["person_kind"], mark["up_to_seq"])


async def test_deleting_and_tagging_arrive_as_they_are_stored(world: World) -> None:
    message = await world.nora.post_text(world.thread_id, "How is Pixel?")
    async with world.olive.live() as screen:
        tagged = (await tag(world.vane, world.thread_id, message, pet_ids=[world.pixel_id])).json()
        first = await screen.next("changes")
        deleted = (await delete(world.nora, world.thread_id, message)).json()
        second = await screen.next("changes")

    assert ([tagged], [deleted]) == (first["messages"], second["messages"])


async def test_a_frame_and_the_question_what_changed_have_the_same_answer(world: World) -> None:
    async with world.nora.live() as screen:
        await world.olive.post_text(world.thread_id, "Pixel is limping")
        frame = await screen.next("changes")
    answer = (await world.nora.get(f"/threads/{world.thread_id}/changes", after=0)).json()

    assert frame == answer


async def test_typing_shows_on_both_sides_and_not_to_oneself(world: World) -> None:
    async with world.olive.live() as olive, world.omar.live() as omar, world.nora.live() as nora:
        await tell(olive, world.thread_id, "typing")
        by_olive = [await omar.next("activity"), await nora.next("activity")]
        await tell(nora, world.thread_id, "typing")
        by_nora = [await omar.next("activity"), await olive.next("activity")]

    assert [(world.olive.id, "Olive Hart", "contact", "typing")] * 2 == [_told(frame) for frame in by_olive]
    assert [(world.nora.id, "Nora Ames", "staff", "typing")] * 2 == [_told(frame) for frame in by_nora]


async def test_that_the_team_looks_at_a_thread_stays_within_the_team(world: World) -> None:
    async with world.olive.live() as olive, world.vane.live() as vane, world.nora.live() as nora:
        for state in ("viewing", "idle", "typing"):
            await tell(nora, world.thread_id, state)
        to_vane = [await vane.next("activity") for _ in range(3)]
        to_olive = await olive.next("activity")

    assert ["viewing", "idle", "typing"] == [frame["state"] for frame in to_vane]
    assert "typing" == to_olive["state"]


async def test_frames_never_cross_families_clinics_or_practices(world: World) -> None:
    """I10: the first thing an outsider hears, after much has happened, is of their own thread."""
    async with world.kim.live() as kim, world.rita.live() as rita, world.rolf.live() as rolf, world.olive.live() as olive:
        await world.nora.post_text(world.thread_id, "How is Pixel?")
        await world.olive.read_up_to(world.thread_id, 1)
        await tell(olive, world.thread_id, "typing")
        await world.nora.post_text(world.other_thread_id, "How is Mochi?")
        await world.rita.post_text(world.riverside_thread_id, "How is Rex?")
        heard = [await screen.next("changes") for screen in (kim, rita, rolf)]

    assert ["How is Mochi?", "How is Rex?", "How is Rex?"] == [frame["messages"][0]["body"] for frame in heard]


async def test_activity_is_heard_from_those_of_the_thread_alone(world: World) -> None:
    """I10: an outsider cannot pretend to type; neither can nonsense close a socket."""
    async with world.kim.live() as kim, world.rita.live() as rita, world.olive.live() as olive, world.nora.live() as nora:
        for outsider in (kim, rita):
            await tell(outsider, world.thread_id, "typing")
            await tell(outsider, str(uuid4()), "typing")
            await outsider.connection.send("nonsense")
        await asyncio.sleep(0.2)  # long enough for what must not come
        await tell(olive, world.thread_id, "typing")

        assert world.olive.id == (await nora.next("activity"))["person_id"]


def _told(frame: dict[str, str]) -> tuple[str, str, str, str]:
    return frame["person_id"], frame["person_name"], frame["person_kind"], frame["state"]
