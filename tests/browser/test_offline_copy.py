"""What Olive's phone has to show on a train: all that it showed before, and what came in without being opened."""

import pytest
from playwright.async_api import expect

from tests.browser.offline import another_page, cut_off, keep_app, until_kept
from tests.browser.people import olive_at_pixel
from tests.browser.windows import PHONE, Desktops
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.offline]


async def test_what_came_live_and_what_was_sent_is_there_without_a_network(desktops: Desktops, world: World) -> None:
    """AL-31: the vet answers while the thread is open, Olive writes back, the phone ends the app."""
    olive = await olive_at_pixel(desktops, world)
    await keep_app(olive)
    await expect(olive.field).to_be_visible()
    await world.nora.post_text(world.thread_id, "Two tablets a day")
    await expect(olive.message("Two tablets a day")).to_be_visible()
    await olive.write("Thank you, Nora")
    await expect(olive.receipt("Thank you, Nora", "Sent")).to_be_visible()
    await until_kept(olive, "snapshots", "Two tablets a day", "Thank you, Nora")
    await until_kept(olive, "answers", "Thank you, Nora")
    await cut_off(olive)
    await olive.page.close()

    olive = await another_page(olive)
    await expect(olive.message("Two tablets a day")).to_be_visible()
    await expect(olive.receipt("Thank you, Nora", "Sent")).to_be_visible()
    await olive.visit("/owner/messages")
    await expect(olive.button("Hill Street")).to_contain_text("You: Thank you, Nora")


async def test_a_thread_that_was_never_opened_here_is_there_and_stays_unread(desktops: Desktops, world: World) -> None:
    """AL-31: having it on the phone is not reading it."""
    await world.nora.post_text(world.thread_id, "Pixel's results are in")
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    await keep_app(olive)
    await until_kept(olive, "snapshots", "Pixel's results are in")
    await world.nora.post_text(world.thread_id, "All is well")
    await until_kept(olive, "snapshots", "All is well")
    await cut_off(olive)
    await olive.page.close()

    olive = await another_page(olive)
    await olive.button("Message Vet about Pixel").click()
    for text in ("Pixel's results are in", "All is well"):
        await expect(olive.message(text)).to_be_visible()
    assert 2 == len((await world.olive.thread(world.thread_id))["unread"])
