"""What the browser's own tab says."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.people import row_of
from tests.browser.windows import PHONE, Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser


async def test_the_tab_counts_threads_with_something_new(desktops: Desktops, world: World) -> None:
    """PPB-18: the number of threads, not of messages; gone when read, with the dot on the icon."""
    nora = await desktops.open("/staff", person=world.nora)
    await expect(nora.page).to_have_title("Inbox · Northside Veterinary")
    assert "/favicon.svg" == await _icon(nora)

    await world.olive.post_text(world.thread_id, "One")
    await world.olive.post_text(world.thread_id, "Two")
    await world.kim.post_text(world.other_thread_id, "Three")
    await expect(nora.page).to_have_title("(2) Inbox · Northside Veterinary")
    assert "/favicon-unread.svg" == await _icon(nora)
    for family in ("Hart", "Sato"):
        await row_of(nora, family).click()
        await expect(row_of(nora, family)).not_to_contain_text("unread")

    await expect(nora.page).to_have_title("Inbox · Northside Veterinary")
    assert "/favicon.svg" == await _icon(nora)


async def test_the_owners_tab_counts_messages(desktops: Desktops, world: World) -> None:
    """AL-49"""
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    await expect(olive.button("Message Vet about Pixel")).to_be_visible()
    await expect(olive.page).to_have_title("Pawline")

    await world.nora.post_text(world.thread_id, "One", pet_ids=[world.pixel_id])
    await world.nora.post_text(world.thread_id, "Two")

    await expect(olive.page).to_have_title("(2) Pawline")
    assert "/favicon-unread.svg" == await _icon(olive)


@pytest.mark.parametrize("path", ["/", "/staff", "/owner", "/demo/mail"])
async def test_every_page_has_an_icon_and_says_what_it_is(desktops: Desktops, world: World, path: str) -> None:
    window = await desktops.open(path)
    await expect(window.page.get_by_role("heading", level=1)).to_be_visible()

    icon = await world.stranger.get(world.product.url + await _icon(window))

    await expect(window.page).to_have_title(re.compile("Pawline"))
    assert (200, "image/svg+xml") == (icon.status_code, icon.headers["content-type"].partition(";")[0])


async def _icon(window: Window) -> str:
    return await window.page.locator('link[rel="icon"]').evaluate("(link) => new URL(link.href).pathname")
