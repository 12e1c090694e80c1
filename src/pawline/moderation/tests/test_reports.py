"""Reporting a message, and what administrators do about it."""

import asyncio
import json

import pytest

from pawline.moderation.tests.scene import block, report, reports, resolve
from pawline.threads.tests.scene import delete, fetch, post_note, upload_photo
from tests.leaks import tables_with
from tests.world import LiveClient, World


async def test_a_report_says_who_which_message_when_and_why(world: World) -> None:
    """AL-43: "Report Message" flags inappropriate content; it is stored, and somebody responsible can see it."""
    message = await world.omar.post_text(world.thread_id, "You are all useless")
    receipt = (await report(world.olive, world, message, reason="threatening", words="He did this before")).json()
    page = await reports(world.ada)
    [found] = page["reports"]

    assert 1 == page["open_count"]
    assert ("threatening", "He did this before", "Olive Hart", "contact") == tuple(
        found[key] for key in ("reason", "words", "reporter_name", "reporter_kind")
    )
    assert (message["id"], "Omar Hart", "You are all useless", world.thread_id, message["seq"]) == tuple(
        found[key] for key in ("message_id", "author_name", "body", "thread_id", "seq")
    )
    assert receipt["reported_at"] == found["reported_at"]
    assert (None, None) == (found["resolved_at"], found["outcome"])


async def test_both_sides_report(world: World) -> None:
    """AL-46: an owner reports staff, staff report an owner and a colleague's note."""
    by_nora = await world.nora.post_text(world.thread_id, "Stop calling us")
    by_olive = await world.olive.post_text(world.thread_id, "I know where you live")
    note = await post_note(world.vane, world.thread_id, "These people again")
    answers = [
        await report(world.olive, world, by_nora),
        await report(world.nora, world, by_olive, reason="threatening"),
        await report(world.nora, world, note),
    ]
    found = {(each["reporter_name"], each["body"]) for each in (await reports(world.helen))["reports"]}

    assert [200] * 3 == [answer.status_code for answer in answers]
    assert {
        ("Olive Hart", "Stop calling us"),
        ("Nora Ames", "I know where you live"),
        ("Nora Ames", "These people again"),
    } == found


async def test_a_person_reports_a_message_once(world: World) -> None:
    """AL-43: five presses at once and another one with other words: one report, and the same answer each time."""
    message = await world.omar.post_text(world.thread_id, "You are all useless")
    answers = await asyncio.gather(*(report(world.olive, world, message) for _ in range(5)))
    answers.append(await report(world.olive, world, message, reason="spam", words="Other words"))
    await report(world.nora, world, message)

    assert {200} == {answer.status_code for answer in answers}
    assert 1 == len({answer.text for answer in answers})
    assert ["Nora Ames", "Olive Hart"] == [each["reporter_name"] for each in (await reports(world.ada))["reports"]]


async def test_what_cannot_be_reported(world: World) -> None:
    """AL-43: neither one's own message, nor what one does not see, nor what the practice has removed."""
    own = await world.olive.post_text(world.thread_id, "Pixel is limping")
    removed = await world.omar.post_text(world.thread_id, "You are all useless")
    await report(world.nora, world, removed)
    await resolve(world.ada, (await reports(world.ada))["reports"][0]["id"], "removed")
    note = await post_note(world.nora, world.thread_id)
    answers = [await report(world.olive, world, each) for each in (own, removed, note)]
    answers.append(await report(world.olive, world, own, reason="boring"))
    answers.append(await report(world.nora, world, own, words="x" * 1001))

    assert [403, 409, 404, 422, 422] == [answer.status_code for answer in answers]
    assert [] == (await reports(world.ada))["reports"]


async def test_what_its_author_deleted_can_be_reported(world: World) -> None:
    """AL-43 and C14: whoever read a threat reports it, though it is gone; the list shows that it is deleted, and no words."""
    threat = await world.omar.post_text(world.thread_id, "I know where you live")
    await delete(world.omar, world.thread_id, threat)
    answers = [await report(world.olive, world, threat, reason="threatening") for _ in range(2)]
    by_author = await report(world.omar, world, threat)
    [found] = (await reports(world.ada))["reports"]
    resolved = await resolve(world.ada, found["id"], "spoken_to")

    assert [200, 200, 403] == [answer.status_code for answer in (*answers, by_author)]
    assert ("Omar Hart", "threatening", "") == tuple(found[key] for key in ("author_name", "reason", "body"))
    assert found["deleted_at"] is not None
    assert (200, "") == (resolved.status_code, resolved.json()["body"])


