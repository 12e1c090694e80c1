"""Calling a colleague in a note, by keyboard alone."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel, row_of
from tests.browser.windows import Desktops
from tests.world import World

pytestmark = pytest.mark.browser


async def test_nora_calls_dr_vane_in_a_note_and_he_sees_who_did(desktops: Desktops, world: World) -> None:
    """2.6 and I9: who cannot read the family today cannot be chosen; the queue tells whom it calls, the family learns nothing."""
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    olive = await olive_at_pixel(desktops, world)
    vane = await desktops.open("/staff", person=world.vane)
    nora = await nora_in_thread(desktops, world)
    await nora.button("Internal note").click()
    await nora.page.keyboard.type("@")
    options = nora.page.get_by_role("listbox", name="Colleagues to mention").get_by_role("option")
    await expect(options).to_have_count(4)
    await expect(options.filter(has_text="Toby Reyes")).to_have_attribute("aria-disabled", "true")
    findings = await grave_findings(nora.page)

    await nora.page.keyboard.type("va")
    await expect(options).to_have_count(1)
    await nora.page.keyboard.press("Enter")
    await nora.page.keyboard.type("please look at her paw")
    await nora.page.keyboard.press("Enter")

    await expect(nora.log.locator("strong")).to_have_text("@Dr Sam Vane")
    await expect(row_of(vane, "Hart")).to_contain_text("Nora mentioned you")
    await expect(vane.button("Mentions")).to_contain_text("1")
    await vane.button("Mentions").click()
    await row_of(vane, "Hart").click()
    await expect(vane.message("please look at her paw")).to_be_visible()
    await expect(row_of(vane, "Hart")).not_to_contain_text("mentioned you")
    assert [] == findings
    assert "please look at her paw" not in await olive.page.content()
