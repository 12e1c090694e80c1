"""The pet owner's first screen: the way to the clinic, and the badges."""

from pawline.threads.tests.scene import add_pet, post_note
from tests.world import Caller, Json, World


async def home_of(contact: Caller) -> Json:
    response = await contact.get("/pets")
    assert response.status_code == 200, response.text
    return response.json()


def badge(home: Json, pet_id: str) -> int:
    """Unread messages of the pet's threads tagged with it; untagged ones too if it is the only pet."""
    [pet] = [pet for pet in home["pets"] if pet["id"] == pet_id]
    own = {place["thread_id"] for place in pet["threads"]}
    unread = [each for thread in home["threads"] if thread["thread_id"] in own for each in thread["unread"]]
    is_only = len(home["pets"]) == 1
    return sum(pet_id in each["pet_ids"] or (is_only and not each["pet_ids"]) for each in unread)


async def test_every_connected_pet_leads_to_the_thread_with_its_clinic(world: World) -> None:
    """AL-22: "Message Vet" on any connected animal's profile opens the messaging screen."""
    whiskers = await add_pet(world, "Whiskers")
    home = await home_of(world.olive)
    thread = await world.olive.thread(world.thread_id)

    assert {world.pixel_id, whiskers} == {pet["id"] for pet in home["pets"]}
    assert [[(world.thread_id, "accepted", "Hill Street")]] * 2 == [
        [(place["thread_id"], place["state"], place["clinic"]["name"]) for place in pet["threads"]] for pet in home["pets"]
    ]
    assert (home["threads"][0]["clinic"], True) == (thread["clinic"], thread["can_post"])


async def test_the_badge_shows_how_many_replies_are_unread_and_clears_when_they_are_read(world: World) -> None:
    """AL-48: a badge when the vet replies. AL-49: the number. AL-50: gone once the owner has read."""
    await world.olive.post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])
    counts = [badge(await home_of(world.olive), world.pixel_id)]
    for body in ("Since when?", "Which paw?"):
        await world.nora.post_text(world.thread_id, body, pet_ids=[world.pixel_id])
        counts.append(badge(await home_of(world.olive), world.pixel_id))
    await world.olive.read_up_to(world.thread_id, 3)
    counts.append(badge(await home_of(world.olive), world.pixel_id))

    assert [0, 1, 2, 0] == counts


async def test_a_reply_about_one_pet_raises_no_badge_on_another(world: World) -> None:
    """AL-51 and C2: the badge is per animal; a message about both counts on both, one about none on neither."""
    whiskers = await add_pet(world, "Whiskers")
    await world.nora.post_text(world.thread_id, "Pixel's results", pet_ids=[world.pixel_id])
    await world.nora.post_text(world.thread_id, "Both are due", pet_ids=[world.pixel_id, whiskers])
    await world.nora.post_text(world.thread_id, "We are closed on Monday")
    home = await home_of(world.olive)

    assert (2, 1) == (badge(home, world.pixel_id), badge(home, whiskers))
    assert 3 == len(home["threads"][0]["unread"])


async def test_an_only_pet_takes_the_untagged_messages_too(world: World) -> None:
    """C2: untagged ones count on the family's thread entry, and on the pet if the family has only one."""
    await world.nora.post_text(world.thread_id, "We are closed on Monday")
    home = await home_of(world.olive)

    assert (1, [{"seq": 1, "pet_ids": []}]) == (badge(home, world.pixel_id), home["threads"][0]["unread"])


async def test_badges_are_of_each_person(world: World) -> None:
    """C2: one source, the unread messages per person. I12: a brother's text counts, a note does not."""
    await world.omar.post_text(world.thread_id, "I am taking him out", pet_ids=[world.pixel_id])
    await post_note(world.nora, world.thread_id)

    assert (1, 0) == tuple([badge(await home_of(contact), world.pixel_id) for contact in (world.olive, world.omar)])


async def test_the_badge_can_follow_the_live_frame(world: World) -> None:
    """AL-48: the frame carries all that a badge is made of."""
    async with world.olive.live() as screen:
        await world.nora.post_text(world.thread_id, "Results are in", pet_ids=[world.pixel_id])
        frame = await screen.next("changes")
    [thread] = (await home_of(world.olive))["threads"]
    [message] = frame["messages"]

    assert [{"seq": message["seq"], "pet_ids": message["pet_ids"]}] == thread["unread"]
    assert (frame["revision"], frame["last_seq"], frame["last_message_at"]) == tuple(
        thread[key] for key in ("revision", "last_seq", "last_message_at")
    )


async def test_a_family_sees_its_own_pets_alone(world: World) -> None:
    """I10: of its practice's other families nothing shows."""
    contacts = (world.olive, world.omar, world.kim, world.rolf)
    names = [[pet["name"] for pet in (await home_of(contact))["pets"]] for contact in contacts]

    assert [["Pixel"], ["Pixel"], ["Mochi"], ["Rex"]] == names


async def test_the_list_of_own_pets_is_no_page_of_the_team(world: World) -> None:
    assert [404, 404] == [(await person.get("/pets")).status_code for person in (world.nora, world.helen)]
