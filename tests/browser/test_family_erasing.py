"""Erasing all that is kept of a family: an administrator's act, by the family's typed name and with a reason."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from pawline.moderation.tests.family_scene import run_job
from tests.browser.axe import grave_findings
from tests.browser.people import olive_at_pixel
from tests.browser.screens import see_family
from tests.browser.windows import Desktops, Look, Window
from tests.texting_scene import Texting
from tests.world import World

pytestmark = pytest.mark.browser
LOOKS = [
    Look(1440, 900, "light"),
    Look(1024, 768, "dark"),
    Look(390, 844, "light", is_phone=True),
    Look(320, 640, "dark", is_phone=True),
]


async def family_of(window: Window) -> Locator:
    await see_family(window)
    return window.page.get_by_role("complementary", name="Family")


async def ask(window: Window) -> Locator:
    await (await family_of(window)).get_by_role("button", name="Erase this family").click()
    return window.page.get_by_role("dialog", name="Erase this family for good?")


@pytest.mark.parametrize("look", LOOKS)
async def test_it_is_erased_on_every_screen_and_says_how_far_it_is(desktops: Desktops, texting: Texting, look: Any) -> None:
    """C14 and P-17: nothing happens before name and reason are given; then the family is signed out, and all is erased."""
    world = texting.world
    await world.nora.post_text(world.thread_id, "Pixel may go home")
    olive = await olive_at_pixel(desktops, world)
    nora = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.nora)
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada, look=look)
    for window in (olive, nora):
        window.expect_error("404|401")
    await expect(ada.message("Pixel may go home")).to_be_visible()
    dialog = await ask(ada)
    confirm = dialog.get_by_role("button", name="Erase for good")
    await dialog.get_by_label("Why?").fill("They asked us to, by letter of 3 May")
    await expect(confirm).to_be_disabled()
    await dialog.get_by_label("To confirm").fill("hart family")
    findings = await grave_findings(ada.page)
    overflows = await ada.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await confirm.click()
    progress = ada.page.get_by_role("region", name="Erasure")
    await expect(progress).to_contain_text("Being erased by Ada Lind")
    await expect(progress).to_contain_text("0 of 1 messages")
    findings += await grave_findings(ada.page)
    await expect(olive.message("Pixel may go home")).to_have_count(0)
    await run_job(world, world.family_id, database=texting.desk.database)

    await expect(progress).to_contain_text("Erased for good by Ada Lind")
    await expect(nora.message("Message erased by Ada Lind")).to_be_visible()
    await expect(nora.page.get_by_text("Pixel may go home")).to_have_count(0)
    assert [] == findings
    assert not overflows


async def test_colleagues_are_not_offered_it(desktops: Desktops, world: World) -> None:
    """C14 and I10: for administrators and the practice owner alone."""
    nora = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.nora)
    panel = await family_of(nora)

    await expect(panel.get_by_text("Pixel")).to_be_visible()
    await expect(panel.get_by_role("button", name="Erase this family")).to_have_count(0)


async def test_a_press_without_a_network_erases_nothing(desktops: Desktops, world: World) -> None:
    """C14: the dialog stays with what was typed, and says so."""
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada)
    dialog = await ask(ada)
    await dialog.get_by_label("Why?").fill("By law")
    await dialog.get_by_label("To confirm").fill("Hart family")
    ada.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::")
    await ada.context.set_offline(offline=True)
    await dialog.get_by_role("button", name="Erase for good").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await ada.context.set_offline(offline=False)
    await dialog.get_by_role("button", name="Erase for good").click()

    await expect(ada.page.get_by_role("region", name="Erasure")).to_contain_text("Being erased by Ada Lind")
