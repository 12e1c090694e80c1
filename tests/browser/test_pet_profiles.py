"""What is known of a pet, with the picture it is known by, on both sides; and the logo of a clinic."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread
from tests.browser.windows import DARK_LAPTOP, PHONE, Desktops
from tests.photos import make_jpeg
from tests.world import World

pytestmark = pytest.mark.browser


def photo(width: int) -> Any:
    return {"name": "pixel.jpg", "mimeType": "image/jpeg", "buffer": make_jpeg(width, 900)}


def pictures(within: Locator) -> Locator:
    return within.locator("img[src*='/portraits/']")


async def test_the_family_gives_its_pet_a_picture_and_the_team_sees_it(desktops: Desktops, world: World) -> None:
    nora = await nora_in_thread(desktops, world)
    family = nora.page.get_by_role("complementary", name="Family")
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    card = olive.page.get_by_role("article", name="Pixel")
    await card.get_by_role("button", name="About Pixel", exact=True).click()
    about = olive.page.get_by_role("dialog", name="About Pixel")
    await about.locator("input[type=file]").set_input_files(photo(1200))
    await expect(pictures(about)).to_be_visible()
    await expect(pictures(family)).to_be_visible()

    await about.get_by_label("Weight in kg").fill("heavy")
    await about.get_by_role("button", name="Save").click()
    await expect(about).to_contain_text("in kilograms, like 12.5")
    assert [] == await grave_findings(olive.page)
    await about.get_by_label("Weight in kg").fill("12,4")
    await about.get_by_role("button", name="Save").click()
    await expect(about).to_have_count(0)
    await expect(pictures(card)).to_be_visible()
    await expect(family).to_contain_text("12 kg")

    await family.get_by_role("button", name="About Pixel", exact=True).click()
    corrected = nora.page.get_by_role("dialog", name="About Pixel")
    await corrected.get_by_role("button", name="Remove", exact=True).click()
    await expect(pictures(card)).to_have_count(0)
    await corrected.get_by_role("button", name="Undo").click()
    await expect(pictures(card)).to_be_visible()
    assert [] == await grave_findings(nora.page)


async def test_a_clinic_shows_its_logo(desktops: Desktops, world: World) -> None:
    """A file that is no picture is refused in words, and changes nothing."""
    await world.nora.post_text(world.thread_id, "Pixel can come home")
    ada = await desktops.open("/staff/settings", person=world.ada, look=DARK_LAPTOP)
    ada.expect_error("415")
    chosen = ada.page.locator("#clinic input[type=file]")
    await chosen.set_input_files(photo(640))
    logo = ada.page.get_by_role("img", name="Logo of Hill Street")
    await expect(logo).to_be_visible()
    await chosen.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": b"%PDF-1.7 no picture"})
    await expect(ada.page.get_by_role("alert")).to_contain_text("Choose a picture")
    await expect(logo).to_be_visible()
    assert [] == await grave_findings(ada.page)

    olive = await desktops.open(f"/owner/threads/{world.thread_id}", person=world.olive, look=PHONE)
    await expect(pictures(olive.page.get_by_role("region", name="Conversation"))).to_be_visible()
