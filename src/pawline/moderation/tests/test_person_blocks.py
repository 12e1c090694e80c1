"""A block from one person to another."""

import asyncio
from uuid import uuid4

from sqlalchemy import text

from pawline.moderation.tests.scene import block, shown, unblock
from pawline.threads.tests.scene import fetch, page, post_note, tag, unread, upload_photo
from tests.world import Json, LiveClient, World


async def test_the_blocker_gets_no_more_messages_and_others_do(world: World) -> None:
    """AL-44 and C15: person to person; what was there before stays, for the blocker too."""
    await world.omar.post_text(world.thread_id, "Before")
    await block(world.olive, world.omar)
    await world.omar.post_text(world.thread_id, "After")
    await world.nora.post_text(world.thread_id, "How is Pixel?")

    assert ["Before", "How is Pixel?"] == await shown(world.olive, world.thread_id)
    assert [["Before", "After", "How is Pixel?"]] * 3 == [
        await shown(reader, world.thread_id) for reader in (world.omar, world.nora, world.vane)
    ]


async def test_every_way_to_a_message_is_closed(world: World) -> None:
    """AL-44: list, history, changes, unread counts, badges, previews and files ask one predicate."""
    await world.omar.post_text(world.thread_id, "Before")
    await block(world.olive, world.omar)
    photo = await upload_photo(world.omar, world.thread_id)
    hidden = await world.omar.post_text(world.thread_id, "After", attachment_ids=[photo["id"]], pet_ids=[world.pixel_id])
    seen: list[Json] = [
        (await world.olive.get(f"/threads/{world.thread_id}/changes", after=0)).json(),
        await page(world.olive, world.thread_id),
        await page(world.olive, world.thread_id, after=0),
        await page(world.olive, world.thread_id, before=100),
        (await world.olive.get("/pets")).json(),
    ]

    assert all("After" not in str(each) and hidden["id"] not in str(each) for each in seen)
    assert "Before" == seen[-1]["threads"][0]["last_message"]["body"]
    assert [1] == [each["seq"] for each in seen[-1]["threads"][0]["unread"]]
    assert [1] == await unread(world.olive, world.thread_id)
    assert [404, 404] == [(await fetch(world.olive, photo[key])).status_code for key in ("url", "thumbnail_url")]
    assert 200 == (await fetch(world.nora, photo["url"])).status_code


async def test_staff_block_an_owner_for_themselves_alone(world: World) -> None:
    """AL-46: Nora's inbox no longer counts or shows Olive's messages; Dr Vane's does."""
    first = await world.olive.post_text(world.thread_id, "Before")
    await world.nora.read_up_to(world.thread_id, first["seq"])
    await world.vane.read_up_to(world.thread_id, first["seq"])
    await block(world.nora, world.olive)
    hidden = await world.olive.post_text(world.thread_id, "After")
    rows = {name: (await world.callers[name].get("/inbox")).json()["rows"] for name in ("nora", "vane")}
    mine = {name: next(row for row in found if row["thread_id"] == world.thread_id) for name, found in rows.items()}
    counts = {name: (await world.callers[name].get("/inbox/unread")).json()["unread_threads"] for name in rows}
    only_unread = (await world.nora.get("/inbox", state="unread")).json()["rows"]

    assert ("Before", []) == (mine["nora"]["last_message"]["body"], mine["nora"]["unread"])
    assert ("After", [2]) == (mine["vane"]["last_message"]["body"], [each["seq"] for each in mine["vane"]["unread"]])
    assert {"nora": 0, "vane": 1} == counts
    assert [] == only_unread
    assert 404 == (await tag(world.nora, world.thread_id, hidden, pet_ids=[])).status_code


async def test_notes_of_a_blocked_colleague_are_unheard_too(world: World) -> None:
    await post_note(world.vane, world.thread_id, "Before")
    await block(world.nora, world.vane)
    await post_note(world.vane, world.thread_id, "After")

    assert ["Before"] == await shown(world.nora, world.thread_id)
    assert ["Before", "After"] == await shown(world.ada, world.thread_id)


async def test_an_open_screen_follows_at_once(world: World) -> None:
    """AL-44: once a block is answered, no frame carries a word of the blocked person; brother and clinic get theirs."""
    await world.omar.post_text(world.thread_id, "Before")
    async with world.olive.live() as olive, world.nora.live() as nora:
        await block(world.olive, world.omar)
        await world.omar.post_text(world.thread_id, "After")
        for_nora, for_olive = await nora.next("changes"), await olive.next("changes")
        await world.nora.post_text(world.thread_id, "How is Pixel?")
        next_one = await olive.next("changes")

    assert ["After"] == _bodies(for_nora)
    assert ([], for_nora["revision"], for_nora["revision"]) == (_bodies(for_olive), for_olive["after"], for_olive["revision"])
    assert ["How is Pixel?"] == _bodies(next_one)


