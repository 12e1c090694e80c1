"""A post is stored without asking first who sends it. Whatever changed since their last one counts at once all the same."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import text

from pawline.threads.tests.scene import page, post
from tests.world import Json, World

CHANGES = {
    "signed out": ("olive", "UPDATE login_session SET revoked_at = now() WHERE person_id = :person", 404),
    "away for too long": ("olive", "UPDATE login_session SET idle_until = now() WHERE person_id = :person", 404),
    "signed in for too long": ("olive", "UPDATE login_session SET expires_at = now() WHERE person_id = :person", 404),
    "session swept": ("olive", "DELETE FROM login_session WHERE person_id = :person", 404),
    "no longer a contact who signs in": ("omar", "UPDATE contact SET role = 'other' WHERE id = :person", 404),
    "no pet connected any more": ("olive", "UPDATE connection SET state = 'revoked' WHERE practice_id = :practice", 403),
    "left the practice": ("nora", "UPDATE staff_member SET left_at = now() WHERE id = :person", 404),
    "lower role": ("nora", "UPDATE staff_member SET role = 'basic' WHERE id = :person", 404),
    "works elsewhere": ("nora", "DELETE FROM staff_clinic WHERE staff_id = :person", 404),
}
# Without a connected pet the company may not post either.
OF_ONE = {name: change for name, change in CHANGES.items() if name != "no pet connected any more"}


@pytest.mark.parametrize(("who", "statement", "status"), CHANGES.values(), ids=CHANGES)
async def test_who_lost_the_right_to_post_cannot_post_once_more(world: World, who: str, statement: str, status: int) -> None:
    """P-11: removed access is removed at the next request, also when nobody tells this process of it."""
    author = getattr(world, who)
    for body in ("One", "Two"):
        await author.post_text(world.thread_id, body)

    await change(world, statement, author.id)
    answer = await post(author, world.thread_id, body="Three")

    assert status == answer.status_code, answer.text
    assert ["One", "Two"] == await bodies(world)


@pytest.mark.parametrize(("who", "statement", "status"), OF_ONE.values(), ids=OF_ONE)
async def test_nor_in_the_company_of_others(world: World, who: str, statement: str, status: int) -> None:
    """P-11: what waits together is stored by another statement, and judged alike."""
    author = getattr(world, who)
    await author.post_text(world.thread_id, "One")
    await world.vane.post_text(world.thread_id, "Hello")

    await change(world, statement, author.id)
    company = (post(world.vane, world.thread_id, body="Hello") for _ in range(6))
    first, *others, answer = await asyncio.gather(*company, post(author, world.thread_id, body="Two"))

    assert [status, *[201] * 6] == [answer.status_code, first.status_code, *(each.status_code for each in others)]
    assert ["One", *["Hello"] * 7] == await bodies(world)


async def test_a_new_name_stands_on_the_very_next_message(world: World) -> None:
    for _ in range(2):
        await world.olive.post_text(world.thread_id, "Pixel limps")

    await change(world, "UPDATE person SET name = 'Olive Brown' WHERE id = :person", world.olive.id)
    message = await world.olive.post_text(world.thread_id, "since yesterday")

    assert "Olive Brown" == message["author_name"]


async def test_a_higher_role_counts_at_once(world: World) -> None:
    await change(world, "UPDATE staff_member SET role = 'basic' WHERE id = :person", world.nora.id)
    assert 404 == (await post(world.nora, world.thread_id)).status_code

    await change(world, "UPDATE staff_member SET role = 'senior' WHERE id = :person", world.nora.id)

    assert 201 == (await post(world.nora, world.thread_id)).status_code


async def test_a_known_author_still_needs_the_token_and_our_own_pages(world: World) -> None:
    await world.olive.post_text(world.thread_id, "Pixel limps")
    body = {"client_id": str(uuid4()), "body": "Planted"}

    answers = [
        await world.olive.send("POST", f"/threads/{world.thread_id}/messages", body, headers=headers)
        for headers in ({"X-CSRF-Token": "0" * 64}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"})
    ]

    assert [403] * 3 == [answer.status_code for answer in answers]
    assert ["Pixel limps"] == await bodies(world)


async def test_one_post_sent_many_times_at_once_is_stored_once(world: World) -> None:
    """F-15: a double click or a storm of retries, in the company of other posts."""
    await world.olive.post_text(world.thread_id, "Pixel limps")
    client_id = str(uuid4())

    answers = await asyncio.gather(
        *(post(world.olive, world.thread_id, client_id=client_id, body="Help") for _ in range(20)),
        *(post(world.nora, world.thread_id, body="Hello") for _ in range(5)),
    )

    assert [200] * 19 + [201] * 6 == sorted(answer.status_code for answer in answers)
    assert ["Hello"] * 5 + ["Help", "Pixel limps"] == sorted(await bodies(world))


async def test_outsiders_stay_outside_however_often_they_post(world: World) -> None:
    await world.olive.post_text(world.thread_id, "Pixel limps")

    assert [404] * 3 == [(await post(world.rita, world.thread_id)).status_code for _ in range(3)]


async def change(world: World, statement: str, person_id: str) -> None:
    """Behind the back of the process that serves, as another one would."""
    values: Json = {"person": person_id, "practice": world.practice_id}
    async with world.product.database.transaction() as uow:
        await uow.execute(text(statement), values)


async def bodies(world: World) -> list[str]:
    return [message["body"] for message in (await page(world.vane, world.thread_id))["messages"]]
