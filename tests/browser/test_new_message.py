"""Starting a message at the clinic: whom to, what about."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.people import add_pet
from tests.browser.windows import Desktops, Window, box_of, colour_behind
from tests.world import World

pytestmark = pytest.mark.browser


def dialog_of(window: Window) -> Locator:
    return window.page.get_by_role("dialog")


async def search(window: Window, text: str) -> Locator:
    """Open New message and type; the families found."""
    await window.page.get_by_role("button", name="New message").click()
    await dialog_of(window).get_by_role("searchbox").fill(text)
    return dialog_of(window).get_by_role("listitem")


async def test_a_round_coral_button_at_the_top_right_starts_a_message(desktops: Desktops, world: World) -> None:
    """PPB-4: with a thread on the screen as well as without."""
    nora = await desktops.open("/staff", person=world.nora)

    for path in ("/staff", f"/staff/threads/{world.thread_id}"):
        await nora.visit(path)
        button = nora.page.get_by_role("button", name="New message")
        box = await box_of(button)
        assert box["x"] + box["width"] > 1440 - 40
        assert box["y"] < 40
        assert box["width"] == box["height"]
        assert "50%" == await button.evaluate("(element) => getComputedStyle(element).borderRadius")
        red, green, blue = await colour_behind(button)
        assert red > 200, "coral"
        assert 40 < max(green, blue) < 120, "coral"

    await button.click()
    await expect(dialog_of(nora).get_by_role("searchbox")).to_be_focused()


async def test_new_chat_starts_a_message_as_well(desktops: Desktops, world: World) -> None:
    """PPB-4"""
    nora = await desktops.open("/staff", person=world.nora)

    await nora.button("New chat").click()

    await expect(dialog_of(nora)).to_contain_text("New message")


@pytest.mark.parametrize("text", ["Olive", "omar h", "pix"])
async def test_a_family_is_found_by_a_parents_and_by_a_pets_name(desktops: Desktops, world: World, text: str) -> None:
    """PPB-5, PPB-6: the beginning of a name is enough; families of other practices are never among the matches."""
    nora = await desktops.open("/staff", person=world.nora)

    found = await search(nora, text)

    await expect(found).to_have_count(1)
    await expect(found).to_contain_text("Hart family")
    await dialog_of(nora).get_by_role("searchbox").fill("Rex")
    await expect(dialog_of(nora)).to_contain_text("No family found")


@pytest.mark.parametrize("text", ["Olive", "Misty"])
async def test_the_queue_is_searched_by_a_parents_and_by_a_pets_name(desktops: Desktops, world: World, text: str) -> None:
    """PPB-5, PPB-6"""
    await add_pet(world, "Misty")
    await world.olive.post_text(world.thread_id, "Hello")
    await world.kim.post_text(world.other_thread_id, "Hello too")
    nora = await desktops.open("/staff", person=world.nora)
    rows = nora.page.get_by_role("region", name="Queue").get_by_role("listitem")
    await expect(rows).to_have_count(2)

    await nora.page.get_by_role("searchbox").fill(text)

    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Hart family")


async def test_a_family_with_a_thread_gets_no_second_one(desktops: Desktops, world: World) -> None:
    """PPB-7, PPB-1: choosing it opens the thread it has."""
    await world.olive.post_text(world.thread_id, "We have a thread")
    nora = await desktops.open("/staff", person=world.nora)

    await (await search(nora, "Olive")).filter(has_text="Hart").get_by_role("button").click()
    await dialog_of(nora).get_by_role("button", name="Open thread").click()

    await expect(nora.page).to_have_url(re.compile(f"/staff/threads/{world.thread_id}$"))
    await expect(nora.message("We have a thread")).to_be_visible()
    await expect(nora.field).to_be_focused()


async def test_a_new_message_asks_what_it_is_about(desktops: Desktops, world: World) -> None:
    """C10, PPB-4: the title given there stands over the conversation."""
    nora = await desktops.open("/staff", person=world.nora)

    await (await search(nora, "Pixel")).filter(has_text="Hart").get_by_role("button").click()
    await dialog_of(nora).get_by_label("What is it about?").fill("Pixel - blood results")
    await dialog_of(nora).get_by_role("button", name="Start conversation").click()

    await expect(nora.heading("Pixel - blood results")).to_be_visible()
    await nora.write("The results are in")
    await expect(nora.message("The results are in")).to_be_visible()
    await expect(nora.heading("Pixel - blood results")).to_be_visible()


async def test_while_a_conversation_is_open_a_second_title_leads_to_it(desktops: Desktops, world: World) -> None:
    """C10, PPB-7: nothing is ended behind anybody's back."""
    await world.olive.post_text(world.thread_id, "Still open")
    nora = await desktops.open("/staff", person=world.nora)
    nora.expect_error("status of 409")

    await (await search(nora, "Pixel")).filter(has_text="Hart").get_by_role("button").click()
    await dialog_of(nora).get_by_label("What is it about?").fill("Something else")
    await dialog_of(nora).get_by_role("button", name="Start conversation").click()
    await expect(dialog_of(nora).get_by_role("alert")).to_be_visible()
    await dialog_of(nora).get_by_role("button", name="Open it").click()

    await expect(nora.message("Still open")).to_be_visible()
