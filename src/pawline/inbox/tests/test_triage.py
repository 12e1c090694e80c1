"""Unread again, urgent, and what the queue can be narrowed to."""

from pawline.inbox.tests.scene import add_family, inbox, row_of
from pawline.inbox.tests.triage_scene import add_label, mark_urgent, path_of, queue, triage
from pawline.threads.tests.scene import unread
from tests.world import Caller, Json, LiveClient, World


async def test_what_was_read_stands_as_unread_again_for_that_person_alone(world: World) -> None:
    """V2P+4, PPB-21: the dot comes back for me, not for colleagues; whoever sees it as read goes on seeing it."""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    await world.olive.post_text(world.thread_id, "Limping")
    await world.nora.read_up_to(world.thread_id, 2)
    await world.vane.read_up_to(world.thread_id, 2)
    before = _receipts(await world.olive.thread(world.thread_id))
    mark = await triage(world.nora, "POST", f"/threads/{world.thread_id}/mark-unread")

    assert (2, 2) == (mark["up_to_seq"], mark["marked_unread_seq"])
    assert ([2], []) == (await unread(world.nora, world.thread_id), await unread(world.vane, world.thread_id))
    assert [2] == [each["seq"] for each in (await row_of(world.nora, world.thread_id))["unread"]]
    assert [1, 0] == [(await inbox(person))["unread_threads"] for person in (world.nora, world.vane)]
    assert ["Hart"] == await queue(world.nora, state="unread")
    assert before == _receipts(await world.olive.thread(world.thread_id)), "a receipt never goes back"

    await world.nora.read_up_to(world.thread_id, 2)
    assert [] == await unread(world.nora, world.thread_id)
    assert 0 == (await inbox(world.nora))["unread_threads"]
    assert before == _receipts(await world.olive.thread(world.thread_id))


async def test_my_other_window_hears_of_it_and_the_family_does_not(world: World) -> None:
    """V2P+4, I10: frames tell the team of the mark; those of the family are as if nothing had happened."""
    await world.olive.post_text(world.thread_id, "Limping")
    await world.nora.read_up_to(world.thread_id, 1)
    async with world.nora.live() as mine, world.olive.live() as theirs:
        mark = await triage(world.nora, "POST", f"/threads/{world.thread_id}/mark-unread")
        frames = [await _frame_of(socket, mark["revision"]) for socket in (mine, theirs)]

    marks = [[each["marked_unread_seq"] for each in frame["read_marks"]] for frame in frames]
    assert [[1], [None]] == marks


async def test_where_nobody_else_wrote_nothing_can_be_unread(world: World) -> None:
    """V2P+4"""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    refused = await world.nora.send("POST", f"/threads/{world.thread_id}/mark-unread")

    assert (409, "nothing_to_read") == (refused.status_code, refused.json()["code"])
    assert 404 == (await world.rita.send("POST", f"/threads/{world.thread_id}/mark-unread")).status_code
    assert 404 == (await world.olive.send("POST", f"/threads/{world.thread_id}/mark-unread")).status_code


async def test_urgent_ones_stand_above_newer_ones_on_every_page(world: World) -> None:
    """V2P+8: urgency sorts above time. V2P+7: the queue can be narrowed to it. PPB-20 holds among equals."""
    added = [await add_family(world, f"Family{number}", "Rex") for number in range(4)]
    for family in added:
        await world.nora.post_text(family["thread_id"], "Welcome")
    for family in (added[0], added[1]):
        await mark_urgent(world.vane, family["thread_id"])
    expected = ["Family1", "Family0", "Family3", "Family2"]

    assert expected == await queue(world.nora)
    assert expected == await _paged(world.nora, limit=1)
    assert expected[:2] == await queue(world.nora, urgent=True)
    row = await row_of(world.nora, added[0]["thread_id"])
    assert "Dr Sam Vane" == row["conversation"]["triage"]["urgent_by_name"]

    await mark_urgent(world.nora, added[0]["thread_id"], is_urgent=False)
    assert ["Family1", "Family3", "Family2", "Family0"] == await queue(world.nora)