async def test_outsiders_neither_report_nor_read_reports(world: World) -> None:
    """I10: Rita of Riverside, another family, another clinic's staff; reports are for administrators alone."""
    message = await world.omar.post_text(world.thread_id, "You are all useless")
    await report(world.olive, world, message)
    report_id = (await reports(world.ada))["reports"][0]["id"]
    outsiders = [world.rita, world.rolf, world.kim, world.hal, world.toby]
    reported = [(await report(person, world, message)).status_code for person in outsiders]
    resolved = [(await resolve(person, report_id, "no_action")).status_code for person in (*outsiders, world.olive, world.nora)]

    assert [404] * 5 == reported
    assert [404, 404, 404, 403, 403, 404, 403] == resolved
    assert ([], 0) == ((await reports(world.rita))["reports"], (await reports(world.rita))["open_count"])
    assert [403, 403, 404] == [(await person.get("/reports")).status_code for person in (world.nora, world.toby, world.olive)]
    assert 1 == (await reports(world.ada))["open_count"]


async def test_removing_leaves_a_tombstone_and_keeps_the_words(world: World) -> None:
    """AL-43 and C14: nobody in the thread reads the message or opens its photo any more; administrators can, on record."""
    photo = await upload_photo(world.omar, world.thread_id)
    message = await world.omar.post_text(world.thread_id, "You are all useless", attachment_ids=[photo["id"]])
    await report(world.olive, world, message)
    await report(world.nora, world, message)
    report_id = (await reports(world.ada))["reports"][0]["id"]
    async with world.vane.live() as screen:
        answer = await resolve(world.ada, report_id, "removed", words="Not how we talk here")
        [shown] = (await screen.next("changes"))["messages"]
    seen = [(await reader.thread(world.thread_id))["messages"][0] for reader in (world.olive, world.omar, world.nora, world.ada)]
    resolved = await reports(world.ada, "resolved")
    path = f"/threads/{world.thread_id}/messages/{message['id']}/deleted-readings"
    kept = (await world.ada.send("POST", path)).json()["message"]

    assert 200 == answer.status_code
    assert [shown] * 4 == seen
    assert ("", [], True) == (shown["body"], shown["attachments"], shown["is_removed"])
    assert shown["deleted_at"] is not None
    assert 404 == (await fetch(world.omar, photo["url"])).status_code
    assert 0 == resolved["open_count"], "both reports of the message are answered by the one act"
    assert ("You are all useless", 1) == (kept["body"], len(kept["attachments"]))
    assert {("", "removed", "Ada Lind", "Not how we talk here")} == {
        tuple(each[key] for key in ("body", "outcome", "resolved_by_name", "resolution")) for each in resolved["reports"]
    }


async def test_a_message_deleted_by_its_author_is_not_said_to_be_removed(world: World) -> None:
    message = await world.omar.post_text(world.thread_id, "You are all useless")
    await report(world.olive, world, message)
    await delete(world.omar, world.thread_id, message)
    [open_one] = (await reports(world.ada))["reports"]
    await resolve(world.ada, open_one["id"], "removed")
    [seen] = (await world.olive.thread(world.thread_id))["messages"]

    assert ("", False) == (open_one["body"], open_one["is_removed"])
    assert seen["deleted_at"] is not None
    assert not seen["is_removed"]


