"""Card numbers in the app: taken out before anything is stored, whoever writes them."""

from uuid import uuid4

import pytest

from pawline.threads.tests.scene import page, post, post_note
from tests.leaks import tables_with
from tests.world import World

CARD, MASKED = "4242424242424242", "Take ••••\u00a04242, thanks"
WRITTEN = f"Take {CARD}, thanks"


@pytest.mark.parametrize("name", ["olive", "nora"])
async def test_a_card_number_is_never_stored(world: World, name: str) -> None:
    """C14: what a family writes and what the team writes; neither in the message nor in any index, queue or record."""
    author = world.callers[name]
    message = await author.post_text(world.thread_id, WRITTEN)
    found = await world.nora.get("/search/messages", q=CARD)
    shown = [(await page(reader, world.thread_id))["messages"][-1]["body"] for reader in (world.olive, world.omar, world.nora)]

    assert MASKED == message["body"]
    assert [MASKED] * 3 == shown
    assert [] == found.json()["messages"]
    assert [] == await tables_with(world.product, CARD)


async def test_nor_in_a_note_or_beside_something_else(world: World) -> None:
    """C14: the way of plain texts is not the only one."""
    note = await post_note(world.nora, world.thread_id, WRITTEN)
    tagged = await world.olive.post_text(world.thread_id, WRITTEN, pet_ids=[world.pixel_id])

    assert [MASKED] * 2 == [note["body"], tagged["body"]]
    assert [] == await tables_with(world.product, CARD)


async def test_the_same_post_again_is_the_same_message(world: World) -> None:
    """I6: the repeat has the card number in it once more, and is stored once all the same."""
    client_id = str(uuid4())
    answers = [await post(world.olive, world.thread_id, client_id=client_id, body=WRITTEN) for _ in range(3)]
    other = await post(world.olive, world.thread_id, client_id=client_id, body="Take 4242424242424241, thanks")

    assert [201, 200, 200] == [answer.status_code for answer in answers]
    assert 1 == len({answer.json()["id"] for answer in answers})
    assert 409 == other.status_code


async def test_screens_get_it_without(world: World) -> None:
    """C14: the live frame is made of what was posted, and has it no more."""
    async with world.nora.live() as screen:
        await world.olive.post_text(world.thread_id, WRITTEN)
        frame = await screen.next("changes")

    assert [MASKED] == [each["body"] for each in frame["messages"]]


async def test_a_microchip_comes_through(world: World) -> None:
    """C14: one that passes the check of card numbers, with the prefix of Ireland."""
    message = await world.olive.post_text(world.thread_id, "Chip 372098100012345, 985112001234567")

    assert "Chip 372098100012345, 985112001234567" == message["body"]
