"""E-mails to a colleague come back: the team page says so and what to do, and so does whoever would call them or hand to them."""

from uuid import UUID

import pytest
from playwright.async_api import Locator, expect

from pawline.notifications.refusals import RefusedAddress, mark_refused
from pawline.team.tests.scene import may_sign_in
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser

WORDS = "550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's address"


async def refuse_vane(world: World) -> None:
    async with world.product.database.transaction() as uow:
        await mark_refused(uow, UUID(world.practice_id), RefusedAddress("vane@northside.example", WORDS))


def line_of(window: Window, name: str) -> Locator:
    return window.page.get_by_role("listitem").filter(has_text=name)


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
async def test_the_team_page_says_whose_e_mails_come_back(desktops: Desktops, world: World, look: Look) -> None:
    """F-28: with the mail server's words; after another try it says so no more."""
    await may_sign_in(world, world.helen, world.vane)
    await refuse_vane(world)
    ada = await desktops.open("/staff/team", person=world.ada, look=look)
    vane = line_of(ada, "Dr Sam Vane")
    await expect(vane).to_contain_text("E-mails to Dr Sam Vane come back.")
    await expect(vane).to_contain_text("does not exist")
    await expect(line_of(ada, "Nora Ames")).not_to_contain_text("come back")
    findings = await grave_findings(ada.page)
    await vane.get_by_role("button", name="Try again").click()
    await expect(ada.page.get_by_text("An e-mail is on its way to vane@northside.example")).to_be_visible()
    await expect(vane).not_to_contain_text("come back")

    assert [] == findings


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
async def test_whoever_hands_off_or_calls_is_told(desktops: Desktops, world: World, look: Look) -> None:
    """F-28, C16: before the choice is made; it can be made all the same, for others hear of it then."""
    await refuse_vane(world)
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    nora = await nora_in_thread(desktops, world, look)
    await nora.button("Internal note").click()
    await nora.page.keyboard.type("@va")
    called = nora.page.get_by_role("listbox", name="Colleagues to mention").get_by_role("option")
    await expect(called).to_contain_text("E-mails come back")
    findings = await grave_findings(nora.page)
    await nora.page.keyboard.press("Escape")
    await nora.page.keyboard.press("Control+A")
    await nora.page.keyboard.press("Delete")
    await nora.page.get_by_role("button", name="Answered by").click()
    await nora.page.get_by_role("menuitem", name="Hand off").click()
    dialog = nora.page.get_by_role("dialog")
    await dialog.get_by_role("option").filter(has_text="Dr Sam Vane").first.click()
    await expect(dialog.get_by_role("option").filter(has_text="Dr Sam Vane").first).to_contain_text("E-mails come back")
    await expect(dialog.get_by_role("status")).to_contain_text("E-mails to Dr Sam Vane come back.")
    findings += await grave_findings(nora.page)

    assert [] == findings
    await dialog.get_by_role("button", name="Hand to Dr Sam Vane").click()
    await expect(nora.page.get_by_role("button", name="Answered by: Dr Sam Vane")).to_be_visible()
