"""Two of the team answer at once: whoever is second is asked first, and nothing is stored until they say so."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from pawline.platform import clock
from pawline.threads.tests.scene import post, post_note
from tests.texting_scene import OLIVE, set_texting
from tests.world import World


@pytest.fixture(params=["plain text", "about a pet"])
def values(request: pytest.FixtureRequest, world: World) -> dict[str, list[str]]:
    """The two are stored by different statements."""
    return {"pet_ids": [world.pixel_id]} if request.param == "about a pet" else {}


async def bodies(world: World) -> list[str]:
    return [each["body"] for each in (await world.nora.thread(world.thread_id))["messages"]]


async def test_a_colleague_was_faster(world: World, values: dict[str, list[str]]) -> None:
    """Nothing is stored, the answer says who it was, and the same message goes out when it is sent anyway."""
    seen = (await world.olive.post_text(world.thread_id, "May she eat?"))["seq"]
    await world.nora.post_text(world.thread_id, "Not before six")
    draft = {"client_id": str(uuid4()), "body": "Yes, a little", "seen_up_to": seen, **values}
    asked = await post(world.vane, world.thread_id, **draft)
    before = await bodies(world)
    sent = await post(world.vane, world.thread_id, **draft, anyway=True)
    again = await post(world.vane, world.thread_id, **draft)

    assert (409, "answered_meanwhile") == (asked.status_code, asked.json()["code"])
    assert asked.json()["detail"].startswith("Nora Ames answered ")
    assert ["May she eat?", "Not before six"] == before
    assert (201, 200, sent.json()["id"]) == (sent.status_code, again.status_code, again.json()["id"])


async def test_who_needs_not_be_asked(world: World, values: dict[str, list[str]]) -> None:
    """It was on the screen, it was the family or oneself, a note, deleted; or an older app says nothing."""
    seen = (await world.olive.post_text(world.thread_id, "May she eat?"))["seq"]
    await world.olive.post_text(world.thread_id, "Hello?")
    await post_note(world.nora, world.thread_id)
    await world.vane.post_text(world.thread_id, "One moment")
    gone = await world.nora.post_text(world.thread_id, "No")
    await world.nora.send("DELETE", f"/threads/{world.thread_id}/messages/{gone['id']}")
    first = await post(world.vane, world.thread_id, seen_up_to=seen, **values)
    answer = await world.nora.post_text(world.thread_id, "Not before six")
    shown = await post(world.vane, world.thread_id, seen_up_to=answer["seq"], **values)
    old_app = await post(world.vane, world.thread_id, **values)
    note = await post(world.vane, world.thread_id, seen_up_to=seen, kind="note", **values)
    family = await post(world.olive, world.thread_id, seen_up_to=seen, **values)

    assert [201] * 5 == [each.status_code for each in (first, shown, old_app, note, family)]


async def test_a_reply_that_waited_for_the_network_asks_as_well(world: World, values: dict[str, list[str]]) -> None:
    """It was written before the colleague's answer, and arrives long after it."""
    seen = (await world.olive.post_text(world.thread_id, "May she eat?"))["seq"]
    await world.nora.post_text(world.thread_id, "Not before six")
    later = clock.now() + timedelta(minutes=5)
    clock.set_clock(lambda: later)
    late = await post(world.vane, world.thread_id, body="Yes, a little", seen_up_to=seen, **values)
    clock.set_clock(None)

    assert (409, "Nora Ames answered 5 minutes ago. Send yours anyway?") == (late.status_code, late.json()["detail"])
    assert ["May she eat?", "Not before six"] == await bodies(world)


async def test_all_at_the_same_moment(world: World, values: dict[str, list[str]]) -> None:
    """Of several who press Send at once one is stored, even when their posts share a batch."""
    seen = (await world.olive.post_text(world.thread_id, "May she eat?"))["seq"]
    people = (world.nora, world.vane, world.ada, world.helen)
    for person in people:
        await person.thread(world.thread_id)
    answers = await asyncio.gather(*(post(person, world.thread_id, seen_up_to=seen, **values) for person in people))

    assert [201, 409, 409, 409] == sorted(each.status_code for each in answers)
    assert 2 == len(await bodies(world))


async def test_texts_ask_as_well(world: World) -> None:
    """PA-19: in a conversation by text it is the same, and nothing waits for the phone."""
    texting = await set_texting(world)
    await texting.receive("May she eat?", from_=OLIVE)
    thread, conversation = await texting.thread_of(OLIVE), await texting.conversation_of(OLIVE)
    await texting.reply(OLIVE, "Not before six")
    values = {"seen_up_to": thread["last_seq"], "text_conversation_id": conversation["id"], "body": "Yes, a little"}
    asked = await post(world.vane, thread["thread_id"], **values)
    before = await texting.sent_to(OLIVE)
    sent = await post(world.vane, thread["thread_id"], **values, anyway=True)

    assert (409, "answered_meanwhile", 201) == (asked.status_code, asked.json()["code"], sent.status_code)
    assert [] == [body for body in before if "a little" in body]
    assert 1 == len([body for body in await texting.sent_to(OLIVE) if "a little" in body])
