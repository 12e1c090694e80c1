"""Taking conversations, handing them off and giving them back."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from pawline.inbox.tests.scene import inbox, row_of
from pawline.platform import clock
from pawline.schedule.tests.scene import book, today
from pawline.threads.tests.test_notes import seen_by_family
from tests.leaks import tables_with
from tests.texting_scene import OLIVE, set_texting
from tests.world import Caller, Json, World

SECRET = "She cannot pay before Friday"


async def open_one(person: Caller, thread_id: str) -> Json:
    """The conversation that is open, as this person's screen shows it."""
    [found] = [each for each in (await person.thread(thread_id))["conversations"] if each["ended_at"] is None]
    return found


async def ask(person: Caller, thread_id: str, verb: str, *, seen: Json, **values: Any) -> httpx.Response:
    body = {"seen_revision": seen["revision"], **values}
    headers = {"Idempotency-Key": str(uuid4())}
    return await person.send("POST", f"/threads/{thread_id}/conversations/{seen['id']}/{verb}", body, headers=headers)


async def act(person: Caller, thread_id: str, verb: str, *, seen: Json, **values: Any) -> Json:
    response = await ask(person, thread_id, verb, seen=seen, **values)
    assert 200 == response.status_code, response.text
    return response.json()


async def begin(world: World) -> Json:
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    return await open_one(world.nora, world.thread_id)


async def counts(person: Caller) -> tuple[int, int]:
    found = await inbox(person)
    return found["mine"], found["handed_to_me"]


async def lines(person: Caller, thread_id: str) -> list[str]:
    return [each["body"] for each in (await person.thread(thread_id))["messages"] if each["kind"] == "system"]


async def test_a_hand_off_with_a_note(world: World) -> None:
    """PA-20, PA-21: it is the colleague's then, tells them live and stands in the timeline with the note."""
    seen = await begin(world)
    async with world.vane.live() as live:
        handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.vane.id, note=SECRET)
        frame = await live.next("changes")
        while not any(each["assignment"] for each in frame["conversations"]):  # what was written before may still be on its way
            frame = await live.next("changes")
    waiting = await counts(world.vane)
    rows = (await inbox(world.vane, state="handed_to_me"))["rows"]
    taken = await act(world.vane, world.thread_id, "take", seen=handed)

    assert (world.vane.id, "Nora Ames") == (handed["assignment"]["staff_id"], handed["assignment"]["by_name"])
    assert [world.vane.id] == [each["assignment"]["staff_id"] for each in frame["conversations"]]
    assert ((1, 1), (0, 0)) == (waiting, await counts(world.nora))
    assert [world.thread_id] == [row["thread_id"] for row in rows]
    assert "Pixel is limping" == rows[0]["last_message"]["body"], "what the family said stays in sight"
    assert (1, 0) == await counts(world.vane)
    assert world.vane.id == taken["assignment"]["by_id"]
    assert [
        f"Nora Ames handed this to Dr Sam Vane: {SECRET}",
        "Dr Sam Vane took this conversation",
    ] == await lines(world.ada, world.thread_id)


async def test_the_family_never_learns_of_it(world: World) -> None:
    """PA-21, I9: neither of the note nor of who answers, in no answer, no live frame and no text."""
    texting = await set_texting(world)
    seen = await begin(world)
    async with world.olive.live() as live:
        handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.vane.id, note=SECRET)
        back = await act(world.vane, world.thread_id, "give-back", seen=handed)
        await act(world.ada, world.thread_id, "take", seen=back)
        answer = await world.vane.post_text(world.thread_id, "See you at two")
        frames = [await live.next("changes")]
        while frames[-1]["revision"] < answer["revision"]:
            frames.append(await live.next("changes"))
    everything = await seen_by_family(world.olive, world.thread_id) + json.dumps(frames)

    assert "See you at two" in everything
    assert [] == [word for word in (SECRET, "handed", "gave this", "Ada Lind", "took") if word in everything]
    assert 404 == (await world.olive.get(f"/threads/{world.thread_id}/hand-off-choices")).status_code
    assert 404 == (await ask(world.olive, world.thread_id, "take", seen=seen)).status_code
    assert [] == await texting.sent_to(OLIVE)


async def test_two_at_once_have_one_winner(world: World) -> None:
    """PA-20: whoever is second is told of the first in words, whatever the two want."""
    seen = await begin(world)
    both = await asyncio.gather(
        ask(world.vane, world.thread_id, "take", seen=seen), ask(world.nora, world.thread_id, "take", seen=seen)
    )
    winner, loser = sorted(both, key=lambda response: response.status_code)
    name = winner.json()["assignment"]["staff_name"]
    end = f"/threads/{world.thread_id}/conversations/{seen['id']}/end"
    late = [
        await ask(world.ada, world.thread_id, "hand-off", seen=seen, staff_id=world.vane.id),
        await world.ada.send("POST", f"{end}?seen_revision={seen['revision']}"),
    ]
    now = await open_one(world.ada, world.thread_id)
    await world.ada.send("POST", f"{end}?seen_revision={now['revision']}")
    after_end = await ask(world.nora, world.thread_id, "take", seen=now)

    assert (200, 409) == (winner.status_code, loser.status_code)
    assert [("handed_on", True)] * 3 == [
        (each.json()["code"], each.json()["detail"].startswith(f"{name} took this ")) for each in (loser, *late)
    ]
    assert after_end.json()["detail"].startswith("Ada Lind ended this ")


