"""Going off duty from one's own menu, how that shows to colleagues and families, and coming back from where one writes."""

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.test_availability import bar
from tests.browser.windows import PHONE, Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser


def choice_of(window: Window, name: str) -> Locator:
    return window.page.get_by_role("listbox", name="Colleagues and teams").get_by_role("option").filter(has_text=name)


async def test_off_duty_and_back_with_one_press(desktops: Desktops, world: World) -> None:
    """C12, AL-40: the light follows on the family's screen, colleagues see it before they hand over; one's devices agree."""
    olive = await olive_at_pixel(desktops, world)
    await olive.write("Pixel is limping")
    nora = await nora_in_thread(desktops, world)
    await expect(bar(olive)).to_contain_text("Staff are on duty", timeout=60_000)
    phone = await nora_in_thread(desktops, world, PHONE)

    await nora.button("Nora Ames, your menu").click()
    await nora.page.get_by_role("menuitem", name="Go off duty…").click()
    dialog = nora.page.get_by_role("dialog", name="Go off duty")
    await expect(dialog.get_by_role("button", name="Until the end of today")).to_be_focused()
    assert [] == await grave_findings(nora.page)
    await dialog.get_by_role("button", name="Until I switch it back").click()
    await expect(dialog).to_have_count(0)
    await expect(bar(olive)).to_contain_text("Responses may be delayed", timeout=60_000)
    await expect(nora.button("Nora Ames, off duty, your menu")).to_be_visible()
    strip = phone.page.get_by_role("note").filter(has_text="You are off duty")
    await expect(strip).to_be_visible(timeout=60_000)
    assert [] == await grave_findings(phone.page)

    vane = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.vane)
    await vane.button("Answered by: Nobody yet").click()
    await vane.page.get_by_role("menuitem", name="Hand off…").click()
    await expect(choice_of(vane, "Nora Ames Off duty")).to_contain_text("told when back on duty")
    assert [] == await grave_findings(vane.page)

    await phone.button("Back on duty").click()
    await expect(strip).to_have_count(0)
    await expect(nora.button("Nora Ames, your menu")).to_be_visible(timeout=60_000)
