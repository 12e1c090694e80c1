"""The clients of a practice: what their numbers get by text, why, and the reminders they were sent."""

import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Locator, expect

from pawline.platform import clock
from pawline.reminders.tests.scene import Reminding
from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.texting_scene import OLIVE, UNKNOWN, set_texting
from tests.world import Caller, World

pytestmark = pytest.mark.browser

DARK_PHONE = Look(390, 844, "dark", is_phone=True)
KINDS = ("Messages", "Reminders", "Confirmations")


@pytest.fixture
async def reminding(world: World) -> AsyncGenerator[Reminding]:
    """Yesterday at noon in New York: day there and in California, and nobody's session has run out yet."""
    reminding = Reminding(await set_texting(world))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    reminding.texting.set_time(yesterday.replace(hour=17, minute=0, second=0, microsecond=0))
    yield reminding
    clock.set_clock(None)


async def clients(desktops: Desktops, world: World, *, person: Caller | None = None, look: Look = DESK) -> Window:
    window = await desktops.open("/staff/clients", person=person or world.nora, look=look)
    await expect(window.heading("Clients")).to_be_visible()
    return window


async def client_page(desktops: Desktops, world: World, *, look: Look = DESK) -> Window:
    window = await desktops.open(f"/staff/clients/{world.olive.id}", person=world.nora, look=look)
    await expect(card(window)).to_be_visible()
    return window


def row(window: Window, name: str) -> Locator:
    return window.page.get_by_role("region", name="Clients").get_by_role("link").filter(has_text=name)


def card(window: Window) -> Locator:
    """Olive's number."""
    return window.page.get_by_role("region", name="+1 415-555-0117")


def reminders(window: Window) -> Locator:
    return window.page.get_by_role("region", name="Reminders and confirmations")


def switch(window: Window, name: str) -> Locator:
    return card(window).get_by_role("switch", name=name)


async def test_the_list_shows_everybody_and_what_their_numbers_get(
    desktops: Desktops, world: World, reminding: Reminding
) -> None:
    """V2P-84, V2P-86, V2P-93: guests and who uses the app are marked; a stopped kind of texts shows."""
    await reminding.texting.receive("do you see rabbits?", from_=UNKNOWN)
    await reminding.opt("health_reminders", is_out=True)
    nora = await desktops.open("/staff", person=world.nora)
    await nora.page.get_by_role("navigation", name="Main").get_by_role("link", name="Clients").click()

    olive = row(nora, "Olive Hart")
    await expect(olive).to_contain_text("+1 415-555-0117")
    await expect(olive).to_contain_text("Messages on")
    await expect(olive).to_contain_text("Reminders stopped")
    await expect(olive).to_contain_text("Confirmations on")
    await expect(row(nora, "+1 415-555-0134")).to_contain_text("Guest")
    await expect(row(nora, "Kim Sato")).to_contain_text("No phone number")
    await expect(nora.page).to_have_title(re.compile("Clients · Northside Veterinary$"))


@pytest.mark.parametrize("words", ["olive", "Hart", "555-0117", "4155550117"])
async def test_a_client_is_found_by_name_and_number(desktops: Desktops, world: World, reminding: Reminding, words: str) -> None:
    """V2P-93"""
    nora = await clients(desktops, world)
    await expect(row(nora, "Kim Sato")).to_be_visible()

    await nora.page.get_by_role("searchbox").fill(words)

    await expect(row(nora, "Kim Sato")).to_have_count(0)
    await row(nora, "Olive Hart").click()
    await expect(nora.page.get_by_role("heading", name="Olive Hart")).to_be_visible()
    await nora.page.get_by_role("searchbox").fill("nobody of this name")
    await expect(nora.page.get_by_text("Nobody found for")).to_be_visible()


async def test_each_kind_of_texts_has_a_switch(desktops: Desktops, world: World, reminding: Reminding) -> None:
    """V2P-84, V2P-86, D10: off at once, on again only with a reason; both stand in the ledger with who did it."""
    nora = await client_page(desktops, world)
    for kind in KINDS:
        await expect(switch(nora, kind)).to_be_checked()

    await switch(nora, "Reminders").click()
    await expect(switch(nora, "Reminders")).not_to_be_checked()
    await expect(card(nora)).to_contain_text("The client was opted out of reminders by text by Nora Ames")
    await expect(row(nora, "Olive Hart")).to_contain_text("Reminders stopped")
    await switch(nora, "Reminders").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("How did they ask for it?").fill("Asked at the desk for Pixel")
    await dialog.get_by_role("button", name="Opt in").click()

    await expect(switch(nora, "Reminders")).to_be_checked()
    await card(nora).get_by_text("How it came to this").click()
    lines = card(nora).get_by_role("listitem")
    await expect(lines).to_have_count(2)
    await expect(lines.nth(0)).to_contain_text("Opted in to health reminders")
    await expect(lines.nth(0)).to_contain_text(re.compile(r"Nora Ames, .*: Asked at the desk for Pixel"))
    await expect(lines.nth(1)).to_contain_text("Opted out of health reminders")