async def test_repeats_change_nothing(world: World) -> None:
    """PA-20: taking what is mine, giving back what is nobody's, and a request that comes twice under one key."""
    seen = await begin(world)
    await act(world.nora, world.thread_id, "take", seen=seen)
    again = await act(world.nora, world.thread_id, "take", seen=seen)
    path, headers = f"/threads/{world.thread_id}/conversations/{seen['id']}/hand-off", {"Idempotency-Key": str(uuid4())}
    body = {"seen_revision": again["revision"], "role": "administrator"}
    answers = [await world.nora.send("POST", path, body, headers=headers) for _ in range(2)]
    handed = answers[0].json()
    await act(world.ada, world.thread_id, "give-back", seen=handed)
    await act(world.vane, world.thread_id, "give-back", seen=handed)

    assert answers[0].json() == answers[1].json()
    assert ("administrator", None) == (handed["assignment"]["role"], handed["assignment"]["staff_id"])
    assert [
        "Nora Ames took this conversation",
        "Nora Ames handed this to administrators",
        "Ada Lind gave this conversation back to the team",
    ] == await lines(world.nora, world.thread_id)


async def test_to_a_role_or_to_the_clinic(world: World) -> None:
    """PA-20, V2P+9 as ADR 14 has it: it waits for each of them, and for nobody else, until one takes it."""
    seen = await begin(world)
    handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, role="administrator")
    by_role = [(await counts(person))[1] for person in (world.ada, world.vane, world.helen, world.nora)]
    handed = await act(world.ada, world.thread_id, "hand-off", seen=handed, clinic_id=world.clinic_id)
    by_clinic = [(await counts(person))[1] for person in (world.ada, world.vane, world.helen, world.hal)]
    await act(world.vane, world.thread_id, "take", seen=handed)

    assert ([1, 0, 0, 0], [0, 1, 1, 0]) == (by_role, by_clinic)
    assert ((1, 0), (0, 0)) == (await counts(world.vane), await counts(world.helen))


async def test_what_cannot_be(world: World) -> None:
    """PA-20: to nobody, to two, to oneself, to another clinic's people or a role without the inbox; and never by outsiders."""
    seen = await begin(world)
    wrong: tuple[dict[str, str], ...] = (
        {},
        {"staff_id": world.vane.id, "role": "senior"},
        {"staff_id": world.nora.id},
        {"staff_id": world.hal.id},
        {"staff_id": world.rita.id},
        {"staff_id": world.olive.id},
        {"clinic_id": world.other_clinic_id},
        {"role": "basic"},
    )
    refused = [(await ask(world.nora, world.thread_id, "hand-off", seen=seen, **values)).status_code for values in wrong]
    outside = [
        (await ask(person, world.thread_id, verb, seen=seen, **values)).status_code
        for person in (world.rita, world.hal, world.toby, world.kim)
        for verb, values in (("take", {}), ("give-back", {}), ("hand-off", {"staff_id": person.id}))
    ]

    assert [422] * len(wrong) == refused
    assert [404] * len(outside) == outside
    assert [] == await lines(world.nora, world.thread_id)


async def test_basic_staff_see_it_while_it_is_theirs(world: World) -> None:
    """C16, PA-20: a grant until the clinic's day ends; it goes with the hand-off, and they hand on only what is theirs."""
    seen = await begin(world)
    other = await ask(world.toby, world.thread_id, "take", seen=seen)
    choices = (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()
    handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.toby.id, note="Please call Olive")
    answer = await world.toby.post_text(world.thread_id, "I will call you")
    passed = await act(world.toby, world.thread_id, "hand-off", seen=handed, staff_id=world.vane.id)
    after = (await world.toby.get(f"/threads/{world.thread_id}")).status_code
    again = await act(world.nora, world.thread_id, "hand-off", seen=passed, staff_id=world.toby.id)
    tomorrow = clock.now() + timedelta(days=1)
    clock.set_clock(lambda: tomorrow)
    next_day = (await world.toby.get(f"/threads/{world.thread_id}")).status_code
    clock.set_clock(None)

    assert 404 == other.status_code
    assert [True] == [each["needs_grant"] for each in choices["people"] if each["staff_id"] == world.toby.id]
    assert ("I will call you", 404, 404) == (answer["body"], after, next_day)
    assert world.toby.id == again["assignment"]["staff_id"]


