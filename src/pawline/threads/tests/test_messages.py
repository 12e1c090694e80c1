"""Posting and repeating messages over real HTTP."""

import asyncio
import uuid

from pawline.threads.tests.scene import page, post, post_many
from tests.world import World


async def test_owner_and_team_write_into_one_thread(world: World) -> None:
    """PPB-14: messages of every team member go into the same thread, each with its author. PPB-11, PPB-13."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.omar.post_text(world.thread_id, "since the walk")
    await world.nora.post_text(world.thread_id, "Can he put weight on it?")
    await world.vane.post_text(world.thread_id, "Bring him in at two")

    messages = (await world.olive.thread(world.thread_id))["messages"]

    assert ["Olive Hart", "Omar Hart", "Nora Ames", "Dr Sam Vane"] == [message["author_name"] for message in messages]
    assert [1, 2, 3, 4] == [message["seq"] for message in messages]


async def test_primary_and_secondary_contact_see_the_same(world: World) -> None:
    """PPB-12: with several humans in a family, both see the messages, their own and the other's."""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    await world.olive.post_text(world.thread_id, "Better")

    seen_by_olive = (await world.olive.thread(world.thread_id))["messages"]
    seen_by_omar = (await world.omar.thread(world.thread_id))["messages"]

    assert ["How is Pixel?", "Better"] == [message["body"] for message in seen_by_omar]
    assert seen_by_olive == seen_by_omar


async def test_nothing_to_send_is_refused(world: World) -> None:
    """AL-26: no text and no photo; the server refuses and stores nothing."""
    answers = [await post(world.olive, world.thread_id, body=body) for body in ("", " ", "\n\t\u2003 ")]

    assert [422] * 3 == [answer.status_code for answer in answers]
    assert {"Write something or add a photo first."} == {answer.json()["detail"] for answer in answers}
    assert 0 == (await world.olive.thread(world.thread_id))["last_seq"]


async def test_a_message_holds_ten_thousand_characters_and_not_one_more(world: World) -> None:
    longest = "🐾" * 10_000

    assert 201 == (await post(world.olive, world.thread_id, body=longest)).status_code
    assert 422 == (await post(world.olive, world.thread_id, body=longest + "!")).status_code
    assert [longest] == [message["body"] for message in (await page(world.nora, world.thread_id))["messages"]]


async def test_a_body_is_kept_to_the_letter(world: World) -> None:
    body = "  Pixel:\n\n\t'limps' <b>&amp;</b> 🐕‍🦺 \u202eleft\u202c  "
    await world.olive.post_text(world.thread_id, body)

    assert body == (await page(world.nora, world.thread_id))["messages"][0]["body"]


async def test_a_character_that_cannot_be_stored_is_refused(world: World) -> None:
    response = await post(world.olive, world.thread_id, body="Pixel\x00")

    assert (422, "body") == (response.status_code, response.json()["errors"][0]["field"])


async def test_a_pet_of_another_family_looks_like_no_pet_at_all(world: World) -> None:
    [mochi] = (await world.nora.thread(world.other_thread_id))["family"]["pets"]
    foreign = await post(world.olive, world.thread_id, pet_ids=[mochi["id"]])
    unknown = await post(world.olive, world.thread_id, pet_ids=[str(uuid.uuid4())])

    assert (422, "pet_ids") == (foreign.status_code, foreign.json()["errors"][0]["field"])
    assert unknown.json() == foreign.json()
    assert 0 == (await world.olive.thread(world.thread_id))["last_seq"]


async def test_same_client_id_and_body_is_the_same_message(world: World) -> None:
    """I6: one client-made id of an author makes at most one message; other content under it is a conflict."""
    draft = {"client_id": str(uuid.uuid4()), "body": "Hello"}
    first = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", draft)
    again = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", draft)
    other = await world.olive.send("POST", f"/threads/{world.thread_id}/messages", {**draft, "body": "Bye"})

    assert (201, 200, 409) == (first.status_code, again.status_code, other.status_code)
    assert first.json() == again.json()
    assert "client_id_reused" == other.json()["code"]


async def test_fifty_sendings_at_once_make_one_message(world: World) -> None:
    """I6: whatever the number of retries, even all at the same moment."""
    client_id = str(uuid.uuid4())
    answers = await asyncio.gather(*(post(world.olive, world.thread_id, client_id=client_id) for _ in range(50)))

    assert [200] * 49 + [201] == sorted(answer.status_code for answer in answers)
    assert 1 == len({answer.text for answer in answers})
    assert 1 == (await world.olive.thread(world.thread_id))["last_seq"]


async def test_fifty_contents_at_once_under_one_client_id_are_one_message_and_conflicts(world: World) -> None:
    """I6: same id with another body is a conflict."""
    client_id = str(uuid.uuid4())
    bodies = [f"Pixel ate {number} socks" for number in range(50)]
    answers = await asyncio.gather(*(post(world.olive, world.thread_id, client_id=client_id, body=body) for body in bodies))
    stored = (await page(world.olive, world.thread_id))["messages"]

    assert [201] + [409] * 49 == sorted(answer.status_code for answer in answers)
    assert [answer.json()["body"] for answer in answers if answer.status_code == 201] == [each["body"] for each in stored]


async def test_a_client_id_belongs_to_its_author_and_to_one_thread(world: World) -> None:
    """I6: the id is per author; what it names is a message in one thread."""
    client_id = str(uuid.uuid4())
    by_nora = await post(world.nora, world.thread_id, client_id=client_id)
    by_olive = await post(world.olive, world.thread_id, client_id=client_id)
    elsewhere = await post(world.nora, world.other_thread_id, client_id=client_id)

    assert (201, 201, 409) == (by_nora.status_code, by_olive.status_code, elsewhere.status_code)


async def test_numbers_have_no_gap_when_everybody_writes_at_once(world: World) -> None:
    people = (world.olive, world.omar, world.nora, world.vane)
    await asyncio.gather(*(post_many(person, world.thread_id, 12) for person in people))
    messages = (await page(world.nora, world.thread_id, limit=200))["messages"]

    assert list(range(1, 49)) == [message["seq"] for message in messages]
    assert list(range(1, 49)) == [message["revision"] for message in messages]
    assert 1 == len({message["conversation_id"] for message in messages})


async def test_a_refused_post_among_good_ones_costs_no_number(world: World) -> None:
    """Posts that wait together are stored together; what is wrong with one is no fault of the others."""
    wrong = [post(world.olive, world.thread_id, pet_ids=[str(uuid.uuid4())]) for _ in range(5)]
    good = [post(world.olive, world.thread_id) for _ in range(5)]
    answers = await asyncio.gather(*(each for pair in zip(wrong, good, strict=True) for each in pair))

    assert [422, 201] * 5 == [answer.status_code for answer in answers]
    assert list(range(1, 6)) == [message["seq"] for message in (await page(world.olive, world.thread_id))["messages"]]