async def test_what_a_screen_asks_for_after_such_news_fits_what_others_see(world: World) -> None:
    """A frame without content begins where it ends, so the screen asks; the answer brings all but the blocked person's words."""
    await world.omar.post_text(world.thread_id, "Before")
    before = (await world.olive.thread(world.thread_id))["revision"]
    await block(world.olive, world.omar)
    await world.omar.post_text(world.thread_id, "After")
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    await world.nora.read_up_to(world.thread_id, 3)
    answer = (await world.olive.get(f"/threads/{world.thread_id}/changes", after=before)).json()

    assert ["How is Pixel?"] == _bodies(answer)
    assert [3] == [mark["up_to_seq"] for mark in answer["read_marks"]]
    assert (await world.nora.thread(world.thread_id))["revision"] == answer["revision"]


async def test_typing_of_a_blocked_person_is_not_told(world: World) -> None:
    await world.omar.post_text(world.thread_id, "Before")
    await block(world.olive, world.omar)
    async with world.olive.live() as olive, world.omar.live() as omar, world.nora.live() as nora:
        await _type(omar, world.thread_id)
        await nora.next("activity")
        await _type(nora, world.thread_id)

        assert world.nora.id == (await olive.next("activity"))["person_id"]


async def test_after_unblocking_nothing_is_missing(world: World) -> None:
    """C15: nothing is lost silently. Also a screen that has been open all the time gets what was written meanwhile."""
    await world.omar.post_text(world.thread_id, "Before")
    await block(world.olive, world.omar)
    await world.omar.post_text(world.thread_id, "Meanwhile")
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    known = (await world.olive.thread(world.thread_id))["revision"]
    async with world.olive.live() as olive:
        await unblock(world.olive, world.omar)
        await olive.next("resync")
        caught_up = (await world.olive.get(f"/threads/{world.thread_id}/changes", after=known)).json()
        await world.omar.post_text(world.thread_id, "And now")
        frames = [await olive.next("changes")]
        while _bodies(frames[-1]) != ["And now"]:
            frames.append(await olive.next("changes"))

    assert ["Meanwhile"] == _bodies(caught_up)
    assert ["Before", "Meanwhile", "How is Pixel?", "And now"] == await shown(world.olive, world.thread_id)
    assert [4, 3, 2, 1] == await unread(world.olive, world.thread_id)


async def test_blocks_are_ones_own_and_listed(world: World) -> None:
    """AL-44: blocking twice is blocking once, and since the first time."""
    await world.omar.post_text(world.thread_id, "Before")
    first, *others = await asyncio.gather(*(block(world.olive, world.omar) for _ in range(4)))
    lists = [(await person.get("/blocks")).json()["blocks"] for person in (world.olive, world.omar, world.nora)]
    await unblock(world.olive, world.omar)
    again = await world.olive.send("DELETE", f"/people/{world.omar.id}/block")

    assert [first] * 3 == others
    assert [[first], [], []] == lists
    assert ("Omar Hart", "contact") == (first["name"], first["kind"])
    assert 404 == again.status_code
    assert [] == (await world.olive.get("/blocks")).json()["blocks"]


async def test_only_people_who_wrote_to_one_can_be_blocked(world: World) -> None:
    """I10: whoever has not written in a thread one sees does not exist; neither does an author of notes, to a family."""
    await post_note(world.vane, world.thread_id)
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    strangers = [world.vane.id, world.omar.id, world.kim.id, world.rita.id, str(uuid4()), world.practice_id]
    answers = [await world.olive.send("POST", f"/people/{identity}/block") for identity in strangers]
    by_rita = await world.rita.send("POST", f"/people/{world.kim.id}/block")
    myself = await world.olive.send("POST", f"/people/{world.olive.id}/block")

    assert [404] * 6 == [answer.status_code for answer in answers]
    assert {by_rita.text} == {answer.text for answer in answers}
    assert 403 == myself.status_code
    assert 404 == (await world.toby.send("POST", f"/people/{world.kim.id}/block")).status_code


async def test_automatic_texts_cannot_be_blocked(world: World) -> None:
    """C15: whatever a person blocks, the practice's automatic replies with the emergency number get through."""
    message = await world.nora.post_text(world.thread_id, "We are closed. In an emergency call +1 315 555 0199.")
    ids = {"practice_id": world.practice_id, "id": message["id"]}
    async with world.product.database.transaction() as uow:
        await uow.execute(text(_MAKE_AUTOMATIC), ids)
    answers = [await person.send("POST", f"/people/{world.practice_id}/block") for person in (world.olive, world.nora)]

    assert [404, 404] == [answer.status_code for answer in answers]


_MAKE_AUTOMATIC = """
UPDATE message SET author_id = practice_id, author_kind = 'system' WHERE practice_id = :practice_id AND id = :id
"""


def _bodies(frame: Json) -> list[str]:
    return [message["body"] for message in frame["messages"]]


async def _type(client: LiveClient, thread_id: str) -> None:
    await client.connection.send(f'{{"type": "activity", "thread_id": "{thread_id}", "state": "typing"}}')
