"""When a session ends, what Olive's phone has kept goes with it; what she has not sent is hers alone."""

from collections.abc import Callable

import pytest
from playwright.async_api import Route, expect

from pawline.platform.security import cookie_name
from tests.browser.offline import POSTS, WAITING, another_page, bodies_of, olive_offline
from tests.browser.people import olive_at_pixel, second_browser
from tests.browser.windows import Desktops, Window
from tests.world import Caller, World

pytestmark = [pytest.mark.browser, pytest.mark.offline]

WIPED_WITHIN_TRIES = 50
KEPT_IN_BROWSER = """async () => {
  const database = await new Promise((resolve) => {
    const opening = indexedDB.open("pawline-owner");
    opening.onsuccess = () => resolve(opening.result);
  });
  const shelves = database.transaction([...database.objectStoreNames]);
  const keys = (name) => new Promise((resolve) => {
    const asking = shelves.objectStore(name).getAllKeys();
    asking.onsuccess = () => resolve(asking.result.map((key) => `${name}: ${key}`));
  });
  const kept = (await Promise.all([...database.objectStoreNames].map(keys))).flat();
  database.close();
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    kept.push(...requests.map(({ url }) => url).filter((url) => url.includes("/api/")));
  }
  return kept;
}"""


async def test_what_waits_when_a_session_ends_goes_out_for_its_author_alone(desktops: Desktops, world: World) -> None:
    """Signed out from elsewhere while offline: Omar on the same phone neither sees nor sends it; Olive does."""
    olive = await olive_offline(desktops, world)
    olive.expect_error("status of 404|status of 403|WebSocket")
    place = olive.page.url
    await olive.write("First")
    await olive.write("Second")
    await world.olive.send("DELETE", "/session")

    await olive.context.set_offline(offline=False)
    await expect(olive.page.get_by_role("alert")).to_contain_text("Your session has ended. Please sign in again.")
    await expect(olive.heading("Message your vet")).to_be_visible()
    await _sign_in(olive, world.omar, place)
    await expect(olive.log).to_contain_text("No messages yet")
    assert [] == await bodies_of(world)
    await _sign_in(olive, await second_browser(world, world.olive, kind="contact", device="Phone"), place)
    await expect(olive.receipt("Second", "Sent")).to_be_visible()

    assert ["First", "Second"] == await bodies_of(world)


async def test_a_session_that_ended_while_the_app_was_closed_leaves_nothing_to_read(desktops: Desktops, world: World) -> None:
    """What Olive has read is gone from the phone; what she has not sent is not."""
    await world.nora.post_text(world.thread_id, "Pixel's results are in")
    olive = await olive_offline(desktops, world)
    olive.expect_error("status of 404|WebSocket")
    await olive.write("First")
    await expect(olive.message("First")).to_contain_text(WAITING)
    await olive.page.close()
    await world.olive.send("DELETE", "/session")
    await olive.context.set_offline(offline=False)

    olive = await another_page(olive)
    await expect(olive.page.get_by_role("alert")).to_contain_text("Your session has ended.")

    await _until(olive, lambda kept: ["outbox"] == [each.partition(":")[0] for each in kept])


async def test_signing_out_asks_about_what_is_not_sent_and_leaves_nothing(desktops: Desktops, world: World) -> None:
    """Neither messages, drafts nor copies of what was read stay on the phone."""
    await world.nora.post_text(world.thread_id, "Pixel's results are in")
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("ERR_CONNECTION_RESET")
    await olive.context.route(POSTS, _lose)
    await olive.write("First")
    await olive.write("Second")
    await olive.field.fill("Half a sentence")
    await expect(olive.message("Second")).to_contain_text(WAITING)
    await olive.visit("/owner/you")
    await expect(olive.button("Invite somebody")).to_be_visible()
    await expect(olive.page.get_by_text("This device", exact=True)).to_be_visible()  # what loads above the button moves it
    dialog = olive.page.get_by_role("dialog", name="Sign out?")

    await olive.button("Sign out on this device").click()
    await expect(dialog).to_contain_text("2 messages have not been sent. Sign out and lose them?")
    await dialog.get_by_role("button", name="Stay signed in").click()
    await expect(olive.page.get_by_role("heading", name="You", exact=True)).to_be_visible()
    assert {"outbox", "drafts", "snapshots", "answers"} == {each.partition(":")[0] for each in await _kept(olive)}
    await olive.button("Sign out on this device").click()
    await dialog.get_by_role("button", name="Sign out").click()
    await expect(olive.heading("Message your vet")).to_be_visible()
    await expect(olive.page.get_by_role("alert")).to_have_count(0)

    await _until(olive, lambda kept: [] == kept)
    assert ["Pixel's results are in"] == await bodies_of(world)


async def test_signing_out_without_a_network_leaves_nothing_and_is_made_good_later(desktops: Desktops, world: World) -> None:
    """Asked about what waits, as with one; nobody is signed in from then on; the session ends when the server hears of it."""
    await world.nora.post_text(world.thread_id, "Pixel's results are in")
    olive = await olive_offline(desktops, world)
    olive.expect_error("status of 403|status of 404|WebSocket")
    await olive.write("First")
    await expect(olive.message("First")).to_contain_text(WAITING)
    await olive.visit("/owner/you")
    await olive.button("Sign out on this device").click()
    dialog = olive.page.get_by_role("dialog", name="Sign out?")
    await expect(dialog).to_contain_text("1 message has not been sent. Sign out and lose it?")
    await dialog.get_by_role("button", name="Sign out").click()

    await expect(olive.heading("Message your vet")).to_be_visible()
    await _until(olive, lambda kept: [] == kept)
    await olive.page.close()
    olive = await another_page(olive)
    await expect(olive.page.get_by_text("Pawline could not start")).to_be_visible()
    assert 200 == (await world.olive.get("/pets")).status_code
    await olive.context.set_offline(offline=False)
    await expect(olive.heading("Message your vet")).to_be_visible()
    await expect(olive.page.get_by_role("alert")).to_have_count(0)

    assert 404 == (await world.olive.get("/pets")).status_code
    assert ["Pixel's results are in"] == await bodies_of(world)


async def _sign_in(window: Window, person: Caller, place: str) -> None:
    name = cookie_name(window.product.settings, person.app)
    await window.context.add_cookies([{"name": name, "value": person.secret, "url": window.product.url, "httpOnly": True}])
    await window.page.goto("about:blank")
    await window.page.goto(place)
    await expect(window.field).to_be_visible()


async def _lose(route: Route) -> None:
    if route.request.method == "POST":
        await route.abort("connectionreset")
    else:
        await route.continue_()


async def _kept(window: Window) -> list[str]:
    return await window.page.evaluate(KEPT_IN_BROWSER)


async def _until(window: Window, is_so: Callable[[list[str]], bool]) -> None:
    """Wiping goes on behind the sign-in page for a moment."""
    for _ in range(WIPED_WITHIN_TRIES):
        if is_so(await _kept(window)):
            return
        await window.page.wait_for_timeout(100)
    pytest.fail(f"The browser keeps {await _kept(window)}")
