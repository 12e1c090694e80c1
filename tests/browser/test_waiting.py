"""Whoever waits for an answer is not overlooked, and nothing moves while somebody chooses."""

import re

import pytest
from playwright.async_api import Locator, Route, expect

from pawline.threads.tests.scene import post_note
from tests.browser.people import nora_in_thread, row_of
from tests.browser.windows import DESK, Desktops, Window, box_of
from tests.world import World

pytestmark = pytest.mark.browser


def rows(window: Window) -> Locator:
    return window.page.get_by_role("region", name="Queue").locator("[data-row]")


def pill(window: Window, family: str) -> Locator:
    return row_of(window, family).locator("time.waiting")


async def test_a_family_waits_since_its_first_message_in_the_default_order_too(desktops: Desktops, world: World) -> None:
    """PA-27: loaded or live, whatever note comes after it; until a colleague writes to them."""
    first = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.olive.post_text(world.thread_id, "Hello?")
    nora = await desktops.open("/staff", person=world.nora)
    await expect(pill(nora, "Hart")).to_have_attribute("datetime", first["created_at"])

    await post_note(world.vane, world.thread_id, "I asked Dr Vane")
    await expect(row_of(nora, "Hart")).to_contain_text("I asked Dr Vane")
    await expect(pill(nora, "Hart")).to_have_attribute("datetime", first["created_at"])
    await nora.visit("/staff?show=waiting")
    await expect(rows(nora)).to_have_count(1)
    await post_note(world.vane, world.thread_id, "She is in surgery")
    await expect(rows(nora)).to_contain_text("She is in surgery")
    await expect(pill(nora, "Hart")).to_have_attribute("datetime", first["created_at"])

    await world.vane.post_text(world.thread_id, "Bring her in")
    await expect(pill(nora, "Hart")).to_have_count(0)


async def test_no_row_moves_under_the_pointer(desktops: Desktops, world: World) -> None:
    """PA-27: what it says is new at once; where it stands changes when the pointer has gone."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    nora = await desktops.open("/staff", person=world.nora, look=DESK)
    await expect(rows(nora)).to_have_count(2)
    await expect(rows(nora).first).to_contain_text("Sato")
    place = await box_of(rows(nora).first)
    await rows(nora).first.hover()

    await world.olive.post_text(world.thread_id, "Pixel cannot stand")
    await nora.page.mouse.move(place["x"] + 60, place["y"] + 20)
    await expect(rows(nora).nth(1)).to_contain_text("Pixel cannot stand")
    await expect(rows(nora).first).to_contain_text("Sato")
    await nora.page.mouse.move(place["x"] + place["width"] + 200, place["y"] + 300)
    await expect(rows(nora).first).to_contain_text("Pixel cannot stand")


async def test_colleagues_see_each_other_as_soon_as_the_second_one_comes(desktops: Desktops, world: World) -> None:
    """V2P+4: neither has to wait for the other to tell again."""
    nora = await nora_in_thread(desktops, world)
    vane = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.vane)

    await expect(nora.page.get_by_text("Dr Sam Vane is viewing")).to_be_visible()
    await expect(vane.page.get_by_text("Nora Ames is viewing")).to_be_visible()


async def test_whoever_ends_it_second_is_told_who_was_first(desktops: Desktops, world: World) -> None:
    """V2P-92: and is offered no Undo of a colleague's end. Their screen had not heard of it yet."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    nora = await nora_in_thread(desktops, world)
    nora.expect_error("status of 409")
    path = f"/threads/{world.thread_id}/conversations/{message['conversation_id']}/end"

    async def late(route: Route) -> None:
        assert (await world.vane.send("POST", path)).is_success
        await route.continue_()

    await nora.page.route(re.compile(r"/end\?"), late)
    await nora.log.focus()
    await nora.page.keyboard.press("e")

    await expect(nora.page.locator(".toast")).to_contain_text("Dr Sam Vane ended this")
    await expect(nora.button("Undo")).to_have_count(0)
