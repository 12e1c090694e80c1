"""The owner's app for somebody who sees nothing of it: what has the focus says what it is, and what happens is spoken."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.keyboard import tab_to
from tests.browser.windows import PHONE, Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser

# What a screen reader would say by itself: text that comes into a live region which is not off.
EAR = """
window.heard = [];
const listen = () => new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    const place = target.nodeType === 1 ? target : target.parentElement;
    const region = place?.closest('[aria-live], [role="log"], [role="status"], [role="alert"]');
    if (!region || region.getAttribute("aria-live") === "off") continue;
    const words = addedNodes.length ? [...addedNodes].map((node) => node.textContent) : [target.textContent];
    window.heard.push(...words.filter((word) => word.trim()));
  }
}).observe(document.body, { childList: true, characterData: true, subtree: true });
addEventListener("DOMContentLoaded", listen);
"""


async def test_send_read_and_report(desktops: Desktops, world: World) -> None:
    olive = await desktops.open("about:blank", person=world.olive, look=PHONE)
    await olive.page.add_init_script(EAR)
    await olive.visit("/owner")
    await expect(olive.button("Message Vet about Pixel")).to_be_visible()

    await tab_to(olive, "Message Vet about Pixel")
    await olive.page.keyboard.press("Enter")
    await expect(olive.field).to_be_visible()
    await tab_to(olive, "Message Hill Street")
    await olive.page.keyboard.type("Pixel limps")
    await tab_to(olive, "Send")
    await olive.page.keyboard.press("Enter")
    await _hears(olive, "Pixel limps")
    await world.nora.post_text(world.thread_id, "Bring him in at four")
    await _hears(olive, "Bring him in at four")
    await _hears(olive, "Nora Ames")

    await tab_to(olive, "More for the message from Nora Ames")
    await olive.page.keyboard.press("Enter")
    await expect(olive.page.get_by_role("menuitem", name="Copy")).to_be_focused()
    await olive.page.keyboard.press("ArrowDown")
    await expect(olive.page.get_by_role("menuitem", name="Report")).to_be_focused()
    await olive.page.keyboard.press("Enter")
    dialog = olive.page.get_by_role("dialog", name="Report")
    await expect(dialog.locator(":focus")).to_have_count(1)
    await tab_to(olive, "Inappropriate")
    await olive.page.keyboard.press("ArrowDown")
    await expect(dialog.get_by_role("radio", name="Threatening")).to_be_checked()
    await tab_to(olive, "Report")
    await olive.page.keyboard.press("Enter")

    await _hears(olive, "Reported. Northside Veterinary will look at it.")
    await expect(olive.button("More for the message from Nora Ames")).to_be_focused()


async def _hears(window: Window, words: str) -> None:
    heard: list[str] = []
    try:
        async with asyncio.timeout(30):
            while not any(words in each for each in heard):
                heard = await window.page.evaluate("window.heard")
                await asyncio.sleep(0.1)
    except TimeoutError:
        pytest.fail(f"{words!r} was never spoken; heard: {heard}")