async def test_what_the_phone_company_blocks_only_the_client_can_undo(
    desktops: Desktops, world: World, reminding: Reminding
) -> None:
    """C4, D10, V2P-82: the page says what to ask them for, and it follows by itself when they do."""
    await reminding.texting.receive("hi", from_=OLIVE)
    await reminding.texting.receive("STOP", from_=OLIVE)
    nora = await client_page(desktops, world)

    await expect(card(nora)).to_contain_text("Nothing gets through at the moment.")
    await expect(card(nora)).to_contain_text("Ask them to text START")
    for kind in KINDS:
        await expect(switch(nora, kind)).not_to_be_checked()
    await expect(row(nora, "Olive Hart")).to_contain_text("Blocked by the phone company")

    await reminding.texting.receive("START", from_=OLIVE)
    # Any news of a thread makes the page ask anew; the carrier's side of this test tells no browser by itself.
    await world.nora.post_text(world.thread_id, "She is back", kind="note")

    await expect(switch(nora, "Messages")).to_be_checked()
    await expect(card(nora).get_by_text("Nothing gets through")).to_have_count(0)


async def test_a_reminder_is_read_before_it_is_sent(desktops: Desktops, world: World, reminding: Reminding) -> None:
    """V2P-8, V2P-79: the exact text with its segments, and afterwards how far it got."""
    nora = await client_page(desktops, world)
    await nora.button("Send a reminder").click()
    dialog = nora.page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Send reminder")).to_be_disabled()
    await dialog.get_by_label("Is due for").fill("a rabies vaccination")
    body = "Hill Street: Pixel is due for a rabies vaccination. Call +1 212-555-0142 to book. Reply STOP to opt out."
    await expect(dialog).to_contain_text(body)
    await expect(dialog).to_contain_text("1 segment")
    await expect(dialog).to_contain_text("It goes out at once.")
    assert [] == await reminding.texting.sent_to(OLIVE)

    await dialog.get_by_role("button", name="Send reminder").click()

    sent = reminders(nora).get_by_role("listitem")
    await expect(sent).to_contain_text(body)
    await expect(sent).to_contain_text("Sending")
    assert [body] == await reminding.texting.sent_to(OLIVE)
    page = (await world.nora.get(f"/contacts/{world.olive.id}/reminders")).json()
    await reminding.arrives(page["reminders"][0])
    await expect(sent).to_contain_text("Delivered")


async def test_an_appointment_is_named_in_the_clinics_time(desktops: Desktops, world: World, reminding: Reminding) -> None:
    """V2P-80: whatever zone the browser is in."""
    nora = await client_page(desktops, world)
    day = (reminding.texting.now + timedelta(days=3)).date()
    await nora.button("Send an appointment confirmation").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("Day of the appointment").fill(day.isoformat())
    await dialog.get_by_label("Time, in America/New York").fill("09:30")

    body = f"Hill Street: Pixel's appointment is {day:%A, %B} {day.day} at 9:30 AM. Reply C to confirm. Reply STOP to opt out."
    await expect(dialog).to_contain_text(body)
    await dialog.get_by_role("button", name="Send confirmation").click()

    await expect(reminders(nora).get_by_role("listitem")).to_contain_text(body)
    await expect(reminders(nora).get_by_role("listitem")).to_contain_text("Appointment confirmation")


async def test_at_night_the_form_says_when_it_goes(desktops: Desktops, world: World, reminding: Reminding) -> None:
    """Four in the morning in New York, one in California."""
    reminding.texting.set_time(reminding.texting.now.replace(hour=9))
    nora = await client_page(desktops, world)
    await nora.button("Send a reminder").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("Is due for").fill("dental care")
    await expect(dialog).to_contain_text("No automatic texts at night: it goes out on")

    await dialog.get_by_role("button", name="Send reminder").click()

    await expect(reminders(nora).get_by_role("listitem")).to_contain_text("Waits until")


