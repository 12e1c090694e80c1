"""What is not sent yet shows wherever Olive looks, not in its thread alone."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.offline import POSTS, WAITING, bodies_of, olive_offline
from tests.browser.people import olive_at_pixel
from tests.browser.windows import Desktops, Window
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.offline]

REFUSES_STORAGE = "IDBFactory.prototype.open = () => { throw new DOMException('Refused', 'SecurityError'); };"
COUNTS_ASKING = """navigator.storage.persist = async () => {
  localStorage.setItem("asked", 1 + Number(localStorage.getItem("asked")));
  return true;
};"""


async def test_what_waits_is_marked_on_the_pet_the_thread_and_the_tab(desktops: Desktops, world: World) -> None:
    """AL-31: until it is sent."""
    olive = await olive_offline(desktops, world)
    await olive.write("First")
    await olive.write("Second")
    await expect(olive.message("Second")).to_contain_text(WAITING)
    await olive.button("Back").click()

    await expect(_card(olive)).to_contain_text("2 not sent yet")
    await expect(_tab(olive)).to_have_accessible_name("2 not sent yet Messages")
    assert [] == await grave_findings(olive.page)
    await _tab(olive).click()
    await expect(olive.button("Hill Street")).to_contain_text("2 not sent yet")
    await olive.context.set_offline(offline=False)
    await expect(olive.button("Hill Street")).not_to_contain_text("not sent yet")
    await expect(_tab(olive)).to_have_accessible_name("Messages")

    assert ["First", "Second"] == await bodies_of(world)


async def test_what_was_refused_is_marked_too(desktops: Desktops, world: World) -> None:
    """AL-31: it does not go out by itself."""
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("status of 422")
    problem = {"title": "Not right", "status": 422, "code": "invalid", "detail": "Please use fewer words."}
    await olive.page.route(POSTS, lambda route: route.fulfill(status=422, json=problem), times=1)
    await olive.write("Far too many words")
    await expect(olive.message("Far too many words")).to_contain_text("Not sent.")
    await olive.button("Back").click()

    await expect(_card(olive)).to_contain_text("1 could not be sent")
    await expect(_tab(olive)).to_have_accessible_name("1 could not be sent Messages")
    await _tab(olive).click()
    await expect(olive.button("Hill Street")).to_contain_text("1 could not be sent")
    assert [] == await grave_findings(olive.page)


async def test_a_phone_that_refuses_storage_says_that_a_message_is_not_kept(desktops: Desktops, world: World) -> None:
    """AL-31: in a private window, or on a full disk, it would be lost with the app."""
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("ERR_CONNECTION_RESET")
    await olive.context.add_init_script(REFUSES_STORAGE)
    await olive.page.reload()
    await olive.page.route(POSTS, lambda route: route.abort("connectionreset"))
    await olive.write("Only on this page")

    await expect(olive.message("Only on this page")).to_contain_text("This device cannot keep it.")
    assert [] == await grave_findings(olive.page)
    await olive.page.unroute(POSTS)
    await expect(olive.receipt("Only on this page", "Sent")).to_be_visible()


async def test_the_phone_is_asked_once_to_keep_what_is_written(desktops: Desktops, world: World) -> None:
    """AL-31: with the first message; browsers clear what they were not asked to keep when the disk is full."""
    olive = await olive_at_pixel(desktops, world)
    await olive.context.add_init_script(COUNTS_ASKING)
    await olive.page.reload()
    await expect(olive.field).to_be_visible()
    assert await _asked(olive) is None
    for text in ("First", "Second"):
        await olive.write(text)
        await expect(olive.receipt(text, "Sent")).to_be_visible()
        await olive.page.reload()

    assert "1" == await _asked(olive)


def _card(window: Window) -> Locator:
    return window.page.get_by_role("article", name="Pixel")


def _tab(window: Window) -> Locator:
    return window.page.get_by_role("navigation", name="Main").get_by_role("button").filter(has_text="Messages")


async def _asked(window: Window) -> str | None:
    return await window.page.evaluate("localStorage.getItem('asked')")
