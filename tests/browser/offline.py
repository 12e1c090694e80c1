"""Olive's phone without a network."""

import re
from dataclasses import replace

from playwright.async_api import expect

from tests.browser.people import olive_at_pixel
from tests.browser.windows import Desktops, Window
from tests.world import Json, World

WAITING = "Waiting for the network"
POSTS = re.compile(r"/api/v1/threads/[^/]+/messages$")

_IS_CUT_OFF = "fetch('/api/v1/session').then(() => false, () => true)"


async def olive_offline(desktops: Desktops, world: World, *, script: str = "") -> Window:
    """Olive in the thread, with the app's files on her phone and no network."""
    olive = await olive_at_pixel(desktops, world)
    await olive.context.add_init_script(script)
    olive.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    await olive.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await olive.page.reload()
    await olive.page.wait_for_function("navigator.serviceWorker.controller !== null")
    await expect(olive.field).to_be_visible()
    await olive.context.set_offline(offline=True)
    while not await olive.page.evaluate(_IS_CUT_OFF):  # on a busy machine it takes effect a moment later
        pass
    return olive


async def another_page(window: Window) -> Window:
    """The same app in the same browser, at the same place."""
    another = replace(window, page=await window.context.new_page())
    another.watch()
    await another.page.goto(window.page.url)
    return another


async def stored_of(world: World) -> list[Json]:
    return (await world.nora.thread(world.thread_id))["messages"]


async def bodies_of(world: World) -> list[str]:
    return [each["body"] for each in await stored_of(world)]