async def test_of_two_who_resolve_at_once_one_is_told_what_the_other_did(world: World) -> None:
    """AL-43: one winner, and the same request again is welcome."""
    message = await world.omar.post_text(world.thread_id, "You are all useless")
    await report(world.olive, world, message)
    report_id = (await reports(world.ada))["reports"][0]["id"]
    answers = await asyncio.gather(resolve(world.ada, report_id, "spoken_to"), resolve(world.helen, report_id, "no_action"))
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    winner = world.ada if won.json()["resolved_by_name"] == "Ada Lind" else world.helen
    again = await resolve(winner, report_id, won.json()["outcome"])

    assert (200, 409, 200) == (won.status_code, lost.status_code, again.status_code)
    assert "already_resolved" == lost.json()["code"]
    assert lost.json()["detail"].startswith(f"{winner.name} resolved this report already and ")
    assert won.json() == again.json()


@pytest.mark.parametrize("author", ["omar", "nora"])
async def test_resolving_by_a_block_turns_the_author_away(world: World, author: str) -> None:
    """C15: a contact is blocked for the practice; a colleague cannot be."""
    message = await world.callers[author].post_text(world.thread_id, "You are all useless")
    await report(world.olive, world, message) if author == "nora" else await report(world.nora, world, message)
    report_id = (await reports(world.ada))["reports"][0]["id"]
    answer = await resolve(world.ada, report_id, "blocked", words="Third time")
    blocks = (await world.ada.get("/practice-blocks")).json()["blocks"]

    assert (200 if author == "omar" else 422) == answer.status_code
    assert ([("Omar Hart", "Third time")] if author == "omar" else []) == [
        (each["contact_name"], each["reason"]) for each in blocks
    ]


async def test_reports_come_page_by_page(world: World) -> None:
    messages = [await world.omar.post_text(world.thread_id, f"Words {number}") for number in range(5)]
    for message in messages:
        await report(world.olive, world, message)
    first = await reports(world.ada, limit=3)
    second = await reports(world.ada, limit=3, cursor=first["next_cursor"])

    assert ["Words 4", "Words 3", "Words 2"] == [each["body"] for each in first["reports"]]
    assert ["Words 1", "Words 0"] == [each["body"] for each in second["reports"]]
    assert (5, None) == (second["open_count"], second["next_cursor"])
    assert 422 == (await world.ada.get("/reports", cursor="nonsense")).status_code


async def test_open_screens_of_administrators_hear_of_reports(world: World) -> None:
    """AL-43: the count in their rail follows by itself; nobody else is told."""
    message = await world.omar.post_text(world.thread_id, "You are all useless")
    async with world.ada.live() as ada, world.nora.live() as nora, world.omar.live() as omar:
        await report(world.olive, world, message)
        heard = await ada.next("reports")
        await resolve(world.helen, (await reports(world.helen))["reports"][0]["id"], "no_action")
        again = await ada.next("reports")
        await world.olive.post_text(world.thread_id, "Pixel is limping")
        others = [await _kinds_until_changes(screen) for screen in (nora, omar)]

    assert [{"type": "reports"}] * 2 == [heard, again]
    assert not any("reports" in kinds for kinds in others)


async def _kinds_until_changes(screen: LiveClient) -> list[str]:
    kinds: list[str] = []
    while "changes" not in kinds:
        kinds.append(json.loads(await screen.connection.recv())["type"])
    return kinds


async def test_an_administrator_sees_reports_of_people_they_blocked(world: World) -> None:
    """A block is for reading in peace, not for looking away."""
    first = await world.omar.post_text(world.thread_id, "Hello")
    await block(world.ada, world.omar)
    second = await world.omar.post_text(world.thread_id, "You are all useless")
    for message in (first, second):
        await report(world.olive, world, message)

    assert 2 == len((await reports(world.ada))["reports"])


async def test_a_card_number_in_the_words_is_never_stored(world: World) -> None:
    """C14: neither in why somebody reports, nor in what was done about it."""
    message = await world.omar.post_text(world.thread_id, "Pay with the card of my mother")
    await report(world.olive, world, message, words="He gave you 4242424242424242")
    [found] = (await reports(world.ada))["reports"]
    done = (await resolve(world.ada, found["id"], "blocked", words="Took 4242 4242 4242 4242 out")).json()

    assert ("He gave you ••••\u00a04242", "Took ••••\u00a04242 out") == (done["words"], done["resolution"])
    assert [[], []] == [await tables_with(world.product, card) for card in ("4242424242424242", "4242 4242 4242 4242")]
