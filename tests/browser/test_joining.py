"""Getting in: by a clinic's link or poster, with a code by text or e-mail, and by an invitation into a family."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.async_api import expect

from pawline.joining.tests.conftest import code_of, no_sign_ups_yet, texted_code
from pawline.platform import clock
from pawline.sign_in.tests.conftest import Postman, no_tries_yet, post_office, postman
from tests.browser.axe import grave_findings
from tests.browser.settings_page import section
from tests.browser.texts import carry
from tests.browser.windows import DARK_LAPTOP, PHONE, Desktops, Look, Window
from tests.photos import make_jpeg
from tests.texting_scene import UNKNOWN, Texting
from tests.world import World

__all__ = ["no_sign_ups_yet", "no_tries_yet", "post_office", "postman"]

pytestmark = pytest.mark.browser

EMERGENCY = "+13155550199"


@pytest.fixture
def email() -> str:
    return f"june-{uuid4().hex[:12]}@example.com"


@pytest.fixture
async def code(world: World) -> str:
    number = {"emergency_number": EMERGENCY}
    assert 200 == (await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", number)).status_code
    return await code_of(world)


async def give_names(window: Window, first: str = "June", last: str = "Park") -> None:
    await window.page.get_by_label("First name").fill(first)
    await window.page.get_by_label("Last name").fill(last)


async def ask_for_code(window: Window, label: str, address: str) -> None:
    await window.page.get_by_label(label).fill(address)
    await window.button("Send me a code").click()
    await expect(window.page.get_by_label("6-digit code")).to_be_visible()


async def add_biscuit(window: Window) -> None:
    await window.page.get_by_label("Name", exact=True).fill("Biscuit")
    await window.button("Connect").click()


async def require_no_scrolling_sideways(window: Window) -> None:
    await window.page.set_viewport_size({"width": 320, "height": 700})
    assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_guest_who_texted_joins_and_goes_on_with_the_same_chat(
    desktops: Desktops, world: World, texting: Texting, code: str
) -> None:
    """PA-16, PA-17, PA-18: by a texted code; what was texted is there, and now a photo can be sent."""
    await texting.receive("Biscuit ate a sock", from_=UNKNOWN)
    june = await desktops.open(f"/c/{code}", look=PHONE)
    await give_names(june)
    await ask_for_code(june, "Mobile number", "(415) 555-0134")
    await expect(june.page.get_by_text("No text? If you have stopped texts from this clinic, use your e-mail.")).to_be_visible()
    await carry(texting)
    await june.page.get_by_label("6-digit code").fill(await texted_code(texting, UNKNOWN))
    await add_biscuit(june)
    await june.button("Message Vet about Biscuit").click()
    await june.button("Read it now").click()
    await june.button("I understand, continue").click()
    await expect(june.message("Biscuit ate a sock")).to_be_visible()
    await june.button("Add a photo, video or PDF").click()
    async with june.page.expect_file_chooser() as chooser:
        await june.page.get_by_role("menuitem").first.click()
    await (await chooser.value).set_files({"name": "sock.jpg", "mimeType": "image/jpeg", "buffer": make_jpeg(320, 240)})
    await expect(june.tray.get_by_role("listitem")).to_have_count(1)
    await june.write("This sock")

    await expect(june.receipt("This sock", "Sent")).to_be_visible()
    await expect(june.message("This sock").get_by_role("img").first).to_be_visible()


async def test_a_new_owner_joins_by_the_link_through_a_reload(
    desktops: Desktops, world: World, postman: Postman, code: str, email: str
) -> None:
    """AL-18, PA-26, I11: the clinic and whom to call in an emergency stay in view; nobody has to approve."""
    june = await desktops.open(f"/c/{code}?qr", look=PHONE)
    await expect(june.page.get_by_text("Hill Street")).to_be_visible()
    await expect(june.page.get_by_role("link", name="In an emergency, call")).to_have_attribute("href", f"tel:{EMERGENCY}")
    await require_no_scrolling_sideways(june)
    await give_names(june)
    await ask_for_code(june, "E-mail", email)
    await require_no_scrolling_sideways(june)
    await june.page.reload()
    await june.page.get_by_label("6-digit code").fill("000000")
    june.expect_error("401")
    await expect(june.page.get_by_role("alert")).to_contain_text("This code is not right")
    await june.page.get_by_label("6-digit code").fill((await postman.letters(email))[0].code)
    await expect(june.heading("Connect your pets to Hill Street")).to_be_visible()
    await require_no_scrolling_sideways(june)
    await add_biscuit(june)

    await expect(june.heading("My pets")).to_be_visible()
    await expect(june.button("Message Vet about Biscuit")).to_be_visible()
    assert june.page.url.endswith("/owner")


async def test_whoever_is_signed_in_goes_straight_to_the_pets(desktops: Desktops, world: World, code: str) -> None:
    """Pixel is connected already; another pet is added beside it."""
    olive = await desktops.open(f"/owner/join#code={code}", person=world.olive, look=PHONE)
    await expect(olive.heading("You are connected to Hill Street")).to_be_visible()
    await expect(olive.page.get_by_role("listitem").filter(has_text="Pixel")).to_contain_text("Connected")
    await olive.button("Add another pet").click()
    await add_biscuit(olive)

    await expect(olive.button("Message Vet about Biscuit")).to_be_visible()


async def test_a_code_that_does_not_work_says_what_to_do(desktops: Desktops, world: World, code: str) -> None:
    """AL-21: the administrator makes a new code; the old link says so, and the new one works."""
    ada = await desktops.open(f"/staff/settings/{world.clinic_id}", person=world.ada)
    card = section(ada, "Link and poster")
    await expect(card.get_by_role("link")).to_contain_text(code)
    await card.get_by_role("button", name="Make a new code").click()
    await ada.page.get_by_role("dialog").get_by_role("button", name="Make a new code").click()
    await expect(card.get_by_role("link")).not_to_contain_text(code)
    june = await desktops.open("about:blank", look=PHONE)
    june.expect_error("404")
    for path in (f"/c/{code}", "/c/forged"):
        await june.visit("about:blank")
        await june.visit(path)
        await expect(june.heading("This code does not work")).to_be_visible()
        await expect(june.page.get_by_text("This code is not valid any more. Ask the practice for a new one.")).to_be_visible()
    await june.visit("about:blank")
    await june.visit("/owner/join")
    await expect(june.heading("This link is not complete")).to_be_visible()
    await june.visit(f"/c/{await code_of(world)}")

    await expect(june.heading("Message your vet here")).to_be_visible()


@pytest.mark.offline
async def test_without_a_network_nothing_typed_is_lost(desktops: Desktops, world: World, code: str, email: str) -> None:
    june = await desktops.open(f"/c/{code}", look=PHONE)
    await give_names(june)
    await june.page.get_by_label("E-mail").fill(email)
    june.expect_error("ERR_INTERNET_DISCONNECTED")
    june.expect_error("net::ERR")
    await june.context.set_offline(True)
    await june.button("Send me a code").click()
    await expect(june.page.get_by_role("alert")).to_contain_text("You seem to be offline")
    await june.context.set_offline(False)
    await june.button("Send me a code").click()

    await expect(june.page.get_by_label("6-digit code")).to_be_visible()


async def test_a_second_contact_comes_by_invitation(desktops: Desktops, world: World, postman: Postman, email: str) -> None:
    """By e-mail with one press; a link to pass on asks for a code, and is listed until somebody uses or withdraws it."""
    await world.nora.post_text(world.thread_id, "How is Pixel today?")
    olive = await desktops.open("/owner/you", person=world.olive, look=PHONE)
    await olive.button("Invite somebody").click()
    await olive.page.get_by_label("Their name").fill("June Hart")
    await olive.page.get_by_label("Their e-mail").fill(email)
    await olive.button("Send the invitation").click()
    await olive.button("Done").click()
    await expect(olive.page.get_by_role("listitem").filter(has_text=email)).to_be_visible()
    letter = (await postman.letters(email))[0].mail
    june = await desktops.open(letter.text[letter.text.index("/owner/join#") :].split()[0], look=PHONE)
    await expect(june.heading("Join the Hart family")).to_be_visible()
    await june.button("Join").click()
    await june.button("Message Vet about Pixel").click()
    await june.button("Read it now").click()
    await june.button("I understand, continue").click()
    await expect(june.message("How is Pixel today?")).to_be_visible()
    await olive.page.reload()
    await expect(olive.button("Invite somebody")).to_be_visible()

    await expect(olive.page.get_by_text(email)).to_have_count(0)


async def test_a_link_to_pass_on_can_be_withdrawn(desktops: Desktops, world: World) -> None:
    """AL-21"""
    olive = await desktops.open("/owner/you", person=world.olive, look=PHONE)
    await olive.button("Invite somebody").click()
    await olive.page.get_by_label("Their name").fill("June Hart")
    await olive.button("Make a link").click()
    link = await olive.page.get_by_text("#invitation=").inner_text()
    await olive.button("Done").click()
    june = await desktops.open(link.removeprefix(world.product.url), look=PHONE)
    await expect(june.page.get_by_label("First name")).to_have_value("June")
    await olive.button("Withdraw").click()
    await expect(olive.button("Withdraw")).to_have_count(0)
    june.expect_error("404")
    await june.page.reload()

    await expect(june.heading("This invitation does not work")).to_be_visible()
    await expect(june.page.get_by_text("This invitation was withdrawn. Ask Olive Hart")).to_be_visible()


async def test_an_invitation_that_leads_nowhere_says_why(desktops: Desktops, world: World, postman: Postman, email: str) -> None:
    """AL-21: used up, forged and expired, each with the words of what to do; and nobody is let in."""
    headers = {"Idempotency-Key": str(uuid4())}
    body = {"name": "June Hart", "email": email}
    assert 201 == (await world.olive.send("POST", "/family/invitations", body, headers=headers)).status_code
    letter = (await postman.letters(email))[0].mail.text
    link = letter[letter.index("/owner/join#") :].split()[0]
    june = await desktops.open(link, look=PHONE)
    await expect(june.button("Join")).to_be_visible()
    now = clock.now()
    june.expect_error("404")
    clock.set_clock(lambda: now + timedelta(days=14, seconds=1))
    await june.button("Join").click()
    await expect(june.page.get_by_role("alert")).to_contain_text("This invitation has expired. Ask Olive Hart for a new one.")
    await june.page.reload()
    await expect(june.page.get_by_text("This invitation has expired. Ask Olive Hart for a new one.")).to_be_visible()
    clock.set_clock(None)
    await june.page.reload()
    await june.button("Join").click()
    await expect(june.heading("My pets")).to_be_visible()
    other = await desktops.open(link, look=PHONE)
    other.expect_error("404")
    await expect(other.page.get_by_text("This invitation was used already. If that was you, sign in.")).to_be_visible()
    await other.visit("about:blank")
    await other.visit(f"/owner/join#invitation={'0' * 64}")

    await expect(other.page.get_by_text("This link is not complete, or it is not an invitation of ours.")).to_be_visible()
    await expect(other.heading("This invitation does not work")).to_be_visible()


async def test_a_mailed_code_that_is_too_old_says_so(
    desktops: Desktops, world: World, postman: Postman, code: str, email: str
) -> None:
    """By the poster's link. Within its time it lets them in."""
    june = await desktops.open(f"/c/{code}?qr", look=PHONE)
    await give_names(june)
    await ask_for_code(june, "E-mail", email)
    old = (await postman.letters(email))[0].code
    now = clock.now()
    clock.set_clock(lambda: now + timedelta(minutes=15, seconds=1))
    june.expect_error("401")
    await june.page.get_by_label("6-digit code").fill(old)
    await expect(june.page.get_by_role("alert")).to_contain_text("This code is not right, or it is too old.")
    clock.set_clock(None)
    await june.page.get_by_label("6-digit code").fill(old)

    await expect(june.heading("Connect your pets to Hill Street")).to_be_visible()


@pytest.mark.parametrize("look", [PHONE, DARK_LAPTOP], ids=["phone", "dark"])
async def test_the_screens_have_no_grave_accessibility_finding(
    desktops: Desktops, world: World, code: str, email: str, look: Look
) -> None:
    june = await desktops.open(f"/c/{code}", look=look)
    await expect(june.page.get_by_label("First name")).to_be_visible()
    found = await grave_findings(june.page)
    await give_names(june)
    await ask_for_code(june, "E-mail", email)
    found += await grave_findings(june.page)
    olive = await desktops.open(f"/owner/join#code={code}", person=world.olive, look=look)
    await olive.button("Add another pet").click()
    found += await grave_findings(olive.page)
    await olive.visit("/owner/you")
    await olive.button("Invite somebody").click()
    found += await grave_findings(olive.page)
    ada = await desktops.open(f"/staff/settings/{world.clinic_id}", person=world.ada, look=look)
    await section(ada, "Link and poster").get_by_role("button", name="Make a new code").click()
    found += await grave_findings(ada.page)

    assert [] == found
