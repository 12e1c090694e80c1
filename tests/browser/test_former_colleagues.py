"""The filter of the inbox has those who left, apart from those who work here."""

import os

import pytest
from playwright.async_api import expect

from pawline.team.tests.scene import end_access
from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
async def test_what_somebody_answered_who_left_is_found(desktops: Desktops, world: World, look: Look) -> None:
    """V2P+7: under a heading of their own; the address keeps the choice, and its chip says the name."""
    await world.vane.post_text(world.thread_id, "Pixel may go home")
    await world.nora.post_text(world.other_thread_id, "How is Mochi?")
    await end_access(world, world.vane)
    nora = await desktops.open("/staff", person=world.nora, look=look)
    queue = nora.page.get_by_role("region", name="Queue").get_by_role("link")
    await expect(queue.filter(has_text="Sato")).to_be_visible()
    await nora.button("Filter").click()
    left = nora.page.get_by_role("group", name="No longer here")
    await left.get_by_role("button", name="Dr Sam Vane").click()
    findings = await grave_findings(nora.page)
    if folder := os.environ.get("SHOTS"):
        await nora.page.screenshot(path=f"{folder}/former-{look.width}.png")
    await nora.button("Show conversations").click()
    await expect(queue.filter(has_text="Hart")).to_be_visible()
    await expect(queue.filter(has_text="Sato")).to_have_count(0)
    await nora.page.reload()
    await expect(nora.page.get_by_text("Answered by Dr Sam Vane")).to_be_visible()
    await expect(queue.filter(has_text="Hart")).to_be_visible()

    assert [] == findings
