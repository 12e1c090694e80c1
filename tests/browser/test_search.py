"""Searching a conversation, from the search button to the message on the screen."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.people import row_of
from tests.browser.windows import PHONE, Desktops
from tests.world import World

pytestmark = pytest.mark.browser


async def test_an_old_message_is_found_and_shown(desktops: Desktops, world: World) -> None:
    """AL-52: however far back it was written."""
    await world.olive.post_text(world.thread_id, "Pixel eats grass behind the barn")
    latest = {"seq": 0}
    for number in range(60):
        latest = await world.nora.post_text(world.thread_id, f"Answer {number}")
    await world.olive.read_up_to(world.thread_id, latest["seq"])
    olive = await desktops.open(f"/owner/threads/{world.thread_id}", person=world.olive, look=PHONE)
    words = olive.page.get_by_role("log").get_by_text("Pixel eats grass behind the barn")
    await expect(olive.message("Answer 59")).to_be_visible()
    await expect(words).to_have_count(0)

    await olive.button("Search this conversation").click()
    await olive.page.get_by_label("Words to look for").fill("gras")
    await expect(olive.page.get_by_role("dialog").locator("mark")).to_have_text("gras")
    assert [] == await grave_findings(olive.page)
    await olive.page.get_by_role("dialog").get_by_role("button", name="Pixel eats grass").click()

    await expect(words).to_be_in_viewport()


async def test_nothing_found_says_what_to_do(desktops: Desktops, world: World) -> None:
    await world.olive.post_text(world.thread_id, "Good morning")
    nora = await desktops.open("/staff", person=world.nora)
    await row_of(nora, "Hart").click()
    await nora.button("Search this conversation").click()
    await expect(nora.page.get_by_text("Finds words by their beginnings")).to_be_visible()
    await nora.page.get_by_label("Words to look for").fill("unicorn")

    await expect(nora.page.get_by_text("Nothing found for “unicorn”. Try fewer or shorter words.")).to_be_visible()

    nora.expect_error("ERR_INTERNET_DISCONNECTED")
    await nora.page.context.set_offline(True)
    await nora.page.get_by_label("Words to look for").fill("unicorns")
    await expect(nora.page.get_by_role("dialog").get_by_text("The search did not get through")).to_be_visible()
    await nora.page.context.set_offline(False)
    await nora.button("Try again").click()
    await expect(nora.page.get_by_text("Nothing found for “unicorns”.")).to_be_visible()


async def test_a_thread_opens_at_the_first_new_message(desktops: Desktops, world: World) -> None:
    """AL-50, I12: also when more are new than are loaded at first; what was not before one's eyes is not read."""
    for number in range(60):
        await world.nora.post_text(world.thread_id, f"Answer {number}")
    olive = await desktops.open(f"/owner/threads/{world.thread_id}", person=world.olive, look=PHONE)

    await expect(olive.page.get_by_text("Answer 0", exact=True)).to_be_in_viewport()
    assert 0 < len((await world.olive.thread(world.thread_id))["unread"]) < 60
    await olive.button("60 new").click()
    await expect(olive.message("Answer 59")).to_be_in_viewport()
