"""Several of the team at one inbox: taking, handing off with a note, and not answering twice."""

import asyncio
import re
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Locator, WebSocketRoute, expect

from pawline.platform.security import cookie_name
from tests.browser.axe import grave_findings
from tests.browser.people import messages_tab, nora_in_thread, olive_at_pixel, row_of, second_browser
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import Caller, World

pytestmark = pytest.mark.browser
SECRET = "She cannot pay before Friday"
REFUSED = r"status of 409"


@dataclass
class Line:
    """What comes live to a browser; nothing while it is silent, as on a line that has just died."""

    is_silent: bool = False
    has_greeted: asyncio.Event = field(default_factory=asyncio.Event)

    def join(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def pass_on(frame: str | bytes) -> None:
            if not self.is_silent:
                browser.send(frame)
            self.has_greeted.set()

        server.on_message(pass_on)


async def on_a_line(desktops: Desktops, world: World, person: Caller) -> tuple[Window, Line]:
    window, line = await desktops.open("about:blank", person=person), Line()
    await window.page.route_web_socket(re.compile("/api/v1/live"), line.join)
    await window.visit(f"/staff/threads/{world.thread_id}")
    await line.has_greeted.wait()
    await window.page.wait_for_load_state("networkidle")  # a greeting makes the page ask once more what it has missed
    return window, line


def answered_by(window: Window, name: str) -> Locator:
    return window.page.get_by_role("button", name=f"Answered by: {name}")


async def choose(window: Window, now: str, item: str) -> None:
    """From the menu of who answers, which says ``now``."""
    await answered_by(window, now).click()
    await window.page.get_by_role("menuitem", name=item).click()


async def hand_to_vane(window: Window) -> None:
    await window.page.get_by_role("combobox", name="Hand off to").fill("vane")
    await window.page.keyboard.press("Enter")
    await window.page.keyboard.type(SECRET)
    await window.page.keyboard.press("Control+Enter")


async def test_a_hand_off_reaches_the_colleague_and_its_note_never_the_family(desktops: Desktops, world: World) -> None:
    """PA-20, PA-21: by keyboard alone; the colleague's badge, list and thread show it live."""
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    olive = await olive_at_pixel(desktops, world)
    vane = await desktops.open("/staff", person=world.vane)
    nora = await nora_in_thread(desktops, world)
    await expect(answered_by(nora, "Nobody yet")).to_be_visible()

    await nora.log.focus()
    await nora.page.keyboard.press("h")
    await hand_to_vane(nora)

    await expect(answered_by(nora, "Dr Sam Vane")).to_be_visible()
    await expect(messages_tab(vane)).to_contain_text("1 handed to you")
    await vane.button("Handed to me").click()
    await row_of(vane, "Hart").click()
    await expect(vane.message(SECRET)).to_be_visible()
    await vane.button("Take it").click()
    await expect(answered_by(vane, "You")).to_be_visible()
    await expect(messages_tab(vane)).not_to_contain_text("handed to you")
    await expect(nora.log).to_contain_text("Dr Sam Vane took this conversation")
    await vane.write("Come in at two")
    await expect(olive.message("Come in at two")).to_be_visible()
    page = await olive.page.content()
    assert [] == [word for word in (SECRET, "handed this", "took this") if word in page]


async def test_of_two_who_take_it_one_is_told(desktops: Desktops, world: World) -> None:
    """PA-20: the second sees who was faster, in words, and the screen shows it."""
    await world.olive.post_text(world.thread_id, "About her paw")
    nora, line = await on_a_line(desktops, world, world.nora)
    vane = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.vane)
    nora.expect_error(REFUSED)
    await expect(answered_by(nora, "Nobody yet")).to_be_visible()
    line.is_silent = True
    await choose(vane, "Nobody yet", "Take it")
    await expect(answered_by(vane, "You")).to_be_visible()

    await choose(nora, "Nobody yet", "Take it")

    await expect(
        nora.page.get_by_text(re.compile(r"^Dr Sam Vane took this (just now|\d+ (second|minute)s? ago)"))
    ).to_be_visible()
    await expect(answered_by(nora, "Dr Sam Vane")).to_be_visible()
    await expect(answered_by(vane, "You")).to_be_visible()


