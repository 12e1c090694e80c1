"""Passkeys of the team (section 8 of reliability.md): from the profile to the sign-in page and the locked front desk."""

from dataclasses import replace

import pytest
from playwright.async_api import Locator, expect

from pawline.sign_in.tests.conftest import no_tries_yet
from tests.browser.axe import grave_findings
from tests.browser.people import PASSWORD, give_password
from tests.browser.test_ways_in import fingerprint_reader, let_finger_rest
from tests.browser.windows import DESK, PHONE, Desktops, Look, Window
from tests.world import World

__all__ = ["no_tries_yet"]

pytestmark = pytest.mark.browser

MENU = "Nora Ames, your menu"


async def nora_signed_in(desktops: Desktops, world: World, look: Look = DESK, *, is_shared: bool = False) -> Window:
    """At the name of this machine: browsers make no passkeys for its number."""
    email = await give_password(world, world.nora)
    nora = await desktops.open("about:blank", look=look)
    nora.product = replace(world.product, url=world.product.url.replace("127.0.0.1", "localhost"))
    await nora.visit("/staff")
    await nora.page.get_by_label("E-mail").fill(email)
    await nora.page.get_by_label("Password", exact=True).fill(PASSWORD)
    if is_shared:
        await nora.page.get_by_role("checkbox", name="This is a shared front-desk computer").check()
    await nora.page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(nora.button(MENU)).to_be_visible()
    return nora


def own_passkeys(window: Window) -> Locator:
    return window.page.get_by_role("region", name="Passkeys")


async def add_passkey(window: Window, *, name: str) -> None:
    await window.visit("/staff/profile")
    await own_passkeys(window).get_by_role("button", name="Add a passkey").click()
    dialog = window.page.get_by_role("dialog", name="Add a passkey")
    await dialog.get_by_label("Name").fill(name)
    await dialog.get_by_label("Your password").fill(PASSWORD)
    assert [] == await grave_findings(window.page)
    await dialog.get_by_role("button", name="Continue").click()
    await expect(own_passkeys(window).get_by_role("listitem")).to_contain_text(name)


async def test_from_the_profile_to_signing_in_and_its_removal(desktops: Desktops, world: World) -> None:
    """The wrong password adds nothing; the passkey alone signs in and, instead of the password, removes itself."""
    nora = await nora_signed_in(desktops, world)
    await fingerprint_reader(nora)
    nora.expect_error("401")
    await nora.visit("/staff/profile")
    await own_passkeys(nora).get_by_role("button", name="Add a passkey").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("Your password").fill("something else entirely")
    await dialog.get_by_role("button", name="Continue").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("This is not your password.")
    await add_passkey(nora, name="Work laptop")
    found = await grave_findings(nora.page)
    await nora.button(MENU).click()
    await nora.page.get_by_role("menuitem", name="Sign out").click()
    await expect(nora.button("Sign in with a passkey")).to_be_visible()
    found += await grave_findings(nora.page)
    await nora.button("Sign in with a passkey").click()
    await expect(nora.button(MENU)).to_be_visible()
    await nora.visit("/staff/profile")
    await expect(own_passkeys(nora).get_by_role("listitem")).to_contain_text("last used")
    await own_passkeys(nora).get_by_role("button", name="Remove Work laptop").click()
    found += await grave_findings(nora.page)
    await dialog.get_by_role("button", name="Use a passkey instead").click()

    await expect(own_passkeys(nora).get_by_role("listitem")).to_have_count(0)
    await expect(nora.button(MENU)).to_be_visible()
    assert [] == found


async def test_it_unlocks_the_front_desk(desktops: Desktops, world: World) -> None:
    """Offered once there is one; a finger that nobody rests opens nothing."""
    nora = await nora_signed_in(desktops, world, PHONE, is_shared=True)
    await nora.visit("/staff/devices")
    await nora.button("Lock now").click()
    await expect(nora.heading("Locked")).to_be_visible()
    await expect(nora.button("Unlock with a passkey")).to_have_count(0)
    await nora.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await nora.page.get_by_role("button", name="Unlock", exact=True).click()
    await expect(nora.button("Lock now")).to_be_visible()

    authenticator = await fingerprint_reader(nora)
    await add_passkey(nora, name="Front desk")
    await nora.visit("/staff/devices")
    await nora.button("Lock now").click()
    await expect(nora.button("Unlock with a passkey")).to_be_visible()
    assert [] == await grave_findings(nora.page)
    await let_finger_rest(authenticator, is_there=False)
    await nora.button("Unlock with a passkey").click()
    await expect(nora.heading("Locked")).to_be_visible()
    await let_finger_rest(authenticator, is_there=True)
    await nora.page.reload()
    await nora.button("Unlock with a passkey").click()

    await expect(nora.button("Lock now")).to_be_visible()