async def test_a_grant_ends_with_the_conversation(world: World) -> None:
    """C16: ended by whomever; whose family is on the schedule sees it all the same, and needs no grant."""
    seen = await begin(world)
    handed = await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.toby.id)
    before = (await world.toby.get(f"/threads/{world.thread_id}")).status_code
    await world.nora.send("POST", f"/threads/{world.thread_id}/conversations/{handed['id']}/end")
    after = (await world.toby.get(f"/threads/{world.thread_id}")).status_code
    ended = (await world.nora.thread(world.thread_id))["conversations"][0]
    await book(world, on_date=today().isoformat(), at="23:30", minutes=15, staff_id=world.toby.id)
    choices = (await world.nora.get(f"/threads/{world.thread_id}/hand-off-choices")).json()

    assert (200, 404, None) == (before, after, ended["assignment"]["staff_id"])
    assert [False] == [each["needs_grant"] for each in choices["people"] if each["staff_id"] == world.toby.id]
    assert 200 == (await world.toby.get(f"/threads/{world.thread_id}")).status_code
    own = await world.olive.post_text(world.thread_id, "One more thing")
    refused = await ask(world.toby, world.thread_id, "hand-off", seen=await open_one(world.nora, world.thread_id), role="senior")

    assert (403, True) == (refused.status_code, own["seq"] > 0)


async def test_conversations_by_text_are_handed_off_like_others(world: World) -> None:
    """PA-19, PA-20: with the app's beside it in the same thread, each with its own person."""
    texting = await set_texting(world)
    await texting.receive("Is she awake?", from_=OLIVE)
    thread_id = (await texting.thread_of(OLIVE))["thread_id"]
    by_text = await texting.conversation_of(OLIVE)
    handed = await act(world.nora, thread_id, "hand-off", seen=by_text, staff_id=world.toby.id, note=SECRET)
    await world.olive.post_text(thread_id, "And in the app")
    [in_app] = [each for each in (await world.nora.thread(thread_id))["conversations"] if each["channel"] == "app"]
    await act(world.vane, thread_id, "take", seen=in_app)
    draft = {"client_id": str(uuid4()), "body": "She is", "text_conversation_id": by_text["id"]}
    sent = await world.toby.send("POST", f"/threads/{thread_id}/messages", draft)

    assert ("sms", world.toby.id) == (handed["channel"], handed["assignment"]["staff_id"])
    assert 201 == sent.status_code, sent.text
    assert [] == [body for body in await texting.sent_to(OLIVE) if SECRET in body]
    assert in_app["id"] == (await row_of(world.vane, thread_id))["conversation"]["id"]


async def test_merging_families_keeps_who_answers(world: World) -> None:
    """PA-20: the conversation that ends by the merge leaves its person to the other, and the history stays."""
    await begin(world)
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    seen = await open_one(world.nora, world.other_thread_id)
    await act(world.nora, world.other_thread_id, "hand-off", seen=seen, staff_id=world.vane.id, note=SECRET)
    body = {"source_family_id": world.other_family_id}
    merged = await world.ada.send("POST", f"/families/{world.family_id}/merge", body)
    kept = await open_one(world.vane, world.thread_id)

    assert 200 == merged.status_code
    assert world.vane.id == kept["assignment"]["staff_id"]
    assert (1, 1) == await counts(world.vane)
    assert [f"Nora Ames handed this to Dr Sam Vane: {SECRET}"] == await lines(world.nora, world.thread_id)
    assert world.vane.id == (await act(world.vane, world.thread_id, "take", seen=kept))["assignment"]["by_id"]


async def test_a_merge_takes_back_what_somebody_else_goes_on_with(world: World) -> None:
    """C16: the grant of whoever answered the conversation that ends by the merge ends with it."""
    await act(world.nora, world.thread_id, "take", seen=await begin(world))
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    seen = await open_one(world.nora, world.other_thread_id)
    await act(world.nora, world.other_thread_id, "hand-off", seen=seen, staff_id=world.toby.id)
    before = (await world.toby.get(f"/threads/{world.other_thread_id}")).status_code
    await world.ada.send("POST", f"/families/{world.family_id}/merge", {"source_family_id": world.other_family_id})

    assert (200, 404) == (before, (await world.toby.get(f"/threads/{world.thread_id}")).status_code)
    assert world.nora.id == (await open_one(world.nora, world.thread_id))["assignment"]["staff_id"]


async def test_a_card_number_in_the_note_is_never_stored(world: World) -> None:
    """C14: the note stands in a line of the timeline, which is stored as messages are."""
    seen = await begin(world)
    await act(world.nora, world.thread_id, "hand-off", seen=seen, staff_id=world.vane.id, note="Charge 4242424242424242")

    assert ["Nora Ames handed this to Dr Sam Vane: Charge ••••\u00a04242"] == await lines(world.nora, world.thread_id)
    assert [] == await tables_with(world.product, "4242424242424242")
