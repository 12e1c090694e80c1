"""Shared front desks (section 8 of reliability.md): what a locked screen shows, and that nothing is lost behind it."""

from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from pawline.platform import clock
from pawline.sign_in.tests.conftest import no_tries_yet
from tests.browser.axe import grave_findings
from tests.browser.people import PASSWORD, give_password
from tests.browser.windows import DESK, PHONE, Desktops, Look, Window
from tests.world import World

__all__ = ["no_tries_yet"]

pytestmark = pytest.mark.browser

PIN = "402817"
SECRETS = ("Hart", "Pixel is limping", "Half a sentence")


async def nora_at_desk(desktops: Desktops, world: World, look: Look = DESK, *, stands_still: bool = False) -> Window:
    """Nora signs in at the front desk by herself, and stands in the Hart family's thread."""
    email = await give_password(world, world.nora)
    nora = await desktops.open("about:blank", look=look)
    if stands_still:
        await nora.page.clock.install()
    await nora.visit("/staff")
    await nora.page.get_by_label("E-mail").fill(email)
    await nora.page.get_by_label("Password", exact=True).fill(PASSWORD)
    shared = nora.page.get_by_role("checkbox", name="This is a shared front-desk computer")
    await shared.check()
    assert [] == await grave_findings(nora.page)
    await nora.button("Sign in").click()
    await expect(nora.button("Nora Ames, your menu")).to_be_visible()
    await nora.visit(f"/staff/threads/{world.thread_id}")
    await expect(nora.field).to_be_visible()
    return nora


async def lock(window: Window) -> None:
    await window.button("Nora Ames, your menu").click()
    await window.page.get_by_role("menuitem", name="Lock this computer").click()
    await require_locked(window)


async def require_locked(window: Window) -> None:
    await expect(window.heading("Locked")).to_be_visible()
    seen = await window.page.evaluate("document.documentElement.outerHTML + document.title")
    assert [] == [secret for secret in SECRETS if secret in seen]


async def unlock(page: Page) -> None:
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Unlock").click()


async def choose_pin(window: Window) -> None:
    await window.visit("/staff/devices")
    await window.button("Choose your PIN").click()
    window.expect_error("422")
    dialog = window.page.get_by_role("dialog", name="Choose your PIN")
    await dialog.get_by_label("Your password").fill(PASSWORD)
    await dialog.get_by_label("New PIN").fill("123456")
    await dialog.get_by_role("button", name="Choose this PIN").click()
    await expect(dialog.get_by_text("This PIN is too easy to guess")).to_be_visible()
    assert [] == await grave_findings(window.page)
    await dialog.get_by_label("New PIN").fill(PIN)
    await dialog.get_by_role("button", name="Choose this PIN").click()
    await expect(window.button("Change your PIN")).to_be_visible()


