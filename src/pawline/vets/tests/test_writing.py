"""What may still be written, by whom and about which pet, as connections come and go."""

from uuid import uuid4

from pawline.threads.tests.scene import add_pet, post_note
from pawline.vets.tests.scene import about, connect, end
from tests.world import World


async def test_a_family_writes_about_connected_pets_only(world: World, biscuit: str) -> None:
    """AL-16, AL-20: a sibling's connection opens nothing; the refusal names the field and what to do, and nothing is stored."""
    before = (await world.nora.thread(world.thread_id))["last_seq"]
    refused = [await about(world.olive, world, biscuit), await about(world.omar, world, world.pixel_id, biscuit)]
    await world.olive.send("PUT", f"/pets/{biscuit}/connections/{world.clinic_id}")
    refused.append(await about(world.olive, world, biscuit, client_id=str(uuid4())))
    by_team = await about(world.nora, world, biscuit)
    welcome = [await about(world.olive, world, *pets) for pets in ((world.pixel_id,), ())]
    await connect(world.nora, world, biscuit)
    connected = await about(world.olive, world, biscuit, world.pixel_id)

    assert [(409, "not_connected")] * 3 == [(each.status_code, each.json()["code"]) for each in refused]
    words = "Biscuit is not connected to Hill Street. Choose another pet or none, or ask the clinic to connect it."
    assert {(words, "pet_ids")} == {(each.json()["detail"], each.json()["errors"][0]["field"]) for each in refused}
    assert [201] * 4 == [each.status_code for each in (by_team, *welcome, connected)]
    assert before + 4 == connected.json()["seq"]


async def test_after_the_last_pet_nothing_is_sent_and_everything_stays_readable(world: World) -> None:
    """AL-10, AL-52: neither side writes in the app; notes go on, and so does reading."""
    written = await world.olive.post_text(world.thread_id, "Thank you for everything", pet_ids=[world.pixel_id])
    async with world.nora.live() as noras, world.olive.live() as olives, world.toby.live():
        ended = await end(world.nora, world)
        heard = [(await screen.next("thread_anew"))["thread_id"] for screen in (noras, olives)]
    own = await about(world.olive, world)
    teams = await about(world.nora, world)
    note = await post_note(world.nora, world.thread_id)
    [pixel] = (await world.olive.get("/pets")).json()["pets"]
    threads = [await caller.thread(world.thread_id) for caller in (world.olive, world.nora)]

    assert (204, [world.thread_id] * 2) == (ended.status_code, heard)
    assert (403, 409, "chat_not_available") == (own.status_code, teams.status_code, teams.json()["code"])
    assert "No pet of this family is treated at this clinic" in teams.json()["detail"]
    assert ("note", [False, True]) == (note["kind"], [thread["can_post"] for thread in threads])
    assert all(written["id"] in {message["id"] for message in thread["messages"]} for thread in threads)
    assert [("revoked", world.thread_id)] == [(each["state"], each["thread_id"]) for each in pixel["threads"]]
    assert [set(), {"not_connected", "not_in_app"}] == [{each["code"] for each in thread["chat_obstacles"]} for thread in threads]


async def test_the_end_of_one_pet_leaves_the_others(world: World) -> None:
    """AL-20: messages about the other pet go on, on both sides."""
    misty = await add_pet(world, "Misty")
    await end(world.olive, world)

    assert [201, 201] == [(await about(caller, world, misty)).status_code for caller in (world.olive, world.nora)]
    assert 409 == (await about(world.olive, world, world.pixel_id)).status_code
    assert not (await world.nora.thread(world.thread_id))["is_chat_barred"]
