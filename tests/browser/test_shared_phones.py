"""A phone that Olive and Omar share: what comes from it is neither's own, on nobody's screen."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import Desktops, Window, box_of
from tests.texting_scene import OLIVE, Texting, share_number

pytestmark = pytest.mark.browser


async def menu_of(window: Window, words: str) -> Locator:
    await window.message(words).get_by_role("button", name="More for the message from").click()
    return window.page.get_by_role("menuitem")


async def test_in_the_app_it_stands_among_what_others_wrote(desktops: Desktops, texting: Texting) -> None:
    """C20, AL-45: with the family's name, Report and no Delete, to Olive who stands first for the number; also live."""
    olive = await olive_at_pixel(desktops, texting.world)
    await texting.receive("Only me", from_=OLIVE)
    await share_number(texting, texting.world.omar)
    await texting.receive("It is us", from_=OLIVE)

    shared, own = olive.message("It is us"), olive.message("Only me")
    await expect(shared).to_contain_text("Hart family via +1 415-555-0117")
    left, right = await box_of(shared.get_by_text("It is us")), await box_of(own.get_by_text("Only me"))
    assert left["x"] < right["x"]
    await expect(await menu_of(olive, "It is us")).to_have_text(["Copy", "Report"])
    assert [] == await grave_findings(olive.page)
    await olive.page.keyboard.press("Escape")
    await expect(await menu_of(olive, "Only me")).to_have_text(["Copy", "Delete"])


async def test_the_team_is_offered_no_block_of_one_person(desktops: Desktops, texting: Texting) -> None:
    """C20, AL-44: nobody knows whom it would hit; Report stays."""
    await share_number(texting, texting.world.omar)
    await texting.receive("It is us", from_=OLIVE)

    nora = await nora_in_thread(desktops, texting.world)

    await expect(await menu_of(nora, "It is us")).to_have_text(["Copy", "Which pets", "Report"])
