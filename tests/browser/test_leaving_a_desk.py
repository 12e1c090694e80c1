"""However a nurse signs out, nothing of the inbox stays on the device, and she is asked before anything she wrote is lost."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.axe import grave_findings
from tests.browser.offline import POSTS
from tests.browser.people import nora_in_thread, second_browser
from tests.browser.test_signing_out import KEPT_IN_BROWSER
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.offline]

Press = Callable[[Window], Awaitable[None]]
WIPED_WITHIN_TRIES = 50
KEPT = KEPT_IN_BROWSER.replace("pawline-owner", "pawline-staff")


async def press_menu(nora: Window) -> None:
    await nora.page.get_by_role("button", name=re.compile("your menu$")).click()
    await nora.page.get_by_role("menuitem", name="Sign out").click()


async def press_on_devices(nora: Window) -> None:
    await nora.button("Sign out here").click()


WAYS = pytest.mark.parametrize(("path", "press"), [("/staff", press_menu), ("/staff/devices", press_on_devices)])


@WAYS
async def test_what_is_not_sent_is_given_up_only_when_asked(desktops: Desktops, world: World, path: str, press: Press) -> None:
    """Cancel changes nothing; Sign out and discard leaves neither messages, drafts nor copies of what was read."""
    nora = await nora_with_unsent(desktops, world)
    await nora.visit(path)
    await press(nora)
    dialog = question(nora)
    await expect(dialog).to_contain_text("1 message has not been sent yet.")
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_have_count(0)
    assert {"outbox", "drafts"} <= {each.partition(":")[0] for each in await nora.page.evaluate(KEPT)}
    await press(nora)
    await dialog.get_by_role("button", name="Sign out and discard").click()
    await expect(nora.heading("Sign in to the inbox")).to_be_visible()

    await _until_nothing_is_kept(nora)
    assert ["About her paw"] == await _bodies_in(world)


@WAYS
async def test_what_is_not_sent_goes_out_before_signing_out(desktops: Desktops, world: World, path: str, press: Press) -> None:
    """Send now says so as long as it cannot; once it can, it sends, signs out and leaves nothing."""
    nora = await nora_with_unsent(desktops, world)
    await nora.visit(path)
    await press(nora)
    dialog = question(nora)
    await dialog.get_by_role("button", name="Send now").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("It cannot be sent at the moment.")
    await nora.context.unroute(POSTS)
    await dialog.get_by_role("button", name="Send now").click()
    await expect(nora.heading("Sign in to the inbox")).to_be_visible()

    await _until_nothing_is_kept(nora)
    assert ["About her paw", "Unsent"] == await _bodies_in(world)


async def test_a_device_signed_out_from_another_keeps_nothing(desktops: Desktops, world: World) -> None:
    """Neither what was read there nor what was not sent; also if it learns of it only when it is opened again."""
    laptop = await nora_with_unsent(desktops, world)
    laptop.expect_error("status of 404|WebSocket")
    place = laptop.page.url
    await laptop.page.goto("about:blank")
    desk = await desktops.open("/staff/devices", person=await second_browser(world, world.nora, kind="staff", device="Desk"))
    row = desk.page.get_by_role("listitem").filter(has_not_text="this device")
    await row.get_by_role("button", name="Sign out").click()
    await expect(row).to_have_count(0)
    await laptop.page.goto(place)
    await expect(laptop.page.get_by_role("alert")).to_contain_text("You were signed out from elsewhere.")

    await _until_nothing_is_kept(laptop)


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
async def test_everybody_can_answer_the_question(desktops: Desktops, world: World, look: Look) -> None:
    nora = await nora_with_unsent(desktops, world, look=look)
    await nora.visit("/staff")
    await press_menu(nora)
    await question(nora).get_by_role("button", name="Send now").click()
    await expect(question(nora).get_by_role("alert")).to_be_visible()

    assert [] == await grave_findings(nora.page)


async def nora_with_unsent(desktops: Desktops, world: World, *, look: Look = DESK) -> Window:
    await world.olive.post_text(world.thread_id, "About her paw")
    nora = await nora_in_thread(desktops, world, look)
    nora.expect_error("ERR_CONNECTION_RESET")
    await nora.context.route(POSTS, _lose)
    await nora.write("Unsent")
    await expect(nora.message("Unsent")).to_contain_text("Waiting")
    await nora.field.fill("Half a sentence")
    await _until(nora, lambda kept: {"outbox", "drafts"} <= {each.partition(":")[0] for each in kept})
    return nora


def question(window: Window) -> Locator:
    return window.page.get_by_role("dialog", name="Sign out?")


async def _bodies_in(world: World) -> list[str]:
    """As the family reads them: Nora's session is over."""
    answer = await world.olive.get(f"/threads/{world.thread_id}/messages")
    return [message["body"] for message in answer.json()["messages"]]


async def _lose(route: Route) -> None:
    if route.request.method == "POST":
        await route.abort("connectionreset")
    else:
        await route.continue_()


async def _until_nothing_is_kept(window: Window) -> None:
    await _until(window, lambda kept: [] == kept)


async def _until(window: Window, is_so: Callable[[list[str]], bool]) -> None:
    """Keeping and wiping go on behind the page for a moment."""
    for _ in range(WIPED_WITHIN_TRIES):
        if is_so(await window.page.evaluate(KEPT)):
            return
        await window.page.wait_for_timeout(100)
    pytest.fail(f"The browser keeps {await window.page.evaluate(KEPT)}")
