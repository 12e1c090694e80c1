"""What a staff member has begun to write: there for them on every computer, and for nobody else (D16)."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from pawline.platform import clock
from pawline.platform.actor import Actor, Role
from pawline.reach.service import end_grants, grant_until_day_ends
from pawline.threads.sweeping import sweep_drafts
from pawline.threads.tests.scene import post_note
from tests.leaks import tables_with
from tests.world import Caller, Json, World

CARD = "4242424242424242"


async def keep(who: Caller, thread_id: str, body: str, **values: Json) -> Json:
    answer = await who.send("PUT", f"/threads/{thread_id}/drafts", {"place": "text", "body": body, **values})
    assert 200 == answer.status_code, answer.text
    return answer.json()


async def kept(who: Caller, thread_id: str) -> dict[str, str]:
    """Words by place."""
    return {each["place"]: each["body"] for each in (await who.get(f"/threads/{thread_id}/drafts")).json()}


async def listed(who: Caller) -> Json:
    return (await who.get("/threads/drafts")).json()


async def test_a_draft_is_kept_per_person_and_place(world: World) -> None:
    """D16: what is for the team and what is for the family stay apart; colleagues and administrators have their own alone."""
    await keep(world.nora, world.thread_id, "Dear Olive, ")
    await keep(world.nora, world.thread_id, "Call her first", place="note")
    await keep(world.vane, world.thread_id, "I will look")

    assert {"text": "Dear Olive, ", "note": "Call her first"} == await kept(world.nora, world.thread_id)
    assert {"text": "I will look"} == await kept(world.vane, world.thread_id)
    assert [{}, {}] == [await kept(each, world.thread_id) for each in (world.ada, world.helen)]
    places = [{"thread_id": world.thread_id, "place": place} for place in ("note", "text")]
    assert (places, []) == (await listed(world.nora), await listed(world.ada))


async def test_outsiders_learn_nothing_of_it(world: World) -> None:
    """D16, I10: neither the family nor other clinics and practices; no such thing is there for them."""
    await keep(world.nora, world.thread_id, "Dear Olive")
    where = f"/threads/{world.thread_id}/drafts"
    outside = [world.callers[name] for name in ("olive", "rita", "hal", "toby")]
    read = [(await each.get(where)).status_code for each in outside]
    written = [(await each.send("PUT", where, {"place": "text", "body": "Mine"})).status_code for each in outside]

    assert ([404] * 4, [404] * 4) == (read, written)
    assert 404 == (await world.olive.get("/threads/drafts")).status_code


async def test_what_is_empty_ends_the_draft(world: World) -> None:
    """D16: spaces are nothing, too."""
    await keep(world.nora, world.thread_id, "Dear Olive")
    ended = await keep(world.nora, world.thread_id, " \n", revision=2**53)

    assert {"place": "text", "body": "", "revision": 0, "is_other": False} == ended
    assert ({}, []) == (await kept(world.nora, world.thread_id), await listed(world.nora))


async def test_the_last_who_writes_wins_once_they_know_of_the_other(world: World) -> None:
    """D16: two computers of one person. Words that were not seen are not written over, nor ended."""
    first = await keep(world.nora, world.thread_id, "At the front desk")
    second = await keep(world.nora, world.thread_id, "In room two", revision=first["revision"])
    late = [await keep(world.nora, world.thread_id, body, revision=first["revision"]) for body in ("At the desk again", "")]
    third = await keep(world.nora, world.thread_id, "At the desk again", revision=second["revision"])

    assert [{**second, "is_other": True}] * 2 == late
    assert ("At the desk again", False) == (third["body"], third["is_other"])
    assert first["revision"] < second["revision"] < third["revision"]


async def test_words_that_go_on_with_those_kept_overtake_nothing(world: World) -> None:
    """D16: a page that closes sends its last words beside those that are still under way."""
    await keep(world.nora, world.thread_id, "Dear Ol")
    last = await keep(world.nora, world.thread_id, "Dear Olive", revision=0)

    assert ("Dear Olive", False) == (last["body"], last["is_other"])
    assert {"text": "Dear Olive"} == await kept(world.nora, world.thread_id)


async def test_what_was_posted_does_not_come_back(world: World) -> None:
    """D16: whoever posted it had no time to say so, or an earlier state of it comes late. What is written after it stays."""
    known = await keep(world.nora, world.thread_id, "Bring her in at three ", seen_up_to=0)
    await world.nora.post_text(world.thread_id, "Bring her in at three")
    after_post = (await kept(world.nora, world.thread_id), await listed(world.nora))
    late = await keep(world.nora, world.thread_id, "Bring her in", revision=known["revision"], seen_up_to=0)
    note = await keep(world.nora, world.thread_id, "Bring her in", place="note")
    again = await keep(world.nora, world.thread_id, "Bring", seen_up_to=1)

    assert ({}, []) == after_post
    assert ("", 0) == (late["body"], late["revision"])
    assert ("Bring her in", "Bring") == (note["body"], again["body"])
    assert {"note": "Bring her in", "text": "Bring"} == await kept(world.nora, world.thread_id)


async def test_a_posted_note_ends_the_note_alone(world: World) -> None:
    """D16: a colleague's same words end nothing."""
    for place in ("note", "text"):
        await keep(world.nora, world.thread_id, "Seen", place=place)
    await post_note(world.vane, world.thread_id, "Seen")
    before = await kept(world.nora, world.thread_id)
    await post_note(world.nora, world.thread_id, "Seen")

    assert ({"note", "text"}, {"text": "Seen"}) == (set(before), await kept(world.nora, world.thread_id))


