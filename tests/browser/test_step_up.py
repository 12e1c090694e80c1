"""Owners prove again who they are (section 8 of reliability.md): asked in place, and what they were about to do goes on."""

from datetime import timedelta

import pytest
from playwright.async_api import Locator, expect

from pawline.platform import clock
from pawline.sign_in.tests.conftest import Postman, no_tries_yet, olives_email, post_office, postman
from tests.browser.axe import grave_findings
from tests.browser.test_ways_in import fingerprint_reader, phone_of_olive
from tests.browser.windows import PHONE, Desktops, Look, Window
from tests.world import World

__all__ = ["no_tries_yet", "post_office", "postman"]

pytestmark = pytest.mark.browser

SPANISH = Look(390, 844, "dark", is_phone=True, locale="es-ES")


def later(minutes: int) -> None:
    start = clock.now()
    clock.set_clock(lambda: start + timedelta(minutes=minutes))


async def about_to_invite(desktops: Desktops, world: World) -> tuple[Window, Locator]:
    """Olive, a while after she signed in, up to where she is asked who she is."""
    olive = await desktops.open("/owner/you", person=world.olive, look=PHONE)
    later(20)
    await olive.button("Invite somebody").click()
    await olive.page.get_by_label("Their name").fill("June Hart")
    olive.expect_error("403")
    await olive.button("Make a link").click()
    dialog = olive.page.get_by_role("dialog", name="Confirm that it is you")
    await expect(dialog.get_by_text("We have sent a code to o***@example.com.")).to_be_visible()
    return olive, dialog


async def test_the_mailed_code_and_it_goes_on(desktops: Desktops, world: World, postman: Postman) -> None:
    """What was typed stands; a wrong code says what to do; nothing more is asked for a while."""
    olive, dialog = await about_to_invite(desktops, world)
    [letter] = await postman.letters(olives_email(world))
    assert [] == await grave_findings(olive.page)
    olive.expect_error("401")
    await dialog.get_by_label("6-digit code").fill("000000" if letter.code != "000000" else "000001")
    await expect(dialog.get_by_role("alert")).to_contain_text("This code is not right, or it is too old.")
    await dialog.get_by_label("6-digit code").fill(letter.code)

    await expect(dialog).to_have_count(0)
    await expect(olive.page.get_by_text("#invitation=")).to_be_visible()
    await olive.button("Done").click()
    await olive.button("Withdraw").click()
    await expect(olive.button("Withdraw")).to_have_count(0)
    clock.set_clock(None)


async def test_whoever_does_not_prove_it_loses_nothing_typed(desktops: Desktops, world: World, postman: Postman) -> None:
    olive, dialog = await about_to_invite(desktops, world)
    await olive.page.keyboard.press("Escape")

    await expect(dialog).to_have_count(0)
    await expect(olive.page.get_by_role("alert")).to_contain_text("Confirm that it is you first.")
    await expect(olive.page.get_by_label("Their name")).to_have_value("June Hart")
    clock.set_clock(None)


async def test_the_link_in_the_mail_does_as_well(desktops: Desktops, world: World, postman: Postman) -> None:
    """It opens in another tab of the browser; back in the first one it goes on by itself."""
    olive, dialog = await about_to_invite(desktops, world)
    [letter] = await postman.letters(olives_email(world))
    tab = await olive.context.new_page()
    await tab.goto(letter.link)
    await tab.get_by_role("button", name="Sign in").click()
    await expect(tab.get_by_role("heading", name="My pets")).to_be_visible()
    await olive.page.bring_to_front()
    await olive.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    await expect(dialog).to_have_count(0)
    await expect(olive.page.get_by_text("#invitation=")).to_be_visible()
    clock.set_clock(None)


async def test_a_passkey_is_offered_where_there_is_one(desktops: Desktops, world: World) -> None:
    olive = await phone_of_olive(desktops, world)
    await fingerprint_reader(olive)
    await olive.visit("/owner")
    await olive.button("Set it up").click()
    await expect(olive.heading("Next time sign in with your fingerprint or face")).to_have_count(0)
    await olive.visit("/owner/you")
    later(20)
    await olive.button("Invite somebody").click()
    await olive.page.get_by_label("Their name").fill("June Hart")
    olive.expect_error("403")
    await olive.button("Make a link").click()
    await olive.button("Use a passkey").click()

    await expect(olive.page.get_by_text("#invitation=")).to_be_visible()
    clock.set_clock(None)


async def test_in_spanish_and_without_a_network(desktops: Desktops, world: World, postman: Postman) -> None:
    """The code that could not be sent is asked for once more."""
    olive = await desktops.open("/owner/you", person=world.olive, look=SPANISH)
    later(20)
    await olive.button("Invitar a alguien").click()
    await olive.page.locator("input[name=name]").fill("June Hart")
    olive.expect_error("403|ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    await olive.page.route("**/session/owner/proof/code", lambda route: route.abort())
    await olive.page.locator("dialog button[type=submit]").click()
    dialog = olive.page.get_by_role("dialog", name="Confirme que es usted")
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await olive.page.unroute("**/session/owner/proof/code")
    await dialog.get_by_role("button", name="Enviar otro código").click()

    await expect(dialog.get_by_text("Hemos enviado un código a o***@example.com.")).to_be_visible()
    assert [] == await grave_findings(olive.page)
    clock.set_clock(None)
