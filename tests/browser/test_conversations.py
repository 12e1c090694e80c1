"""Titled conversations inside the one thread: automatic titles, ends, restarts; and notes beside them."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import Desktops
from tests.world import World

pytestmark = pytest.mark.browser


async def test_a_conversation_the_family_begins_gets_a_title_by_itself(desktops: Desktops, world: World) -> None:
    """C10: the pet's name and the day; staff may give it a better one, which colleagues see at once."""
    await world.olive.post_text(world.thread_id, "She eats grass", pet_ids=[world.pixel_id])
    nora = await nora_in_thread(desktops, world)
    vane = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.vane)
    await expect(nora.page.get_by_role("heading", level=1, name=re.compile(r"^Pixel\b.*\d"))).to_be_visible()

    await nora.button("Rename the conversation").click()
    await nora.page.get_by_label("Title of the conversation").fill("Pixel - grass")
    await nora.page.keyboard.press("Enter")

    await expect(nora.heading("Pixel - grass")).to_be_visible()
    await expect(vane.heading("Pixel - grass")).to_be_visible()


async def test_after_the_end_the_next_text_opens_a_new_conversation_in_the_same_thread(desktops: Desktops, world: World) -> None:
    """C11, C1: the thread goes on, the ended conversation stays readable above."""
    await world.olive.post_text(world.thread_id, "About her paw")
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)
    await nora.button("End conversation").click()
    await expect(nora.button("Restart")).to_be_visible()

    await olive.write("Now about her ear")

    await expect(nora.message("Now about her ear")).to_be_visible()
    await expect(nora.message("About her paw")).to_be_visible()
    await expect(nora.button("Restart")).to_have_count(0)
    await expect(nora.log).to_contain_text("Ended")
    thread = await world.nora.thread(world.thread_id)
    assert [True, False] == [each["ended_at"] is not None for each in thread["conversations"]]


async def test_an_ended_conversation_can_be_restarted(desktops: Desktops, world: World) -> None:
    """C11"""
    await world.olive.post_text(world.thread_id, "About her paw")
    nora = await nora_in_thread(desktops, world)

    await nora.button("End conversation").click()
    await nora.button("Restart").click()

    await expect(nora.button("End conversation")).to_be_visible()
    assert [None] == [each["ended_at"] for each in (await world.nora.thread(world.thread_id))["conversations"]]


async def test_notes_stay_inside_the_team(desktops: Desktops, world: World) -> None:
    """PPB-14: a colleague reads Nora's note at once; Olive sees neither it nor a sign of it."""
    await world.olive.post_text(world.thread_id, "When can I come?")
    nora = await nora_in_thread(desktops, world)
    vane = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.vane)
    olive = await olive_at_pixel(desktops, world)

    await nora.page.get_by_role("button", name="Internal note", exact=True).click()
    await nora.page.get_by_role("textbox", name="Internal note").fill("Owner is anxious, be kind")
    await nora.page.get_by_role("textbox", name="Internal note").press("Enter")
    await expect(vane.message("Owner is anxious, be kind")).to_contain_text("Internal note, never sent to the family")
    await world.vane.post_text(world.thread_id, "At three")

    await expect(olive.message("At three")).to_be_visible()
    await expect(olive.page.get_by_text("Owner is anxious")).to_have_count(0)
    await olive.page.reload()
    await expect(olive.message("At three")).to_be_visible()
    await expect(olive.page.get_by_text("Owner is anxious")).to_have_count(0)


async def test_what_is_begun_as_a_note_never_lands_in_the_reply(desktops: Desktops, world: World) -> None:
    """Each of the two has a text of its own, and each survives a reload."""
    nora = await nora_in_thread(desktops, world)
    await nora.page.get_by_role("button", name="Internal note", exact=True).click()
    await nora.page.get_by_role("textbox", name="Internal note").fill("Only for us")
    await nora.page.get_by_role("button", name="Reply", exact=True).click()
    await expect(nora.field).to_have_value("")
    await nora.field.fill("Dear Olive")

    await nora.page.reload()

    await expect(nora.field).to_have_value("Dear Olive")
    await nora.page.get_by_role("button", name="Internal note", exact=True).click()
    await expect(nora.page.get_by_role("textbox", name="Internal note")).to_have_value("Only for us")
