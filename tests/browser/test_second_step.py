"""Codes of an app after the password (section 8 of reliability.md), from the profile to a phone that is lost."""

from datetime import timedelta

import pytest
from playwright.async_api import Page, expect
from pyotp.totp import TOTP

from pawline.platform import clock
from pawline.sign_in.authenticator import STEP_SECONDS
from pawline.sign_in.tests.conftest import no_tries_yet
from tests.browser.axe import grave_findings
from tests.browser.people import PASSWORD, give_password
from tests.browser.windows import DESK, PHONE, Desktops, Look, Window
from tests.world import World

__all__ = ["no_tries_yet"]

pytestmark = pytest.mark.browser

MENU = "Nora Ames, your menu"


class Phone:
    """Shows a new code each time it is looked at: the clock goes on by as much."""

    def __init__(self) -> None:
        self._now = clock.now()
        self.secret = ""

    def next_code(self) -> str:
        self._now += timedelta(seconds=STEP_SECONDS)
        clock.set_clock(lambda: self._now)
        return TOTP(self.secret).at(int(self._now.timestamp()))


async def give_first_step(page: Page, email: str) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()


async def set_up(nora: Window, phone: Phone) -> list[str]:
    """With the key that is typed where nothing can be scanned. Returns the recovery codes."""
    await nora.visit("/staff/profile")
    await nora.button("Set up an app").click()
    dialog = nora.page.get_by_role("dialog", name="Set up an authenticator app")
    await dialog.get_by_label("Your password").fill(PASSWORD)
    await dialog.get_by_role("button", name="Continue").click()
    await expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    await dialog.get_by_text("Type it instead").click()
    phone.secret = (await dialog.locator("code").inner_text()).replace(" ", "")
    assert [] == await grave_findings(nora.page)
    await dialog.get_by_label("6-digit code").press_sequentially(phone.next_code())
    kept = nora.page.get_by_role("dialog", name="Keep your recovery codes")
    await expect(kept.get_by_role("listitem")).to_have_count(10)
    assert [] == await grave_findings(nora.page)
    codes = await kept.get_by_role("listitem").all_inner_texts()
    await kept.get_by_role("button", name="I have kept them").click()
    await expect(nora.page.get_by_text("10 recovery codes left")).to_be_visible()
    return codes


async def sign_out(window: Window) -> None:
    await window.button(MENU).click()
    await window.page.get_by_role("menuitem", name="Sign out").click()
    await expect(window.heading("Sign in to the inbox")).to_be_visible()


@pytest.mark.parametrize("look", [DESK, PHONE], ids=["desk", "phone"])
async def test_from_the_profile_to_signing_in_and_turning_it_off(desktops: Desktops, world: World, look: Look) -> None:
    """A wrong code says so and keeps the place; a recovery code stands in for the phone."""
    email, phone = await give_password(world, world.nora), Phone()
    nora = await desktops.open("/staff", look=look)
    nora.expect_error("409")
    nora.expect_error("401")
    await give_first_step(nora.page, email)
    await expect(nora.button(MENU)).to_be_visible()
    codes = await set_up(nora, phone)
    await sign_out(nora)
    await give_first_step(nora.page, email)
    await expect(nora.heading("Type your code")).to_be_visible()
    assert [] == await grave_findings(nora.page)
    await nora.page.get_by_label("Code").fill("000000")
    await nora.page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(nora.page.get_by_role("alert")).to_contain_text("This code is not right")
    await nora.page.get_by_label("Code").fill(phone.next_code())
    await nora.page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(nora.button(MENU)).to_be_visible()
    await sign_out(nora)
    await give_first_step(nora.page, email)
    await nora.page.get_by_label("Code").fill(codes[0])
    await nora.page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(nora.button(MENU)).to_be_visible()
    await nora.visit("/staff/profile")
    await expect(nora.page.get_by_text("9 recovery codes left")).to_be_visible()
    await nora.page.get_by_role("region", name="Second step").get_by_role("button", name="Turn off").click()
    dialog = nora.page.get_by_role("dialog", name="Turn off the second step?")
    await dialog.get_by_label("Your password").fill(PASSWORD)
    await dialog.get_by_label("Code").fill(phone.next_code())
    assert [] == await grave_findings(nora.page)
    await dialog.get_by_role("button", name="Turn off").click()

    await expect(nora.button("Set up an app")).to_be_visible()


async def test_an_administrator_removes_it_when_the_phone_is_lost(desktops: Desktops, world: World) -> None:
    email, phone = await give_password(world, world.nora), Phone()
    nora = await desktops.open("/staff")
    nora.expect_error("409")
    await give_first_step(nora.page, email)
    await expect(nora.button(MENU)).to_be_visible()
    await set_up(nora, phone)
    await sign_out(nora)
    ada = await desktops.open("/staff/team", person=world.ada)
    await ada.button("More for Nora Ames").click()
    await ada.page.get_by_role("menuitem", name="Remove second step").click()
    dialog = ada.page.get_by_role("dialog", name="Remove Nora Ames's second step?")
    assert [] == await grave_findings(ada.page)
    await dialog.get_by_role("button", name="Remove second step").click()
    await expect(ada.page.get_by_text("Nora Ames signs in with the password alone")).to_be_visible()
    await give_first_step(nora.page, email)

    await expect(nora.button(MENU)).to_be_visible()
