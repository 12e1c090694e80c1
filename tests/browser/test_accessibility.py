"""No serious or critical accessibility finding on any screen: wide and light, smaller and dark, and on a phone."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.people import add_pet, messages_tab, post_photo
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.photos import make_jpeg
from tests.world import Caller, World

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])]


@dataclass
class Tour:
    """Walks from screen to screen and collects what is wrong with each."""

    window: Window
    findings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    async def look_at(self, screen: str, sign: Locator) -> None:
        await expect(sign.first).to_be_visible()
        findings = await grave_findings(self.window.page)
        if findings:
            self.findings[screen] = findings

    async def press(self, name: str) -> None:
        await self.window.button(name).first.click()

    async def escape(self) -> None:
        await self.window.page.keyboard.press("Escape")
        await expect(self.window.page.get_by_role("menu")).to_have_count(0)
        await expect(self.window.page.get_by_role("dialog")).to_have_count(0)


async def test_pages_of_the_signed_out(desktops: Desktops, world: World, look: Look) -> None:
    tour = Tour(await desktops.open("/", look=look))
    page = tour.window.page
    h1 = page.get_by_role("heading", level=1)
    for path in ("/", "/demo/mail", "/staff", "/staff/password", "/staff/password#token=x", "/owner", "/owner/sign-in#token=x"):
        await page.goto("about:blank")  # a new fragment alone would load nothing
        await tour.window.visit(path)
        await tour.look_at(path, h1)
    await tour.window.visit("/owner")
    await page.get_by_label("E-mail").fill("somebody@example.com")
    await tour.press("Send me a code")
    await tour.look_at("code", page.get_by_label("6-digit code"))

    assert {} == tour.findings


async def test_the_thread_at_the_clinic(desktops: Desktops, world: World, look: Look) -> None:
    await _fill_thread(world)
    tour = Tour(await desktops.open("/staff", person=world.nora, look=look))
    page = tour.window.page
    await tour.look_at("inbox", messages_tab(tour.window))
    await tour.window.visit(f"/staff/threads/{world.thread_id}")
    await tour.look_at("thread", tour.window.message("About her paw"))
    await tour.press("Internal note")
    await tour.look_at("writing a note", page.get_by_role("textbox", name="Internal note"))
    if look is not DESK:  # where it is not beside the thread
        await tour.press("Family details")
        await tour.look_at("family", page.get_by_role("complementary", name="Family"))
        await page.get_by_role("complementary", name="Family").get_by_role("button", name="Close").click()
    await _open_menu(tour.window, "Bring her in")
    await tour.look_at("menu of a message", page.get_by_role("menuitem", name="Delete"))
    await page.get_by_role("menuitem", name="Which pets").click()
    await tour.look_at("which pets", page.get_by_role("dialog"))
    await tour.escape()
    await tour.window.log.get_by_role("button", name=re.compile("^Photo from")).click()
    await tour.look_at("photo", page.get_by_role("dialog"))
    await tour.escape()
    await tour.press("End conversation")
    await tour.look_at("ended", tour.window.button("Restart"))

    assert {} == tour.findings


async def test_pages_around_the_inbox(desktops: Desktops, world: World, look: Look) -> None:
    await world.olive.post_text(world.thread_id, "Hello")
    tour = Tour(await desktops.open("/staff", person=world.ada, look=look))
    page = tour.window.page
    dialog = page.get_by_role("dialog")
    await tour.look_at("inbox", tour.window.heading("Inbox"))
    await page.keyboard.press("?")
    await tour.look_at("keys", dialog)
    await tour.escape()
    await page.get_by_role("button", name="Start New Conversation").first.click()
    await tour.look_at("start new conversation", dialog.get_by_label("Title"))
    await dialog.get_by_label("Title").fill("Blood results")
    await dialog.get_by_role("button", name="Start Chat Messaging").click()
    await tour.look_at("choose user", dialog.get_by_role("option"))
    await dialog.get_by_role("button", name="Add a family").click()
    await tour.look_at("add a family", dialog.get_by_role("group", name="Pet"))
    await tour.escape()
    await page.get_by_role("region", name="Queue").get_by_role("searchbox").fill("nobody at all")
    await tour.look_at("nothing found", page.get_by_text("Nothing found"))
    await tour.window.visit("/staff/team")
    await tour.look_at("team", page.get_by_text("Helen Marsh"))
    await tour.press("Add to the team")
    await tour.look_at("add to the team", dialog)
    await tour.window.visit("/staff/devices")
    await tour.look_at("devices", page.get_by_text("this device"))
    await tour.press("Ada Lind, your menu")
    await tour.look_at("own menu", page.get_by_role("menu"))

    assert {} == tour.findings


async def test_the_owners_app(desktops: Desktops, world: World, look: Look) -> None:
    await _fill_thread(world)
    tour = Tour(await desktops.open("/owner", person=world.olive, look=look))
    page = tour.window.page
    await tour.look_at("pets", tour.window.button("Message Vet about Pixel"))
    await tour.press("Message Vet about Pixel")
    await tour.look_at("chat", tour.window.message("Bring her in"))
    await tour.press("Add a photo")
    await tour.look_at("choosing a photo", page.get_by_role("menu"))
    await tour.escape()
    await tour.press("about Pixel")
    await tour.look_at("what it is about", page.get_by_role("menu"))
    await tour.escape()
    await _open_menu(tour.window, "About her paw")
    await page.get_by_role("menuitem", name="Delete").click()
    await tour.look_at("delete", page.get_by_role("dialog"))
    await tour.window.visit("/owner/messages")
    await tour.look_at("messages", tour.window.heading("Messages"))
    await tour.window.visit("/owner/you")
    await tour.look_at("you", page.get_by_text("This device"))

    assert {} == tour.findings


async def test_pages_for_those_who_find_nothing(desktops: Desktops, world: World, look: Look) -> None:
    """A role without the inbox, a thread of other people, an empty queue."""
    visits: list[tuple[Caller, str, str]] = [
        (world.toby, "/staff", "No appointments for you today"),
        (world.hal, "/staff", "No active conversations"),
        (world.rita, f"/staff/threads/{world.thread_id}", "could not be loaded"),
        (world.kim, f"/owner/threads/{world.thread_id}", "could not be loaded"),
    ]
    for person, path, words in visits:
        tour = Tour(await desktops.open(path, person=person, look=look))
        tour.window.expect_error("status of 404")
        await tour.look_at(words, tour.window.page.get_by_text(words))
        assert {} == tour.findings


async def _fill_thread(world: World) -> None:
    """One of everything: words of both sides, a photo, a note, something deleted."""
    await add_pet(world, "Misty")
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    await world.nora.post_text(world.thread_id, "Bring her in", pet_ids=[world.pixel_id])
    await world.nora.post_text(world.thread_id, "She bites", kind="note")
    await post_photo(world.olive, world.thread_id, make_jpeg(320, 240))
    deleted = await world.omar.post_text(world.thread_id, "Oops")
    await world.omar.send("DELETE", f"/threads/{world.thread_id}/messages/{deleted['id']}")


async def _open_menu(window: Window, text: str) -> None:
    message = window.message(text)
    await message.hover()
    await message.get_by_role("button", name="More for the message").click()
