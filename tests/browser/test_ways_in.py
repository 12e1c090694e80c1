"""Back into the app: with a mobile number on file, with a passkey, and by the team's invitation."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Locator, expect

from pawline.families.numbers import add_number
from pawline.joining.tests.conftest import no_sign_ups_yet, texted_code
from pawline.platform.security import cookie_name
from pawline.sign_in.tests.conftest import Postman, no_tries_yet, post_office, postman
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread
from tests.browser.texts import carry
from tests.browser.windows import DARK_LAPTOP, PHONE, Desktops, Window
from tests.texting_scene import OLIVE, Texting
from tests.world import World

__all__ = ["no_sign_ups_yet", "no_tries_yet", "post_office", "postman"]

pytestmark = pytest.mark.browser

ADDRESS = "E-mail or mobile number"
# A phone whose browser reads texts for the page, as Chrome on Android does; ``hand_over`` is the person who agrees.
READS_TEXTS = """
window.OTPCredential = class {};
const get = navigator.credentials.get.bind(navigator.credentials);
navigator.credentials.get = (options) =>
  options.otp ? new Promise((resolve) => { window.hand_over = (code) => resolve({ code }); }) : get(options);
"""
PHONE_WITH_FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def test_a_number_on_file_is_sent_a_code_that_the_phone_fills_in(
    desktops: Desktops, world: World, texting: Texting
) -> None:
    """After the code, whoever shares the phone says who they are."""
    async with world.product.database.transaction() as uow:
        await add_number(uow, UUID(world.practice_id), UUID(world.omar.id), number=OLIVE)
    omar = await desktops.open("about:blank", look=PHONE)
    await omar.page.add_init_script(READS_TEXTS)
    await omar.visit("/owner")
    await omar.page.get_by_label(ADDRESS).fill("(415) 555-0117")
    await omar.button("Send me a code").click()
    await expect(omar.heading("Look at your texts")).to_be_visible()
    await expect(omar.page.get_by_label("6-digit code")).to_have_attribute("autocomplete", "one-time-code")
    await carry(texting)
    found = await grave_findings(omar.page)
    omar.expect_error("409")
    await omar.page.evaluate("(code) => window.hand_over(code)", await texted_code(texting, OLIVE))
    await expect(omar.heading("Who are you?")).to_be_visible()
    found += await grave_findings(omar.page)
    await omar.button("Omar Hart").click()
    await expect(omar.heading("My pets")).to_be_visible()
    await omar.visit("/owner/you")

    await expect(omar.page.get_by_text("Omar Hart", exact=True)).to_be_visible()
    assert [] == found


async def test_a_wrong_texted_code_says_what_to_do(desktops: Desktops, world: World, texting: Texting) -> None:
    """And a number that nobody has gets the same screen as one on file."""
    stranger = await desktops.open("/owner", look=PHONE)
    await stranger.page.get_by_label(ADDRESS).fill("+1 415 555 0199")
    await stranger.button("Send me a code").click()
    await expect(stranger.page.get_by_text("If your practice knows +1 415 555 0199, a code is on its way.")).to_be_visible()
    stranger.expect_error("401")
    await stranger.page.get_by_label("6-digit code").fill("000000")

    await expect(stranger.page.get_by_role("alert")).to_contain_text("This code is not right, or it is too old.")
    await stranger.button("Use another number").click()
    await expect(stranger.page.get_by_label(ADDRESS)).to_have_value("+1 415 555 0199")


async def test_a_passkey_from_the_offer_to_its_removal(desktops: Desktops, world: World) -> None:
    """Offered once, used to sign in, removed; then it is refused, and nobody was signed out by that."""
    olive = await phone_of_olive(desktops, world)
    authenticator = await fingerprint_reader(olive)
    await olive.visit("/owner")
    await expect(olive.heading("Next time sign in with your fingerprint or face")).to_be_visible()
    found = await grave_findings(olive.page)
    await olive.button("Set it up").click()
    await expect(olive.heading("Next time sign in with your fingerprint or face")).to_have_count(0)
    await olive.visit("/owner/you")
    await expect(passkeys(olive)).to_contain_text("not used yet")
    found += await grave_findings(olive.page)

    # Held back, or the browser's suggestion would be taken before the button is pressed.
    await let_finger_rest(authenticator, is_there=False)
    await sign_out(olive)
    found += await grave_findings(olive.page)
    await let_finger_rest(authenticator, is_there=True)
    await olive.button("Use a passkey").click()
    await expect(olive.heading("My pets")).to_be_visible()
    await expect(olive.heading("Next time sign in with your fingerprint or face")).to_have_count(0)
    await olive.visit("/owner/you")
    await expect(passkeys(olive)).to_contain_text("Last used")
    await passkeys(olive).get_by_role("button", name="Remove").click()
    dialog = olive.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("where you are signed in now, you stay signed in")
    found += await grave_findings(olive.page)
    await dialog.get_by_role("button", name="Remove").click()
    await expect(passkeys(olive).get_by_role("listitem")).to_have_count(0)
    await expect(olive.page.get_by_text("Olive Hart", exact=True)).to_be_visible()

    await let_finger_rest(authenticator, is_there=False)
    await sign_out(olive)
    await let_finger_rest(authenticator, is_there=True)
    olive.expect_error("401")
    await olive.button("Use a passkey").click()
    await expect(olive.page.get_by_role("alert")).to_contain_text("This passkey was not accepted. Try again, or ask for a code")
    assert [] == found


async def test_the_browser_suggests_the_passkey_at_the_field_for_the_address(desktops: Desktops, world: World) -> None:
    """Taking the suggestion is enough: nothing is typed and no button of ours is pressed."""
    olive = await phone_of_olive(desktops, world)
    olive.expect_error("404 .*/api/v1/")  # what is asked for in the moment of signing out
    authenticator = await fingerprint_reader(olive)
    await olive.visit("/owner")
    await olive.button("Set it up").click()
    await expect(olive.heading("Next time sign in with your fingerprint or face")).to_have_count(0)
    await olive.visit("/owner/you")
    await let_finger_rest(authenticator, is_there=False)
    await sign_out(olive)
    await expect(olive.page.get_by_label(ADDRESS)).to_have_attribute("autocomplete", "username webauthn")
    await expect(olive.button("Use a passkey")).to_be_visible()
    await let_finger_rest(authenticator, is_there=True)
    await olive.visit("/owner")

    await expect(olive.heading("My pets")).to_be_visible()


async def test_an_offer_that_was_declined_is_not_made_again(desktops: Desktops, world: World) -> None:
    olive = await phone_of_olive(desktops, world)
    await fingerprint_reader(olive)
    await olive.visit("/owner")
    await olive.button("Not now").click()
    await olive.page.reload()
    async with olive.page.expect_response(lambda response: response.url.endswith("/api/v1/pets")):
        await olive.page.reload()
    await expect(olive.button("Message Vet about Pixel")).to_be_visible()

    await expect(olive.heading("Next time sign in with your fingerprint or face")).to_have_count(0)
    await olive.visit("/owner/you")
    await expect(olive.button("Add a passkey")).to_be_visible()


async def test_the_team_invites_a_contact_and_somebody_new(desktops: Desktops, world: World, postman: Postman) -> None:
    """Pending ones are listed with who invited and until when; a withdrawn one is gone, and its link says whom to ask."""
    emails = [f"{name}-{uuid4().hex[:12]}@example.com" for name in ("omar", "june")]
    nora = await nora_in_thread(desktops, world)
    panel = nora.page.get_by_role("complementary", name="Family")
    await panel.get_by_role("button", name="Invite Omar Hart to the app").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("E-mail").fill(emails[0])
    found = await grave_findings(nora.page)
    await dialog.get_by_role("button", name="Send the invitation").click()
    await expect(panel.get_by_text(emails[0])).to_be_visible()
    await expect(panel.get_by_text("Nora Ames invited them. Works until")).to_be_visible()
    await expect(panel.get_by_role("button", name="Invite Omar Hart to the app")).to_have_count(0)
    await panel.get_by_role("button", name="Add a contact").click()
    await dialog.get_by_label("Name").fill("June Hart")
    await dialog.get_by_label("E-mail").fill(emails[1])
    await dialog.get_by_role("button", name="Send the invitation").click()
    found += await grave_findings(nora.page)
    await panel.get_by_role("button", name="Withdraw the invitation of June Hart").click()
    await expect(panel.get_by_text(emails[1])).to_have_count(0)
    omars, junes = [(await postman.letters(email))[0].mail.text for email in emails]
    omar = await desktops.open(omars[omars.index("/owner/join#") :].split()[0], look=PHONE)
    await omar.button("Join").click()
    await expect(omar.button("Message Vet about Pixel")).to_be_visible()
    june = await desktops.open("about:blank", look=DARK_LAPTOP)
    june.expect_error("404")
    await june.visit(junes[junes.index("/owner/join#") :].split()[0])
    await nora.page.reload()

    await expect(june.page.get_by_text("This invitation was withdrawn. Ask Nora Ames")).to_be_visible()
    await expect(panel.get_by_role("link", name=emails[0])).to_be_visible()
    await expect(panel.get_by_role("button", name="Withdraw")).to_have_count(0)
    assert [] == found


async def phone_of_olive(desktops: Desktops, world: World) -> Window:
    """At the name of this machine: browsers make no passkeys for its number."""
    window = await desktops.open("about:blank", look=PHONE)
    window.product = replace(world.product, url=world.product.url.replace("127.0.0.1", "localhost"))
    name = cookie_name(world.product.settings, "owner")
    await window.context.add_cookies([{"name": name, "value": world.olive.secret, "url": window.product.url, "httpOnly": True}])
    return window


async def fingerprint_reader(window: Window) -> tuple[Any, str]:
    devtools: Any = await window.context.new_cdp_session(window.page)
    await devtools.send("WebAuthn.enable")
    added = await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_WITH_FINGERPRINT})
    return devtools, added["authenticatorId"]


async def let_finger_rest(authenticator: tuple[Any, str], *, is_there: bool) -> None:
    devtools, name = authenticator
    await devtools.send("WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": name, "enabled": is_there})


def passkeys(window: Window) -> Locator:
    return window.page.get_by_role("region", name="Passkeys")


async def sign_out(window: Window) -> None:
    await window.button("Sign out on this device").click()
    await expect(window.button("Use a passkey")).to_be_visible()
