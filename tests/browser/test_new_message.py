"""Start New Conversation: what about, by which way, and with whom."""

import re

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import text as sql

from tests.browser.people import add_pet
from tests.browser.windows import Desktops, Window, box_of, colour_behind
from tests.world import Caller, World

pytestmark = pytest.mark.browser
NOT_IN_APP = "The client has not downloaded or signed in to your mobile app"
DISABLED = "Chat has been disabled for this specific client in Settings > Chat > Disable chat for user"


async def join_app(world: World, *people: Caller) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(
            sql("UPDATE contact SET app_joined_at = now() WHERE practice_id = :practice_id AND id = ANY(CAST(:ids AS uuid[]))"),
            {"practice_id": world.practice_id, "ids": [person.id for person in people]},
        )


def dialog_of(window: Window) -> Locator:
    return window.page.get_by_role("dialog")


async def choose_user(window: Window, text: str, *, title: str = "Blood results") -> Locator:
    """Start New Conversation, by keys alone, up to the app users found."""
    await window.page.get_by_role("button", name="Start New Conversation").click()
    await expect(dialog_of(window).get_by_role("button", name="Start Chat Messaging")).to_be_enabled()
    await window.page.keyboard.type(title)
    await window.page.keyboard.press("Enter")
    await expect(dialog_of(window).get_by_role("combobox")).to_be_focused()
    await window.page.keyboard.type(text)
    return dialog_of(window).get_by_role("option")


async def test_a_round_coral_button_at_the_top_right_starts_a_conversation(desktops: Desktops, world: World) -> None:
    """PPB-4, V2P-15: with a thread on the screen as well as without."""
    nora = await desktops.open("/staff", person=world.nora)

    for path in ("/staff", f"/staff/threads/{world.thread_id}"):
        await nora.visit(path)
        button = nora.page.get_by_role("button", name="Start New Conversation")
        box = await box_of(button)
        assert box["x"] + box["width"] > 1440 - 40
        assert box["y"] < 40
        assert box["width"] == box["height"]
        assert "50%" == await button.evaluate("(element) => getComputedStyle(element).borderRadius")
        red, green, blue = await colour_behind(button)
        assert red > 200, "coral"
        assert 40 < max(green, blue) < 120, "coral"

    await button.click()
    await expect(dialog_of(nora).get_by_label("Title")).to_be_focused()


async def test_new_chat_starts_one_as_well(desktops: Desktops, world: World) -> None:
    """PPB-4, PA-7: where the clinic does not text, in the app."""
    nora = await desktops.open("/staff", person=world.nora)

    await nora.button("New chat").click()

    await expect(nora.page.get_by_role("dialog", name="Start New Conversation")).to_be_visible()
    await expect(dialog_of(nora).get_by_role("button", name="Start Chat Messaging")).to_be_enabled()
    await expect(dialog_of(nora).get_by_role("button", name="Start Text Messaging")).to_be_disabled()
    await expect(dialog_of(nora)).to_contain_text("This clinic has no text number")


async def test_a_title_comes_first_and_then_the_app_way_before_the_other(desktops: Desktops, world: World) -> None:
    """V2P-16, V2P-17, V2P-18, V2P-19"""
    nora = await desktops.open("/staff", person=world.nora)
    await nora.page.get_by_role("button", name="Start New Conversation").click()
    ways = dialog_of(nora).get_by_role("button", name=re.compile("^Start .* Messaging$"))
    await expect(ways).to_contain_text(["Start Chat Messaging", "Start Text Messaging"])

    await ways.first.click()
    await expect(dialog_of(nora).get_by_role("alert")).to_contain_text("Give it a title first")
    await expect(dialog_of(nora).get_by_label("Title")).to_be_focused()
    await nora.page.keyboard.type("Blood results")
    await ways.first.click()

    await expect(nora.page.get_by_role("dialog", name="Choose User", exact=True)).to_be_visible()


@pytest.mark.parametrize("text", ["Olive", "omar h", "pix"])
async def test_a_client_is_found_by_a_parents_and_by_a_pets_name(desktops: Desktops, world: World, text: str) -> None:
    """PPB-5, PPB-6, V2P-20: the beginning of a name is enough; people of other practices are never among the matches."""
    nora = await desktops.open("/staff", person=world.nora)

    found = await choose_user(nora, text)

    await expect(found.filter(has_text="Hart family")).not_to_have_count(0)
    await expect(found.filter(has_text="Sato family")).to_have_count(0)
    await dialog_of(nora).get_by_role("combobox").fill("Rex")
    await expect(dialog_of(nora)).to_contain_text("No app user found for “Rex”")


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


async def test_by_keys_alone_an_app_user_is_chosen_and_written_to(desktops: Desktops, world: World) -> None:
    """C10, V2P-15, V2P-16, V2P-20, V2P-21: the cursor stands in the composer, under the title given; the thread is the one there
    is (PPB-7)."""
    await join_app(world, world.olive, world.omar)
    nora = await desktops.open("/staff", person=world.nora)

    found = await choose_user(nora, "hart", title="Pixel - blood results")
    await expect(found).to_have_count(3)
    await nora.page.keyboard.press("ArrowDown")
    await expect(found.nth(1)).to_have_attribute("aria-selected", "true")
    await nora.page.keyboard.press("ArrowUp")
    await nora.page.keyboard.press("Enter")

    await expect(nora.page).to_have_url(re.compile(f"/staff/threads/{world.thread_id}$"))
    await expect(nora.heading("Pixel - blood results")).to_be_visible()
    await expect(nora.field).to_be_focused()
    await nora.page.keyboard.type("The results are in")
    await nora.page.keyboard.press("Enter")
    await expect(nora.message("The results are in")).to_be_visible()
    assert 1 == len((await world.nora.thread(world.thread_id))["conversations"])


async def test_whoever_has_no_chat_is_greyed_out_with_every_reason(desktops: Desktops, world: World) -> None:
    """V2P-22, V2P-43, V2P-45, V2P-47: neither a press nor Enter chooses them; Escape leaves."""
    await world.ada.send("PUT", f"/contacts/{world.olive.id}/disabled-chat")
    nora = await desktops.open("/staff", person=world.nora)

    olive = (await choose_user(nora, "olive")).filter(has_text="Olive Hart")
    for words in ("Chat not available", NOT_IN_APP, DISABLED):
        await expect(olive).to_contain_text(words)
    await expect(olive).to_have_attribute("aria-disabled", "true")
    await olive.click(force=True)
    await nora.page.keyboard.press("Enter")

    await expect(olive).to_be_visible()
    assert [] == (await world.nora.thread(world.thread_id))["conversations"]
    await nora.page.keyboard.press("Escape")
    await expect(dialog_of(nora)).to_have_count(0)


async def test_while_a_conversation_is_open_a_second_title_leads_to_it(desktops: Desktops, world: World) -> None:
    """C10, PPB-7: nothing is ended behind anybody's back."""
    await join_app(world, world.olive)
    await world.olive.post_text(world.thread_id, "Still open")
    nora = await desktops.open("/staff", person=world.nora)
    nora.expect_error("status of 409")

    await (await choose_user(nora, "olive", title="Something else")).first.click()
    await expect(dialog_of(nora).get_by_role("alert")).to_contain_text("already open")
    await dialog_of(nora).get_by_role("button", name="Open it").click()

    await expect(nora.message("Still open")).to_be_visible()
    await expect(nora.field).to_be_focused()
