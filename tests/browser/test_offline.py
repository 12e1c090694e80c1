"""Writing while the network is away."""

import re

import pytest
from playwright.async_api import Route, expect

from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import Desktops, Window
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.offline]

POSTS = re.compile(r"/api/v1/threads/[^/]+/messages$")


async def test_what_is_written_offline_waits_survives_a_reload_and_goes_out_once(desktops: Desktops, world: World) -> None:
    """AL-31: a clock instead of the check until the server has it; then one message at the clinic, and one at Olive's."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)
    _expect_no_network(olive)
    await _until_ready_for_offline(olive)

    await olive.context.set_offline(offline=True)
    await olive.write("Written in the tunnel")
    await expect(olive.message("Written in the tunnel")).to_contain_text("Waiting for the network")
    await olive.page.reload()
    await expect(olive.message("Written in the tunnel")).to_contain_text("Waiting for the network")
    await olive.context.set_offline(offline=False)

    await expect(olive.receipt("Written in the tunnel", "Read")).to_be_visible()
    await expect(olive.message("Written in the tunnel")).to_have_count(1)
    await expect(nora.message("Written in the tunnel")).to_have_count(1)
    assert 1 == len((await world.nora.thread(world.thread_id))["messages"])


async def test_an_answer_lost_on_its_way_back_does_not_double_the_message(desktops: Desktops, world: World) -> None:
    """AL-31: the server has it, the browser does not know; the repeat makes no second one."""
    nora = await nora_in_thread(desktops, world)
    nora.expect_error("ERR_CONNECTION_RESET")

    async def lose_answer(route: Route) -> None:
        await route.fetch()
        await route.abort("connectionreset")

    await nora.page.route(POSTS, lose_answer, times=1)
    await nora.write("Only once, please")

    await expect(nora.receipt("Only once, please", "Sent")).to_be_visible()
    assert 1 == len((await world.nora.thread(world.thread_id))["messages"])


async def test_messages_written_offline_keep_their_order(desktops: Desktops, world: World) -> None:
    """AL-31: three while away arrive as one, two, three."""
    olive = await olive_at_pixel(desktops, world)
    _expect_no_network(olive)
    await olive.context.set_offline(offline=True)
    for text in ("One", "Two", "Three"):
        await olive.write(text)
    await expect(olive.messages).to_have_count(3)
    await olive.context.set_offline(offline=False)

    await expect(olive.receipt("Three", "Sent")).to_be_visible()

    stored = (await world.nora.thread(world.thread_id))["messages"]
    assert ["One", "Two", "Three"] == [each["body"] for each in stored]


def _expect_no_network(window: Window) -> None:
    window.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED")


async def _until_ready_for_offline(window: Window) -> None:
    """The service worker has the app's files, so that it opens without a network."""
    await window.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await window.page.reload()
    await window.page.wait_for_function("navigator.serviceWorker.controller !== null")
    await expect(window.field).to_be_visible()