async def test_what_the_client_stopped_is_not_sent(desktops: Desktops, world: World, reminding: Reminding) -> None:
    """V2P-85: the form says why, before anybody presses the button."""
    await reminding.opt("health_reminders", is_out=True)
    nora = await client_page(desktops, world)
    await nora.button("Send a reminder").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("Is due for").fill("dental care")

    await expect(dialog).to_contain_text("opted out of reminders by text by Nora Ames")
    await expect(dialog.get_by_role("button", name="Send reminder")).to_be_disabled()


async def test_details_of_a_guest_are_filled_in(desktops: Desktops, world: World, reminding: Reminding) -> None:
    """C8, V2P-70"""
    await reminding.texting.receive("do you see rabbits?", from_=UNKNOWN)
    nora = await clients(desktops, world)
    await row(nora, "+1 415-555-0134").click()
    await nora.button("Edit details").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_label("First name").fill("Wes")
    await dialog.get_by_label("Last name").fill("Lund")
    await dialog.get_by_role("button", name="Save").click()

    await expect(nora.page.get_by_role("heading", name="Wes Lund")).to_be_visible()
    await expect(row(nora, "Wes Lund")).not_to_contain_text("Guest")


async def test_it_works_from_the_keyboard(desktops: Desktops, world: World, reminding: Reminding) -> None:
    nora = await clients(desktops, world)
    await expect(row(nora, "Olive Hart")).to_be_visible()
    await nora.page.get_by_label("Search by name or phone number").focus()
    await nora.page.keyboard.type("olive")
    await expect(row(nora, "Kim Sato")).to_have_count(0)
    await nora.page.keyboard.press("Tab")
    await expect(row(nora, "Olive Hart")).to_be_focused()
    await nora.page.keyboard.press("Enter")
    await expect(switch(nora, "Messages")).to_be_visible()
    await switch(nora, "Messages").focus()
    await nora.page.keyboard.press("Space")

    await expect(switch(nora, "Messages")).not_to_be_checked()


async def test_a_list_that_cannot_be_loaded_can_be_asked_for_again(
    desktops: Desktops, world: World, reminding: Reminding
) -> None:
    nora = await desktops.open("/staff", person=world.nora)
    nora.expect_error("status of 503")
    await nora.page.route("**/api/v1/contacts?*", lambda route: route.fulfill(status=503, json={"detail": "Not now."}))
    await nora.page.get_by_role("navigation", name="Main").get_by_role("link", name="Clients").click()
    await expect(nora.page.get_by_text("The clients could not be loaded")).to_be_visible()
    await nora.page.unroute("**/api/v1/contacts?*")

    await nora.button("Try again").click()

    await expect(row(nora, "Olive Hart")).to_be_visible()


async def test_outsiders_find_no_clients(desktops: Desktops, world: World, reminding: Reminding) -> None:
    """I10: Rita is of another practice, Toby's role is too low."""
    rita = await clients(desktops, world, person=world.rita)
    await expect(row(rita, "Rolf Berg")).to_be_visible()
    await expect(row(rita, "Olive Hart")).to_have_count(0)
    rita.expect_error("status of 404")
    await rita.visit(f"/staff/clients/{world.olive.id}")
    await expect(rita.page.get_by_text("The client could not be loaded")).to_be_visible()
    toby = await desktops.open("/staff", person=world.toby)
    await expect(toby.page.get_by_role("navigation", name="Main")).to_be_visible()
    await expect(toby.page.get_by_role("link", name="Clients")).to_have_count(0)


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE, DARK_PHONE])
async def test_every_part_is_fit_for_everybody(desktops: Desktops, world: World, reminding: Reminding, look: Look) -> None:
    """No grave finding of axe-core, and nothing wider than the screen."""
    await reminding.texting.receive("do you see rabbits?", from_=UNKNOWN)
    await reminding.opt("appointment_confirmations", is_out=True)
    await reminding.sent()
    window = await clients(desktops, world, look=look)
    await expect(row(window, "Olive Hart")).to_be_visible()
    findings = await _findings(window)
    await row(window, "Olive Hart").click()
    await card(window).get_by_text("How it came to this").click()
    await expect(card(window).get_by_role("listitem")).to_have_count(2)
    findings += await _findings(window)
    for name, shown in (("Edit details", "Client details"), ("Send a reminder", "Send a reminder")):
        await window.button(name).click()
        await expect(window.page.get_by_role("heading", name=shown)).to_be_visible()
        findings += await _findings(window)
        await window.page.keyboard.press("Escape")
    await switch(window, "Confirmations").click()
    await expect(window.page.get_by_role("dialog")).to_be_visible()

    assert [] == findings + await _findings(window)


async def _findings(window: Window) -> list[str]:
    width = await window.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return await grave_findings(window.page) + ([f"{width[0]} px wide"] if width[0] > width[1] else [])
