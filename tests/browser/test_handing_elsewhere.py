"""Handing what a family wants to another clinic of the practice."""

import re

import pytest
from playwright.async_api import expect

from pawline.inbox.tests.two_clinics import connect_elsewhere, employ_at_both
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, row_of
from tests.browser.test_handing_off import answered_by, choose
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser
NOTE = "Bring the X-ray of May"
TOLD = "Our colleagues at Harbour are looking after this now. You can write to them here in the app, at Harbour."


async def choose_harbour(window: Window) -> None:
    await choose(window, "Nobody yet", "Hand off…")
    await window.page.get_by_role("option", name=re.compile("^Harbour")).click()
    await window.page.get_by_role("textbox", name="Note for the team").fill(NOTE)


async def test_the_matter_goes_on_at_the_other_clinic(desktops: Desktops, world: World) -> None:
    """PA-20, PA-21, C17: the family is told in the sender's words, the team there by the note; who may see both finds back."""
    await world.olive.post_text(world.thread_id, "Pixel limps")
    await connect_elsewhere(world)
    await employ_at_both(world, world.vane)
    hal = await desktops.open("/staff", person=world.hal)
    nora = await nora_in_thread(desktops, world)
    await choose_harbour(nora)
    await nora.page.get_by_role("checkbox", name="Tell the family where to go on").check()
    await nora.button("Hand to Harbour").click()

    await expect(answered_by(nora, "Everybody at Harbour")).to_be_visible()
    await expect(nora.message("Our colleagues at Harbour are looking after this now")).to_be_visible()
    await expect(nora.message("handed this to Harbour")).to_contain_text(NOTE)
    await expect(nora.page.get_by_role("link", name="The family's thread at Harbour")).to_have_count(0)
    await hal.button("Handed to me").click()
    await row_of(hal, "Hart").click()
    await expect(hal.message(NOTE)).to_be_visible()
    await expect(hal.button("Take it")).to_be_visible()
    assert 0 == await hal.page.get_by_text("Pixel limps").count()
    vane = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.vane)
    await vane.page.get_by_role("link", name="The family's thread at Harbour").click()
    await expect(vane.message("Nora Ames of Hill Street handed this")).to_be_visible()
    await vane.page.get_by_role("link", name="The family's thread at Hill Street").click()
    await expect(vane.message("Pixel limps")).to_be_visible()
    words = [each["body"] for each in (await world.olive.thread(world.thread_id))["messages"]]
    assert ["Pixel limps", TOLD] == words


async def test_the_family_is_told_nothing_unless_the_sender_wants_it(desktops: Desktops, world: World) -> None:
    """PA-21, I9: a note alone says nothing to them."""
    await world.olive.post_text(world.thread_id, "Pixel limps")
    await connect_elsewhere(world)
    nora = await nora_in_thread(desktops, world)
    await choose_harbour(nora)
    await nora.button("Hand to Harbour").click()
    await expect(answered_by(nora, "Everybody at Harbour")).to_be_visible()

    assert ["Pixel limps"] == [each["body"] for each in (await world.olive.thread(world.thread_id))["messages"]]


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark laptop", "phone"])
async def test_everybody_can_use_it(desktops: Desktops, world: World, look: Look) -> None:
    """PA-20: the dialog with its choice, and the line with its way, have no grave finding of axe."""
    await world.olive.post_text(world.thread_id, "Pixel limps")
    await connect_elsewhere(world)
    await employ_at_both(world, world.nora)
    nora = await nora_in_thread(desktops, world, look)
    await choose_harbour(nora)
    await nora.page.get_by_role("checkbox", name="Tell the family where to go on").check()
    findings = await grave_findings(nora.page)
    await nora.button("Hand to Harbour").click()
    await expect(nora.page.get_by_role("link", name="The family's thread at Harbour")).to_be_visible()

    assert [] == findings + await grave_findings(nora.page)