async def test_urgency_ends_with_the_conversation_and_the_family_never_sees_it(world: World) -> None:
    """V2P+8: an ended conversation is not urgent. I10: families see nothing of what the team sets down."""
    await world.olive.post_text(world.thread_id, "Limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await mark_urgent(world.nora, world.thread_id)
    path = await path_of(world.nora, world.thread_id)

    assert None is (await world.olive.thread(world.thread_id))["conversations"][0]["triage"]
    assert 404 == (await world.olive.send("PUT", f"{path}/urgency", {"is_urgent": True})).status_code
    assert 404 == (await world.rita.send("PUT", f"{path}/urgency", {"is_urgent": True})).status_code
    assert ["Hart", "Sato"] == await queue(world.nora)

    await world.nora.send("POST", f"{path}/end")
    assert ["Sato"] == await queue(world.nora)
    assert ["Sato", "Hart"] == await queue(world.nora, state="all")
    await mark_urgent(world.nora, world.thread_id, is_urgent=False)
    refused = await world.vane.send("PUT", f"{path}/urgency", {"is_urgent": True})
    assert (409, "conversation_ended") == (refused.status_code, refused.json()["code"])


async def test_the_queue_is_narrowed_to_everything_asked_for_at_once(world: World) -> None:
    """V2P+7: unread, unanswered, who started, channel, species, who answers and label, together and with the clinic."""
    await world.olive.post_text(world.thread_id, "Limping")
    cat = await _family_with_cat(world)
    await world.nora.post_text(cat["thread_id"], "How is Tom?")
    label = (await add_label(world.ada, "Refill")).json()["id"]
    path = await path_of(world.nora, cat["thread_id"])
    await triage(world.nora, "PUT", f"{path}/labels/{label}")
    await triage(world.nora, "POST", f"{path}/take", body={"seen_revision": 2**40})
    await world.vane.read_up_to(cat["thread_id"], 1)
    asked: list[tuple[Json, list[str]]] = [
        ({}, ["Moss", "Hart"]),
        ({"started_by": "family"}, ["Hart"]),
        ({"started_by": "practice"}, ["Moss"]),
        ({"species": "Cat"}, ["Moss"]),
        ({"channel": "app"}, ["Moss", "Hart"]),
        ({"channel": "sms"}, []),
        ({"assignee_id": world.nora.id}, ["Moss"]),
        ({"label_id": label}, ["Moss"]),
        ({"unread": True}, ["Hart"]),
        ({"unanswered": True}, ["Hart"]),
        ({"label_id": label, "species": "cat", "started_by": "practice", "clinic_id": world.clinic_id}, ["Moss"]),
        ({"label_id": label, "unanswered": True}, []),
    ]

    assert [expected for _, expected in asked] == [await queue(world.vane, **facets) for facets, _ in asked]


async def _frame_of(socket: LiveClient, revision: int) -> Json:
    while (frame := await socket.next("changes"))["revision"] < revision:
        pass  # of what was done before
    return frame


async def _family_with_cat(world: World) -> Json:
    added = await add_family(world, "Moss", "Fern")
    async with world.product.database.transaction() as uow:
        await uow.connection.exec_driver_sql("UPDATE pet SET species = 'cat' WHERE family_id = %s", (added["family_id"],))
    return added


def _receipts(thread: Json) -> list[Json]:
    """What a reader sees of how far others have read."""
    return sorted(({**mark, "revision": 0} for mark in thread["read_marks"]), key=lambda mark: mark["person_id"])


async def _paged(caller: Caller, *, limit: int) -> list[str]:
    names: list[str] = []
    cursor: Json = {}
    while True:
        answer = (await caller.get("/inbox", limit=limit, **cursor)).json()
        names += [row["family_name"].removesuffix(" family") for row in answer["rows"]]
        if answer["next_cursor"] is None:
            return names
        cursor = {"cursor": answer["next_cursor"]}
