"""Calling colleagues in a note."""

from pawline.threads.tests.scene import post
from tests.world import Caller, Json, World

NOTE = "@Dr Sam Vane can you look at her paw?"


async def call(author: Caller, thread_id: str, *called: Caller, body: str = NOTE) -> Json:
    return await author.post_text(thread_id, body, kind="note", mention_ids=[person.id for person in called])


async def calls(person: Caller) -> tuple[int, str | None, list[str]]:
    """The badge, who called on the row, and how many threads stand among the mentions."""
    counts = (await person.get("/inbox/unread")).json()
    rows = (await person.get("/inbox", state="all")).json()["rows"]
    mentions = (await person.get("/inbox", state="mentions")).json()["rows"]
    who = next((row["mentioned_by"] for row in rows if row["mentioned_by"]), None)
    return counts["mentions"], who, [row["thread_id"] for row in mentions]


async def test_a_colleague_whom_a_note_calls_is_told_until_they_have_read_it(world: World) -> None:
    """2.6 and I10: a badge, the row of the queue and a place of its own, for them alone; the name stays as it was written."""
    note = await call(world.nora, world.thread_id, world.vane)
    before, of_others = await calls(world.vane), [await calls(world.nora), await calls(world.ada)]
    await world.vane.read_up_to(world.thread_id, note["seq"])
    [seen] = (await world.ada.thread(world.thread_id))["messages"]

    assert (1, "Nora Ames", [world.thread_id]) == before
    assert [(0, None, [])] * 2 == of_others
    assert (0, None, [world.thread_id]) == await calls(world.vane)
    assert [{"staff_id": world.vane.id, "name": "Dr Sam Vane"}] == note["mentions"] == seen["mentions"]


async def test_a_note_that_is_deleted_calls_nobody_any_more(world: World) -> None:
    """I10: badge, row and place follow."""
    note = await call(world.nora, world.thread_id, world.vane)
    await world.nora.send("DELETE", f"/threads/{world.thread_id}/messages/{note['id']}")

    assert (0, None, []) == await calls(world.vane)


async def test_only_who_can_read_the_thread_today_can_be_called(world: World) -> None:
    """2.6: of basic staff those with an appointment of the family today, or to whom it was handed; nobody of other clinics."""
    team = (await world.nora.get(f"/threads/{world.thread_id}/team")).json()["members"]
    refused = [
        await post(world.nora, world.thread_id, kind="note", mention_ids=[person.id])
        for person in (world.toby, world.hal, world.olive, world.rita)
    ]
    as_message = await post(world.nora, world.thread_id, mention_ids=[world.vane.id])

    assert [("Ada Lind", True), ("Dr Sam Vane", True), ("Helen Marsh", True), ("Toby Reyes", False)] == [
        (member["name"], member["can_read"]) for member in team
    ]
    assert [422] * 4 == [answer.status_code for answer in refused]
    assert 422 == as_message.status_code
    assert 404 == (await world.olive.get(f"/threads/{world.thread_id}/team")).status_code
    assert [] == (await world.nora.thread(world.thread_id))["messages"]


async def test_the_family_learns_nothing_of_whom_a_note_calls(world: World) -> None:
    """I9: neither the note nor the name."""
    await call(world.nora, world.thread_id, world.vane)
    async with world.olive.live() as live:
        await call(world.nora, world.thread_id, world.ada)
        await world.nora.post_text(world.thread_id, "See you at two")
        frame = await live.next("changes")
    answers = [(await world.olive.get(f"/threads/{world.thread_id}{path}")).text for path in ("", "/changes?after=0")]

    assert [] == [text for text in (*answers, str(frame)) if 'mentions":[{' in text or "'mentions': [{" in text or "Vane" in text]