async def test_whoever_answers_second_is_asked(desktops: Desktops, world: World) -> None:
    """PA-19: with the colleague's words; back to edit, or out as it is. The family gets what was decided, and once."""
    await world.olive.post_text(world.thread_id, "May she eat?", pet_ids=[world.pixel_id])
    olive = await olive_at_pixel(desktops, world)
    vane, line = await on_a_line(desktops, world, world.vane)
    await expect(vane.message("May she eat?")).to_be_visible()
    vane.expect_error(REFUSED)
    await vane.field.fill("Yes, a little")
    line.is_silent = True
    await world.nora.post_text(world.thread_id, "Not before six")
    await vane.send_button.click()

    question = vane.page.get_by_role("alert").filter(has_text="Nora Ames answered")
    await expect(question).to_contain_text("Not before six")
    await expect(olive.message("Not before six")).to_be_visible()
    await vane.page.reload()
    await expect(question.get_by_role("button", name="Send anyway")).to_be_visible()
    assert 0 == await olive.message("Yes, a little").count()
    await question.get_by_role("button", name="Send anyway").click()
    await expect(olive.message("Yes, a little")).to_be_visible()
    await expect(question).to_have_count(0)


async def test_what_is_begun_stays_there_and_is_for_nobody_else(desktops: Desktops, world: World) -> None:
    """D16: a draft for each thread, over a reload; a colleague who signs in next on the same machine finds none of them."""
    await world.olive.post_text(world.thread_id, "About her paw")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    nora = await nora_in_thread(desktops, world)
    await nora.field.fill("Please put the")
    await row_of(nora, "Sato").click()
    await expect(nora.message("Mochi sneezes")).to_be_visible()
    await expect(nora.field).to_have_value("")
    await nora.field.fill("How often")
    await nora.page.reload()
    await expect(nora.field).to_have_value("How often")
    await row_of(nora, "Hart").click()
    await expect(nora.field).to_have_value("Please put the")

    async with nora.page.expect_response(lambda answer: answer.request.method == "DELETE"):
        await choose_own(nora, "Sign out")
    await expect(nora.page.get_by_role("button", name="Sign in")).to_be_visible()
    vane = await second_browser(world, world.vane, kind="staff", device="Desk")
    name = cookie_name(world.product.settings, vane.app)
    await nora.context.add_cookies([{"name": name, "value": vane.secret, "url": world.product.url, "httpOnly": True}])
    await nora.visit(f"/staff/threads/{world.thread_id}")
    await expect(nora.message("About her paw")).to_be_visible()

    await expect(nora.field).to_have_value("")


async def choose_own(window: Window, item: str) -> None:
    await window.page.get_by_role("button", name=re.compile("your menu$")).click()
    await window.page.get_by_role("menuitem", name=item).click()


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark laptop", "phone"])
async def test_everybody_can_use_it(desktops: Desktops, world: World, look: Look) -> None:
    """PA-20: the dialog, the banner and the lines have no grave finding of axe."""
    await world.olive.post_text(world.thread_id, "About her paw")
    vane = await desktops.open("/staff", person=world.vane, look=look)
    nora = await nora_in_thread(desktops, world, look)
    await choose(nora, "Nobody yet", "Hand off…")
    await expect(nora.page.get_by_role("option", name=re.compile("Toby"))).to_be_visible()
    findings = await grave_findings(nora.page)
    await hand_to_vane(nora)
    await expect(nora.message(SECRET)).to_be_visible()
    findings += await grave_findings(nora.page)
    await vane.button("Handed to me").click()
    await expect(row_of(vane, "Hart")).to_be_visible()
    findings += await grave_findings(vane.page)
    await row_of(vane, "Hart").click()
    await expect(vane.button("Take it")).to_be_visible()

    assert [] == findings + await grave_findings(vane.page)
