"""One family at two clinics: its other thread in the panel, and both threads side by side."""

import re

import pytest
from playwright.async_api import Locator, expect

from pawline.inbox.tests.two_clinics import thread_elsewhere
from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser


async def helen_in_thread(desktops: Desktops, world: World, look: Look = DESK) -> Window:
    """Helen sees both clinics; Olive has written to both."""
    helen = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.helen, look=look)
    await expect(helen.message("Pixel limps")).to_be_visible()
    return helen


async def write_to_both(world: World) -> str:
    """Returns the thread with the other clinic."""
    await world.olive.post_text(world.thread_id, "Pixel limps")
    elsewhere = await thread_elsewhere(world)
    await world.olive.post_text(elsewhere, "May she come to you?")
    return elsewhere


def family(window: Window) -> Locator:
    return window.page.get_by_role("complementary", name="Family")


def second(window: Window) -> Locator:
    return window.page.get_by_role("region", name="Side by side: Harbour")


async def test_the_other_thread_stands_with_the_family_and_follows_live(desktops: Desktops, world: World) -> None:
    """C17: what was said last, what is unread and who answers; choosing it opens it."""
    elsewhere = await write_to_both(world)
    helen = await helen_in_thread(desktops, world)
    other = family(helen).get_by_role("link").filter(has_text="Harbour")
    await expect(family(helen).get_by_role("heading", name="Also at Harbour")).to_be_visible()
    await expect(other).to_contain_text("Olive: May she come to you?")
    await expect(other).to_contain_text("1 unread")

    await world.hal.post_text(elsewhere, "Yes, at four")
    await expect(other).to_contain_text("Hal: Yes, at four")
    await other.click()

    await expect(helen.message("Yes, at four")).to_be_visible()
    await expect(family(helen).get_by_role("heading", name="Also at Hill Street")).to_be_visible()


async def test_two_threads_side_by_side_by_keyboard(desktops: Desktops, world: World) -> None:
    """C17: each says which clinic it is, both can be answered, and what is written goes where it stands."""
    elsewhere = await write_to_both(world)
    helen = await helen_in_thread(desktops, world)
    await expect(family(helen).get_by_role("heading", name="Also at Harbour")).to_be_visible()

    await helen.log.focus()
    await helen.page.keyboard.press("b")
    await expect(second(helen).get_by_role("log")).to_contain_text("May she come to you?")
    await expect(helen.button("Close Harbour")).to_be_focused()
    await expect(helen.page.get_by_role("heading", name="Hill Street")).to_be_visible()
    await helen.page.keyboard.press("r")
    await expect(second(helen).get_by_role("textbox")).to_be_focused()
    await helen.page.keyboard.type("Come at four")
    await helen.page.keyboard.press("Enter")
    await expect(second(helen).get_by_role("log")).to_contain_text("Come at four")
    await helen.page.keyboard.press("Escape")
    await expect(second(helen).get_by_role("textbox")).not_to_be_focused()
    await helen.page.keyboard.press("n")
    await expect(second(helen).get_by_role("textbox")).to_be_focused()
    await helen.button("Close Harbour").click()

    await expect(second(helen)).to_have_count(0)
    await expect(helen.field).to_be_focused()
    await expect(helen.message("Come at four")).to_have_count(0)
    assert "Come at four" == (await world.olive.thread(elsewhere))["messages"][-1]["body"]


async def test_going_on_with_the_second_thread_alone_keeps_it_live(desktops: Desktops, world: World) -> None:
    """C17: it takes the first one's place, with what has been begun in it, and goes on to follow."""
    elsewhere = await write_to_both(world)
    helen = await helen_in_thread(desktops, world)
    await helen.button("Side by side with Harbour").click()
    await second(helen).get_by_role("textbox").fill("Bring her")
    await second(helen).get_by_role("link", name="Only Harbour").click()

    await expect(helen.page).to_have_url(re.compile(elsewhere))
    await expect(second(helen)).to_have_count(0)
    await expect(helen.field).to_have_value("Bring her")
    await world.olive.post_text(elsewhere, "We are on our way")
    await expect(helen.message("We are on our way")).to_be_visible()


async def test_whoever_works_at_one_clinic_sees_one_thread(desktops: Desktops, world: World) -> None:
    """C17, I10: to them the other thread is not there, nor is a way to it."""
    await write_to_both(world)
    nora = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.nora)
    await expect(family(nora).get_by_role("heading", name="People")).to_be_visible()
    await nora.log.focus()
    await nora.page.keyboard.press("b")

    await expect(nora.message("Pixel limps")).to_be_visible()
    assert [0, 0] == [await nora.page.get_by_text(text).count() for text in ("Also at", "Harbour")]


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark laptop", "phone"])
async def test_everybody_can_use_it(desktops: Desktops, world: World, look: Look) -> None:
    """C17: with room for one thread alone the other can be opened; with room for both, neither has a grave finding of axe."""
    await write_to_both(world)
    helen = await helen_in_thread(desktops, world, look)
    if look is not DESK:
        await helen.button("Family details").click()
    await expect(family(helen).get_by_role("link").filter(has_text="Harbour")).to_be_visible()
    findings = await grave_findings(helen.page)
    assert (look is DESK) == await helen.button("Side by side").is_visible()
    if look is DESK:
        await helen.button("Side by side").click()
        await expect(second(helen).get_by_role("log")).to_contain_text("May she come to you?")
        findings += await grave_findings(helen.page)

    assert [] == findings
