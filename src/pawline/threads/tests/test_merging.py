"""Two families that turn out to be one."""

from uuid import UUID

from pawline.inbox.tests.triage_scene import add_label, path_of, triage
from pawline.threads.tests.scene import post_note
from tests.world import Caller, Json, World


async def merge(person: Caller, world: World) -> int:
    body = {"source_family_id": world.other_family_id}
    return (await person.send("POST", f"/families/{world.family_id}/merge", body)).status_code


async def preview(person: Caller, world: World) -> tuple[int, Json]:
    response = await person.get(f"/families/{world.family_id}/merge", source_family_id=world.other_family_id)
    return response.status_code, response.json()


async def test_merging_families_merges_threads_and_keeps_conversations(world: World) -> None:
    """I2: exactly one thread per family and clinic, also after a merge; every conversation and message is still there."""
    await world.olive.post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await world.nora.post_text(world.thread_id, "Since when?")
    await post_note(world.nora, world.other_thread_id)
    await world.kim.post_text(world.other_thread_id, "Twice today")
    before = [await world.nora.thread(thread_id) for thread_id in (world.thread_id, world.other_thread_id)]
    titles = [conversation["title"] for thread in before for conversation in thread["conversations"]]
    status = await merge(world.ada, world)
    thread = await world.nora.thread(world.thread_id)
    bodies = [message["body"] for message in thread["messages"] if message["kind"] == "text"]

    assert (200, 404) == (status, (await world.nora.get(f"/threads/{world.other_thread_id}")).status_code)
    assert ["Pixel is limping", "Mochi sneezes", "Since when?", "Twice today"] == bodies
    assert [1, 2, 3, 4, 5] == [message["seq"] for message in thread["messages"]]
    assert sorted(titles) == sorted(conversation["title"] for conversation in thread["conversations"])
    assert 1 == [conversation["ended_at"] for conversation in thread["conversations"]].count(None)
    assert {"Pixel", "Mochi"} == {pet["name"] for pet in thread["family"]["pets"]}
    assert ["primary"] == [contact["role"] for contact in thread["family"]["contacts"] if contact["role"] == "primary"]


async def test_a_merge_leaves_nothing_unread_behind_a_mark(world: World) -> None:
    """I12: what somebody had not read in either thread is unread afterwards."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await world.olive.post_text(world.thread_id, "Since the walk")
    await world.nora.read_up_to(world.thread_id, 2)
    await world.vane.read_up_to(world.thread_id, 2)
    await world.vane.read_up_to(world.other_thread_id, 1)
    await merge(world.ada, world)

    assert [3, 2] == [each["seq"] for each in (await world.nora.thread(world.thread_id))["unread"]]
    assert [] == (await world.vane.thread(world.thread_id))["unread"]


async def test_what_was_marked_as_unread_again_and_labels_stay_through_a_merge(world: World) -> None:
    """V2P+4, V2P+7: the mark stands at its message, in its new place; labels of both go on with the conversation that does."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await world.olive.post_text(world.thread_id, "Since the walk")
    labels = [(await add_label(world.ada, name)).json()["id"] for name in ("Billing", "Refill")]
    for thread_id, label_ids in ((world.thread_id, labels[:1]), (world.other_thread_id, labels)):
        path = await path_of(world.nora, thread_id)
        for label_id in label_ids:
            await triage(world.nora, "PUT", f"{path}/labels/{label_id}")
    for thread_id, last_seq in ((world.thread_id, 2), (world.other_thread_id, 1)):
        await world.nora.read_up_to(thread_id, last_seq)
    await triage(world.nora, "POST", f"/threads/{world.other_thread_id}/mark-unread")
    await merge(world.ada, world)
    thread = await world.nora.thread(world.thread_id)
    [goes_on] = [each for each in thread["conversations"] if each["ended_at"] is None]
    [mark] = [each for each in thread["read_marks"] if each["person_id"] == world.nora.id]

    assert (3, 2) == (mark["up_to_seq"], mark["marked_unread_seq"])
    assert [2] == [each["seq"] for each in thread["unread"]]
    assert set(labels) == set(goes_on["triage"]["label_ids"])


async def test_after_a_merge_the_talk_goes_on_for_everybody(world: World) -> None:
    """I6 and I9 stand: numbers go on, and the new members see the thread, its notes excepted."""
    await post_note(world.nora, world.thread_id)
    first = await world.olive.post_text(world.thread_id, "Pixel is limping")
    async with world.nora.live() as live:
        await merge(world.ada, world)
        seen = await live.next("changes")
    again = await world.olive.post_text(world.thread_id, "Pixel is limping", client_id=first["client_id"])
    answer = await world.kim.post_text(world.thread_id, "May I write here too?")

    assert (world.thread_id, 3) == (seen["thread_id"], answer["seq"])
    assert first["id"] == again["id"]
    assert ["text"] * 2 == [message["kind"] for message in (await world.kim.thread(world.thread_id))["messages"]]


async def test_who_has_the_other_thread_open_is_sent_to_the_kept_one(world: World) -> None:
    """Colleagues as well as the family that has come in; whoever has the kept one open loads its people anew."""
    async with world.nora.live() as of_team, world.olive.live() as of_family, world.kim.live() as who_comes_in:
        await merge(world.ada, world)
        told = [[await screen.next("thread_anew") for _ in range(2)] for screen in (of_team, of_family, who_comes_in)]

    expected = {(world.other_thread_id, world.thread_id), (world.thread_id, world.thread_id)}
    assert [expected] * 3 == [{(frame["thread_id"], frame["kept_id"]) for frame in frames} for frames in told]


async def test_only_administrators_merge_and_only_within_their_practice(world: World) -> None:
    statuses = [await merge(person, world) for person in (world.nora, world.olive, world.rita)]
    itself = await world.ada.send("POST", f"/families/{world.family_id}/merge", {"source_family_id": world.family_id})
    unknown = await world.ada.send("POST", f"/families/{world.family_id}/merge", {"source_family_id": str(UUID(int=1))})

    assert [403, 404, 404] == statuses
    assert (422, 404) == (itself.status_code, unknown.status_code)


async def test_what_would_become_of_both_is_told_to_who_may_merge_them(world: World) -> None:
    """The counts are those of the merged family afterwards; nobody else learns anything."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    refused = [(await preview(person, world))[0] for person in (world.nora, world.olive, world.rita)]
    status, told = await preview(world.ada, world)
    target, source = told["target"], told["source"]
    await merge(world.ada, world)
    thread = await world.nora.thread(world.thread_id)

    assert ([403, 404, 404], 200) == (refused, status)
    assert ([world.thread_id], [world.other_thread_id]) == (_threads(target), _threads(source))
    assert [True, True] == [each["threads"][0]["is_open_in_app"] for each in (target, source)]
    assert ("Olive Hart", "Kim Sato") == (target["primary_contact"], source["primary_contact"])
    people = {contact["name"] for contact in thread["family"]["contacts"]}
    assert {*target["contact_names"], *source["contact_names"]} == people
    assert {"Pixel", "Mochi"} == {pet["name"] for pet in target["pets"] + source["pets"]}
    assert target["conversations"] + source["conversations"] == len(thread["conversations"])
    assert 404 == (await preview(world.ada, world))[0]


def _threads(family: Json) -> list[str]:
    return [thread["thread_id"] for thread in family["threads"]]