async def test_no_card_number_is_stored(world: World) -> None:
    """D16, C14: what is not posted yet, either."""
    masked = await keep(world.nora, world.thread_id, f"Take {CARD}")

    assert "Take ••••\u00a04242" == masked["body"]
    assert [] == await tables_with(world.product, CARD)


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": "a\x00b"},
        {"body": "a" * 10_001},
        {"place": "elsewhere"},
        {"place": "text 0190a6b0-0000-7000-8000-000000000000"},
        {"revision": -1},
    ],
)
async def test_what_no_post_may_be_is_refused(world: World, wrong: Json) -> None:
    """D16: as long as a post at most, and for a place of this thread."""
    body = {"place": "text", "body": "Dear Olive", **wrong}

    assert 422 == (await world.nora.send("PUT", f"/threads/{world.thread_id}/drafts", body)).status_code


async def test_half_of_a_surrogate_pair_is_refused(world: World) -> None:
    headers = {"Content-Type": "application/json"}
    raw = b'{"place": "text", "body": "half \\ud83d"}'
    answer = await world.nora.http.put(f"/threads/{world.thread_id}/drafts", content=raw, headers=headers)

    assert answer.status_code in (400, 422)


async def test_it_is_out_of_reach_with_the_family(world: World) -> None:
    """D16, PPB-26: basic staff see theirs while the thread is handed to them, and not what they wrote before either."""
    toby = UUID(world.toby.id)
    nora = Actor(UUID(world.practice_id), UUID(world.nora.id), UUID(world.nora.id), "staff", "Nora Ames", role=Role.SENIOR)
    async with world.product.database.transaction() as uow:
        await grant_until_day_ends(uow, nora, UUID(world.thread_id), staff_id=toby)
    await keep(world.toby, world.thread_id, "Dear Olive")
    seen = (await kept(world.toby, world.thread_id), len(await listed(world.toby)))
    async with world.product.database.transaction() as uow:
        await end_grants(uow, UUID(world.practice_id), UUID(world.thread_id))
    gone = (await world.toby.get(f"/threads/{world.thread_id}/drafts")).status_code

    assert ({"text": "Dear Olive"}, 1) == seen
    assert (404, []) == (gone, await listed(world.toby))


async def test_who_leaves_has_no_drafts(world: World) -> None:
    """D16: nothing waits for them should they come back."""
    await keep(world.nora, world.thread_id, "Unforgettable words")
    assert 200 == (await world.helen.send("POST", f"/team/{world.nora.id}/end-access")).status_code

    assert [] == await tables_with(world.product, "Unforgettable")


async def test_old_ones_are_forgotten(world: World) -> None:
    """D16: after thirty days without a word nobody goes on with them."""
    now = clock.now()
    await keep(world.nora, world.thread_id, "Long ago")
    left: list[dict[str, str]] = []
    for days in (29, 31):
        clock.set_clock(partial(_later, now, days))
        await sweep_drafts(world.product.database)
        clock.set_clock(partial(_later, now, 0))
        left.append(await kept(world.nora, world.thread_id))

    assert [{"text": "Long ago"}, {}] == left


def _later(now: datetime, days: int) -> datetime:
    return now + timedelta(days=days)


async def test_other_screens_of_the_same_person_hear_of_it(world: World) -> None:
    """D16: live, without the words, and nobody else's."""
    async with world.nora.live() as own, world.vane.live() as colleague:
        draft = await keep(world.nora, world.thread_id, "Dear Olive")
        told = await own.next("draft")
        await keep(world.nora, world.thread_id, "", revision=draft["revision"])
        ended = await own.next("draft")
        await keep(world.vane, world.thread_id, "Mine")
        first = await colleague.next("draft")

    where = {"type": "draft", "thread_id": world.thread_id, "place": "text"}
    assert [{**where, "revision": draft["revision"]}, {**where, "revision": 0}] == [told, ended]
    assert draft["revision"] < first["revision"]


async def test_two_families_that_become_one_keep_both(world: World) -> None:
    """D16, I2: what was begun in either thread stands in the one that stays."""
    await keep(world.nora, world.thread_id, "To Olive")
    await keep(world.nora, world.other_thread_id, "To Kim")
    await keep(world.nora, world.other_thread_id, "Of Kim", place="note")
    body = {"source_family_id": world.other_family_id}
    assert 200 == (await world.ada.send("POST", f"/families/{world.family_id}/merge", body)).status_code

    assert {"text": "To Olive\n\nTo Kim", "note": "Of Kim"} == await kept(world.nora, world.thread_id)
