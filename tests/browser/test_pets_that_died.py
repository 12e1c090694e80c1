"""Saying that a pet has died: with few words, with a way back, and without losing anything."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.people import add_pet, nora_in_thread
from tests.browser.windows import PHONE, Desktops
from tests.world import World

pytestmark = pytest.mark.browser


async def test_the_family_says_it_and_the_team_reads_and_corrects_it(desktops: Desktops, world: World) -> None:
    """The pet goes to the end of the list, and its messages stay; what was said by mistake is undone with one press."""
    await add_pet(world, "Bramble")
    await world.nora.post_text(world.thread_id, "Pixel did so well today", pet_ids=[world.pixel_id])
    nora = await nora_in_thread(desktops, world)
    family = nora.page.get_by_role("complementary", name="Family")
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    names = olive.page.get_by_role("article").get_by_role("heading")
    await expect(names).to_have_text(["Pixel", "Bramble"])
    await olive.page.get_by_role("button", name="About Pixel", exact=True).click()
    await olive.button("Pixel has died").click()
    about = olive.page.get_by_role("dialog", name="Pixel has died")
    assert [] == await grave_findings(olive.page)
    await about.get_by_role("button", name="Save").click()

    await expect(olive.page.get_by_text("We are sorry.")).to_be_visible()
    await expect(names).to_have_text(["Bramble", "Pixel"])
    await expect(olive.button("Read messages about Pixel")).to_be_visible()
    await expect(family).to_contain_text("died")
    await olive.button("Undo").click()
    await expect(names).to_have_text(["Pixel", "Bramble"])
    await expect(family).not_to_contain_text("died")

    await family.get_by_role("button", name="About Pixel", exact=True).click()
    await nora.button("Pixel has died").click()
    corrected = nora.page.get_by_role("dialog", name="Pixel has died")
    await corrected.get_by_label("Pixel died on").fill("2026-03-05")
    await corrected.get_by_role("button", name="Save").click()
    await expect(family).to_contain_text("died 5 Mar")
    assert [] == await grave_findings(nora.page)
    await family.get_by_role("button", name="About Pixel", exact=True).click()
    await nora.button("When Pixel died").click()
    await nora.page.get_by_role("dialog", name="When Pixel died").get_by_role("button", name="Pixel is alive").click()
    await expect(family).not_to_contain_text("died")
