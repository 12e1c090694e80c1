"""A new release of the owner's app is announced, and never forced on somebody in the middle of a sentence."""

import pytest
from playwright.async_api import expect

from tests.browser.people import olive_at_pixel
from tests.browser.windows import DESK, Desktops, Window
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.offline]

# Another address of the same worker is another release of it to the browser.
NEXT_RELEASE = "navigator.serviceWorker.register('/owner_sw.js?next', { scope: '/owner' }).then(() => true)"
RUNNING = "navigator.serviceWorker.controller?.scriptURL ?? ''"


async def test_a_new_release_waits_until_it_is_asked_for(desktops: Desktops, world: World) -> None:
    """D14: and what is being written is still there afterwards."""
    olive = await olive_at_pixel(desktops, world, look=DESK)
    await _let_the_worker_take_over(olive)
    await olive.field.fill("Pixel has eaten")
    await olive.page.evaluate(NEXT_RELEASE)

    await expect(olive.page.get_by_text("A new version of Pawline is ready.")).to_be_visible()
    await expect(olive.field).to_have_value("Pixel has eaten")
    assert not (await olive.page.evaluate(RUNNING)).endswith("?next")

    async with olive.page.expect_navigation():
        await olive.button("Use it now").click()
    await expect(olive.field).to_have_value("Pixel has eaten")
    assert (await olive.page.evaluate(RUNNING)).endswith("?next")


async def test_it_can_be_put_off(desktops: Desktops, world: World) -> None:
    olive = await olive_at_pixel(desktops, world, look=DESK)
    await _let_the_worker_take_over(olive)
    await olive.page.evaluate(NEXT_RELEASE)
    await olive.button("Later").click()

    await expect(olive.page.get_by_text("A new version of Pawline is ready.")).to_have_count(0)


async def _let_the_worker_take_over(window: Window) -> None:
    await window.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await window.page.reload()
    await expect(window.field).to_be_visible()
    assert (await window.page.evaluate(RUNNING)).endswith("/owner_sw.js")