async def test_locked_by_hand_and_back_where_one_was(desktops: Desktops, world: World) -> None:
    """By menu and by key; a draft waits, and a reload shows no more than before."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    nora = await nora_at_desk(desktops, world)
    await expect(nora.message("Pixel is limping")).to_be_visible()
    await nora.field.fill("Half a sentence")
    await lock(nora)
    assert [] == await grave_findings(nora.page)
    await nora.page.reload()
    await require_locked(nora)
    nora.expect_error("401")
    await nora.page.get_by_label("Password", exact=True).fill("something else entirely")
    await nora.button("Unlock").click()
    await expect(nora.page.get_by_role("alert")).to_contain_text("This is not your password.")
    await unlock(nora.page)

    await expect(nora.message("Pixel is limping")).to_be_visible()
    await expect(nora.field).to_have_value("Half a sentence")
    assert nora.page.url.endswith(f"/staff/threads/{world.thread_id}")
    await nora.page.get_by_role("log").press("Shift+L")
    await require_locked(nora)


async def test_a_pin_of_ones_own_unlocks_it(desktops: Desktops, world: World) -> None:
    """After five wrong ones it takes the password."""
    nora = await nora_at_desk(desktops, world, PHONE)
    await choose_pin(nora)
    await nora.button("Lock now").click()
    await require_locked(nora)
    assert [] == await grave_findings(nora.page)
    await nora.page.get_by_label("Your PIN").press_sequentially(PIN)
    await expect(nora.button("Change your PIN")).to_be_visible()

    nora.expect_error("401")
    await nora.button("Lock now").click()
    for left in ("4 tries left", "3 tries left", "2 tries left", "1 try left"):
        await nora.page.get_by_label("Your PIN").press_sequentially("740926")
        await expect(nora.page.get_by_role("alert")).to_contain_text(left)
    await nora.page.get_by_label("Your PIN").press_sequentially("740926")
    await expect(nora.page.get_by_role("alert")).to_contain_text("Use your password")
    await unlock(nora.page)
    await expect(nora.button("Change your PIN")).to_be_visible()


async def test_two_tabs_lock_and_open_together(desktops: Desktops, world: World) -> None:
    nora = await nora_at_desk(desktops, world)
    other = Window(await nora.context.new_page(), nora.context, world.product)
    await other.visit(f"/staff/threads/{world.thread_id}")
    await expect(other.field).to_be_visible()
    await lock(nora)
    await require_locked(other)
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await require_locked(other)
    await unlock(other.page)

    for tab in (nora, other):
        await expect(tab.message("Pixel is limping")).to_be_visible()


async def test_without_a_touch_it_hides_by_itself(desktops: Desktops, world: World) -> None:
    """Ten minutes after the last touch, the server's word or not; a touch keeps it."""
    nora = await nora_at_desk(desktops, world, stands_still=True)
    nora.expect_error("status of 423")  # of what it asks for in the moment in which the server locks first
    begun = clock.now()
    await nora.page.clock.fast_forward("09:00")
    clock.set_clock(lambda: begun + timedelta(minutes=9))
    async with nora.page.expect_response("**/session/touch"):
        await nora.page.mouse.move(300, 300)
    clock.set_clock(lambda: begun + timedelta(minutes=18))
    await nora.page.clock.fast_forward("09:00")
    await expect(nora.field).to_be_visible()
    clock.set_clock(lambda: begun + timedelta(minutes=19, seconds=10))
    await nora.page.clock.fast_forward("01:10")

    await require_locked(nora)
    clock.set_clock(None)


async def test_without_a_network_it_locks_as_well_and_stays_locked(desktops: Desktops, world: World) -> None:
    """What was locked offline is locked on the server as soon as that can be reached."""
    nora = await nora_at_desk(desktops, world)
    nora.expect_error("ERR_INTERNET_DISCONNECTED")
    await nora.context.set_offline(True)
    await lock(nora)
    await nora.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await nora.button("Unlock").click()
    await expect(nora.page.get_by_role("alert")).to_be_visible()
    await require_locked(nora)
    async with nora.page.expect_response("**/session/lock"):
        await nora.context.set_offline(False)
    await require_locked(nora)
    await unlock(nora.page)

    await expect(nora.field).to_be_visible()


async def test_a_colleague_signs_in_instead(desktops: Desktops, world: World) -> None:
    """Told what that takes away; the computer is still known as shared."""
    nora = await nora_at_desk(desktops, world)
    await lock(nora)
    await nora.button("Sign in").click()
    await expect(nora.page.get_by_role("alert")).to_contain_text("This signs Nora Ames out here.")
    await nora.button("Sign Nora out").click()

    await expect(nora.heading("Sign in to the inbox")).to_be_visible()
    await expect(nora.page.get_by_role("checkbox", name="This is a shared front-desk computer")).to_be_checked()


async def test_a_computer_of_ones_own_becomes_shared(desktops: Desktops, world: World) -> None:
    nora = await desktops.open("/staff/devices", person=world.nora)
    switch = nora.page.get_by_role("switch", name="Shared front-desk computer")
    await expect(switch).not_to_be_checked()
    await switch.click()
    await expect(switch).to_be_checked()
    await expect(nora.page.get_by_text("shared front desk · this device")).to_be_visible()
    assert [] == await grave_findings(nora.page)
    await switch.click()

    await expect(nora.button("Lock now")).to_have_count(0)
