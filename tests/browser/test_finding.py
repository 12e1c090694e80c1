"""The search over everything: from a ringing phone or a half-remembered word to the thread, by keyboard, on every screen."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.texting_scene import OLIVE, Texting
from tests.world import World

pytestmark = pytest.mark.browser


def field(window: Window) -> Locator:
    return window.page.get_by_role("combobox", name="Search people")


def rows(window: Window) -> Locator:
    return window.page.get_by_role("listbox", name="What was found").get_by_role("option")


async def test_a_message_far_back_is_found_and_shown(desktops: Desktops, world: World) -> None:
    """AL-52, I10: with Ctrl+K while writing; the arrow keys walk along what was found, Enter goes to the very message."""
    await world.olive.post_text(world.thread_id, "Pixel eats grass behind the barn")
    await world.nora.post_text(world.thread_id, "Grass again, noted", kind="note")
    for number in range(60):
        await world.nora.post_text(world.thread_id, f"Answer {number}")
    await world.nora.read_up_to(world.thread_id, 62)  # what is unread would be shown first
    nora = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.nora)
    await expect(nora.message("Answer 59")).to_be_visible()
    words = nora.log.get_by_text("Pixel eats grass behind the barn")
    await expect(words).to_have_count(0)

    await nora.field.press("Control+k")
    await field(nora).press_sequentially("gras")
    found = rows(nora)
    await expect(found).to_have_count(2)
    await expect(found.nth(0)).to_contain_text("Note")
    await expect(found.nth(1).locator("mark")).to_have_text("gras")
    await field(nora).press("ArrowDown")
    await expect(found.nth(1)).to_have_attribute("aria-selected", "true")
    await field(nora).press("Enter")

    await expect(words).to_be_in_viewport()
    await expect(nora.page.get_by_role("dialog")).to_have_count(0)
    assert "#" not in nora.page.url
    await nora.page.keyboard.press("Escape")
    await nora.button("Search").first.click()
    await nora.button("gras").click()
    await expect(found).to_have_count(2)


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark laptop", "phone"])
async def test_whoever_calls_is_found_by_number_or_name(desktops: Desktops, texting: Texting, look: Look) -> None:
    """PPB-5, PPB-6: in groups, as it is typed; whoever has no thread yet gets one."""
    world = texting.world
    await texting.receive("Pixel is limping", from_=OLIVE)
    nora = await desktops.open("/staff/clients", person=world.nora, look=look)
    await expect(nora.heading("Clients")).to_be_visible()

    await nora.page.get_by_role("button", name="Search", exact=True).click()
    await expect(nora.page.get_by_text("some digits of a phone number")).to_be_visible()
    assert [] == await grave_findings(nora.page)
    await field(nora).fill(OLIVE[-4:])
    await expect(nora.page.get_by_role("group", name="Numbers").get_by_role("option")).to_contain_text("Olive Hart")
    await field(nora).fill("pix")
    people = nora.page.get_by_role("group", name="People and pets").get_by_role("option")
    await expect(people.locator("mark")).to_have_text(["Pix"])
    await expect(nora.page.get_by_role("group", name="Messages").get_by_role("option")).to_have_count(1)
    assert [] == await grave_findings(nora.page)
    await people.click()

    await expect(nora.message("Pixel is limping")).to_be_visible()


async def test_filters_and_what_to_do_when_nothing_is_found(desktops: Desktops, world: World) -> None:
    """An author narrows messages down; without the network it is said, and tried again."""
    await world.olive.post_text(world.thread_id, "Swollen paw since Monday")
    await world.nora.post_text(world.thread_id, "Is the paw still swollen?")
    nora = await desktops.open("/staff", person=world.nora)
    await expect(nora.heading("Inbox")).to_be_visible()
    await nora.page.keyboard.press("/")
    await field(nora).fill("swollen")
    found = rows(nora)
    await expect(found).to_have_count(2)

    await nora.button("Filters").click()
    await nora.page.get_by_label("Written by").select_option("The team")
    await expect(found).to_have_count(1)
    assert [] == await grave_findings(nora.page)
    await nora.page.get_by_label("To", exact=True).fill("2020-01-01")
    await expect(nora.page.get_by_text("Nothing found for “swollen”")).to_be_visible()
    await nora.button("Clear filters").click()
    await expect(found).to_have_count(2)

    nora.expect_error("ERR_INTERNET_DISCONNECTED")
    await nora.page.context.set_offline(True)
    await field(nora).fill("swollen p")
    await expect(nora.page.get_by_role("dialog").get_by_text("The search did not get through")).to_be_visible()
    await nora.page.context.set_offline(False)
    await nora.button("Try again").click()
    await expect(found).to_have_count(2)


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "laptop", "phone"])
async def test_the_search_stands_at_the_top_right_of_the_queue(desktops: Desktops, world: World, look: Look) -> None:
    """PPB-6: beside the title, to the right edge but for the filter; on a phone as wide as the screen, and nothing beyond it."""
    await world.olive.post_text(world.thread_id, "A message that is far too long to be read as a whole in one line of a queue")
    nora = await desktops.open("/staff", person=world.nora, look=look)
    await expect(nora.page.locator("[data-row]")).to_be_visible()
    title = await nora.page.get_by_role("heading", name="Inbox").bounding_box()
    search = await nora.page.get_by_label("Search by parent's or pet's name").bounding_box()
    queue = await nora.page.get_by_role("region", name="Queue").bounding_box()
    assert title is not None
    assert search is not None
    assert queue is not None
    right = search["x"] + search["width"]

    assert queue["x"] + queue["width"] - 80 <= right <= queue["x"] + queue["width"] <= look.width
    assert search["width"] >= 150
    assert (search["y"] < title["y"] + title["height"]) == (look.width > 700)
