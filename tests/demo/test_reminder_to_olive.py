"""The button that sends Olive a reminder."""

from collections.abc import AsyncGenerator

import pytest

from pawline.demo.reminders import remind_olive
from pawline.platform.errors import NotFound
from tests.texting_scene import OLIVE, Texting, set_texting
from tests.world import World


@pytest.fixture
async def texting(world: World) -> AsyncGenerator[Texting]:
    """Northside is the demo's for as long as the test lasts."""
    texting = await set_texting(world)
    texting.advance(hours=2)
    await texting.rows("UPDATE practice SET is_demo = true WHERE id = :practice_id RETURNING id")
    yield texting
    await texting.rows("UPDATE practice SET is_demo = false WHERE id = :practice_id RETURNING id")


async def test_each_press_texts_her_phone_once_more(texting: Texting) -> None:
    for _ in range(2):
        response = await texting.world.stranger.post("/demo/reminder")
        assert 201 == response.status_code, response.text

    body = "Hill Street: Pixel is due for a rabies vaccination. Call +1 212-555-0142 to book. Reply STOP to opt out."
    assert [body, body] == await texting.sent_to(OLIVE)


async def test_after_stop_the_button_says_how_she_gets_them_again(texting: Texting) -> None:
    """V2P-82, V2P-85"""
    await texting.world.stranger.post("/demo/reminder")
    await texting.receive("STOP", from_=OLIVE)

    refused = await texting.world.stranger.post("/demo/reminder")

    assert (409, "text_refused") == (refused.status_code, refused.json()["code"])
    assert "START" in refused.json()["detail"]


async def test_a_real_practice_is_left_alone(world: World) -> None:
    await set_texting(world)

    async with world.product.database.transaction() as uow:
        with pytest.raises(NotFound):
            await remind_olive(uow)
