"""Olive's phone without a network."""

import re
from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.browser.people import olive_at_pixel
from tests.browser.windows import Desktops, Window
from tests.world import Json, World

WAITING = "Waiting for the network"
POSTS = re.compile(r"/api/v1/threads/[^/]+/messages$")

KEPT_WITHIN_TRIES = 200
_IS_KEPT = """async ([shelf, texts]) => {
  const database = await new Promise((resolve) => {
    const opening = indexedDB.open(`pawline-${document.documentElement.dataset.app}`);
    opening.onsuccess = () => resolve(opening.result);
  });
  const kept = await new Promise((resolve) => {
    const asking = database.transaction(shelf).objectStore(shelf).getAll();
    asking.onsuccess = () => resolve(JSON.stringify(asking.result));
  });
  database.close();
  return texts.every((text) => kept.includes(text));
}"""
_IS_CUT_OFF = "fetch('/api/v1/session').then(() => false, () => true)"


async def olive_offline(desktops: Desktops, world: World, *, script: str = "") -> Window:
    """Olive in the thread, with the app's files on her phone and no network."""
    olive = await olive_at_pixel(desktops, world)
    await olive.context.add_init_script(script)
    await keep_app(olive)
    await expect(olive.field).to_be_visible()
    await cut_off(olive)
    return olive


async def keep_app(window: Window) -> None:
    """The app's own files are on the phone, and it is opened from them."""
    await window.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await window.page.reload()
    await window.page.wait_for_function("navigator.serviceWorker.controller !== null")


async def cut_off(window: Window) -> None:
    window.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    await window.context.set_offline(offline=True)
    while not await window.page.evaluate(_IS_CUT_OFF):  # on a busy machine it takes effect a moment later
        pass


async def until_kept(window: Window, shelf: str, *texts: str) -> None:
    """All of it stands on a shelf of the app's own storage, which it fills a moment after the screen."""
    for _ in range(KEPT_WITHIN_TRIES):
        if await window.page.evaluate(_IS_KEPT, [shelf, list(texts)]):
            return
        await window.page.wait_for_timeout(100)
    pytest.fail(f"The browser keeps no {texts} in {shelf}")


async def until_given_up(window: Window, shelf: str, text: str) -> None:
    """It stands there no more."""
    for _ in range(KEPT_WITHIN_TRIES):
        if not await window.page.evaluate(_IS_KEPT, [shelf, [text]]):
            return
        await window.page.wait_for_timeout(100)
    pytest.fail(f"The browser still keeps {text} in {shelf}")


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
