"""Titled conversations inside the one thread: automatic titles, ends, restarts; and notes beside them."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel, row_of
from tests.browser.windows import Desktops
from tests.texting_scene import UNKNOWN, Texting
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


async def test_the_pencil_leads_to_the_clients_details_in_the_app_as_well(desktops: Desktops, world: World) -> None:
    """V2P-70: a name is corrected where the conversation shows it, whatever its channel."""
    await world.olive.post_text(world.thread_id, "She eats grass", pet_ids=[world.pixel_id])
    nora = await nora_in_thread(desktops, world)
    dialog = nora.page.get_by_role("dialog", name="Client details")

    await nora.button("Rename the conversation").click()
    await nora.button("Client details").click()
    await dialog.get_by_label("Last name").fill("Hart-Lee")
    await dialog.get_by_role("button", name="Save").click()

    await expect(nora.page.get_by_role("complementary", name="Family")).to_contain_text("Olive Hart-Lee")


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


async def test_what_ended_is_in_the_history_and_is_restarted_from_there(desktops: Desktops, world: World) -> None:
    """V2P-92, V2P+1: Active Conversations on one tab, ended ones on another."""
    await world.olive.post_text(world.thread_id, "About her paw")
    nora = await nora_in_thread(desktops, world)
    active, history = nora.button("Active Conversations"), nora.button("History")
    await expect(active).to_have_attribute("aria-pressed", "true")
    await nora.button("End conversation").click()
    await expect(nora.button("Restart")).to_be_visible()
    await nora.visit("/staff")
    await expect(nora.page.get_by_text("No active conversations")).to_be_visible()

    await history.click()
    await row_of(nora, "Hart").click()
    await nora.button("Restart").click()
    await expect(nora.button("End conversation")).to_be_visible()
    await active.click()

    await expect(row_of(nora, "Hart")).to_be_visible()
    await history.click()
    await nora.visit("/staff")
    await history.click()
    await expect(nora.page.get_by_text("No history yet")).to_be_visible()


async def test_the_queue_stands_in_the_order_of_waiting(desktops: Desktops, world: World) -> None:
    """PA-27: whoever waits longest is first, and leaves with the answer of a colleague."""
    await world.olive.post_text(world.thread_id, "About her paw")
    await world.kim.post_text(world.other_thread_id, "About Mochi")
    nora = await desktops.open("/staff", person=world.nora)
    rows = nora.page.get_by_role("region", name="Queue").get_by_role("listitem")
    await expect(rows).to_contain_text(["Sato", "Hart"])

    await nora.page.get_by_label("Order").select_option("Longest waiting first")
    await expect(rows).to_contain_text(["Hart", "Sato"])
    await world.olive.post_text(world.thread_id, "It swells")
    await expect(rows.first).to_contain_text("It swells")
    await world.vane.post_text(world.thread_id, "Come in at two")

    await expect(rows).to_contain_text(["Sato"])
    await expect(rows).to_have_count(1)


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
    await nora.page.get_by_role("button", name="Internal note · draft").click()
    await expect(nora.page.get_by_role("textbox", name="Internal note")).to_have_value("Only for us")


async def test_a_guest_becomes_part_of_the_family_that_they_are(desktops: Desktops, world: World, texting: Texting) -> None:
    """I2: what becomes of both is told before, a typed name confirms it, and the one thread of both is on the screen."""
    await world.olive.post_text(world.thread_id, "About her paw")
    await texting.receive("It is Olive, from work", from_=UNKNOWN)
    asked = [(caller, guests) for caller in (world.ada, world.rita) for guests in (True, False)]
    found = [(await caller.get("/families", q="555-0134", with_guests=guests)).json()["families"] for caller, guests in asked]
    ada = await desktops.open("/staff", person=world.ada)
    ada.expect_error("status of 404")  # of what its panel asks for in the moment in which the guest's family is gone
    await row_of(ada, "Guest").click()
    await ada.button("Merge with another family").click()
    dialog = ada.page.get_by_role("dialog")
    await dialog.get_by_role("searchbox").fill("pixel")
    findings = await grave_findings(ada.page)
    await dialog.get_by_role("button", name="Hart family").click()

    await expect(dialog.get_by_role("radio", name="Hart family", checked=True)).to_be_focused()
    await expect(dialog.get_by_role("region", name="Afterwards")).to_contain_text("4 people · 1 pet")
    await expect(dialog).to_contain_text("This cannot be undone.")
    merge = dialog.get_by_role("button", name="Merge for good")
    await dialog.get_by_role("textbox").fill("Hart")
    await expect(merge).to_be_disabled()
    findings += await grave_findings(ada.page)
    await dialog.get_by_role("textbox").fill("guest +1 415-555-0134")
    await merge.click()

    await expect(ada.message("About her paw")).to_be_visible()
    await expect(ada.message("It is Olive, from work")).to_be_visible()
    await expect(ada.page.get_by_role("complementary", name="Family")).to_contain_text("+1 415-555-0134")
    await expect(row_of(ada, "Guest")).to_have_count(0)
    assert [1, 0, 0, 0] == [len(families) for families in found]
    assert ([], f"/staff/threads/{world.thread_id}") == (findings, ada.page.url.removeprefix(world.product.url))


async def test_who_may_not_merge_families_is_not_asked_to(desktops: Desktops, world: World) -> None:
    """And who may reads in words why it did not work, with nothing changed."""
    nora = await nora_in_thread(desktops, world)
    await expect(nora.page.get_by_role("complementary", name="Family")).to_contain_text("Olive Hart")
    await expect(nora.button("Merge with another family")).to_have_count(0)
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada)
    await ada.button("Merge with another family").click()
    dialog = ada.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Sato family").click()
    await dialog.get_by_role("textbox").fill("sato")
    body = {"source_family_id": world.other_family_id}
    await world.helen.send("POST", f"/families/{world.family_id}/merge", body)
    ada.expect_error("status of 404")

    await dialog.get_by_role("button", name="Merge for good").click()

    await expect(dialog.get_by_role("alert")).to_contain_text("Somebody may have merged them already")
