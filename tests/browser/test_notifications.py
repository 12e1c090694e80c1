"""How Olive is told about messages: her e-mails, and her browser."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.axe import grave_findings
from tests.browser.whole_browser import browser
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window, box_of
from tests.world import World

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.offline]

# A browser whose push service cannot be reached, as it is here, refuses to subscribe; this one does what the others do.
PUSH_SERVICE = """() => {
  let current = null;
  const make = async ({ applicationServerKey, userVisibleOnly }) => {
    window.subscribedWith = { applicationServerKey, userVisibleOnly };
    current = {
      toJSON: () => ({
        endpoint: "https://push.example.org/send/olive",
        keys: { p256dh: "%s", auth: "c2l4dGVlbiBieXRlcyBpdA" },
      }),
      unsubscribe: async () => ((current = null), true),
    };
    return current;
  };
  PushManager.prototype.subscribe = make;
  PushManager.prototype.getSubscription = async () => current;
}""".replace("%s", "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
MAIL = "E-mail me when I have not read a message after 3 minutes"
SHOWN = """navigator.serviceWorker.getRegistration("/owner")
  .then((registration) => registration.getNotifications())
  .then((all) => all.map(({ title, body, tag }) => [title, body, tag]))"""


async def olives_settings(desktops: Desktops, world: World, look: Look = PHONE) -> Window:
    olive = await desktops.open("/owner/you", person=world.olive, look=look)
    await expect(olive.page.get_by_role("switch", name=MAIL)).to_be_visible()
    return olive


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])
async def test_switching_e_mails_off(desktops: Desktops, world: World, look: Look) -> None:
    """PPB-15: on by default; what she chose is still so after a reload."""
    olive = await olives_settings(desktops, world, look)
    switch = olive.page.get_by_role("switch", name=MAIL)
    await expect(switch).to_be_checked()
    findings = await grave_findings(olive.page)
    await switch.click()
    await expect(switch).not_to_be_checked()
    await olive.page.reload()

    await expect(switch).not_to_be_checked()
    assert [] == findings
    assert not (await world.olive.get("/notifications")).json()["is_mailed"]


async def test_nothing_scrolls_sideways(desktops: Desktops, world: World) -> None:
    olive = await olives_settings(desktops, world, Look(320, 700, is_phone=True))

    for control in (olive.page.get_by_role("switch", name=MAIL), olive.button("Tell me about new messages")):
        box = await box_of(control)
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


async def test_being_told_on_this_device(desktops: Desktops, world: World) -> None:
    """Nobody is asked by the browser before they pressed the button."""
    olive = await olives_settings(desktops, world)
    await olive.context.grant_permissions(["notifications"], origin=world.product.url)
    await olive.page.reload()
    await olive.page.evaluate(PUSH_SERVICE)
    await olive.button("Tell me about new messages").click()
    told = olive.page.get_by_role("switch", name="Tell me about new messages on this device")
    await expect(told).to_be_checked()
    findings = await grave_findings(olive.page)
    view = (await world.olive.get("/notifications")).json()
    asked: dict[str, Any] = await olive.page.evaluate("window.subscribedWith")
    await told.click()
    await expect(olive.button("Tell me about new messages")).to_be_visible()

    assert [] == findings
    assert view["tells_this_browser"]
    assert {"applicationServerKey": view["push_key"], "userVisibleOnly": True} == asked
    assert not (await world.olive.get("/notifications")).json()["tells_this_browser"]


async def test_what_the_service_worker_shows(desktops: Desktops, world: World) -> None:
    """Nothing while she looks at the app; otherwise who and about whom, until she has read it, wherever that was."""
    message = await world.nora.post_text(world.thread_id, "Her blood test is back")
    olive = await olives_settings(desktops, world)
    await olive.context.grant_permissions(["notifications"], origin=world.product.url)
    await olive.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    words = {"title": "Northside Veterinary", "body": "New message about Pixel", "thread_id": world.thread_id}
    await deliver(olive.page, world, {**words, "thread_id": "of a thread she looks at"})
    await olive.visit("/")
    await deliver(olive.page, world, words)
    await olive.page.wait_for_function(f"{SHOWN}.then((all) => all.length > 0)")
    shown = await olive.page.evaluate(SHOWN)
    await olive.visit("/owner")
    await world.olive.read_up_to(world.thread_id, message["seq"])

    assert [["Northside Veterinary", "New message about Pixel", world.thread_id]] == shown
    await olive.page.wait_for_function(f"{SHOWN}.then((all) => all.length === 0)")


async def deliver(page: Page, world: World, words: Mapping[str, str | bool]) -> None:
    """As the browser does when its push service brings something."""
    session: Any = await page.context.new_cdp_session(page)
    registered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def keep(event: Any) -> None:
        for each in event["registrations"]:
            if each["scopeURL"].startswith(world.product.url) and not registered.done():
                registered.set_result(each["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", keep)
    await session.send("ServiceWorker.enable")
    pushed = {"origin": world.product.url, "registrationId": await registered, "data": json.dumps(words)}
    await session.send("ServiceWorker.deliverPushMessage", pushed)
    await session.detach()
