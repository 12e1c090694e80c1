"""Erasing a deleted message for good: an administrator's act, by a typed word and with a reason."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.people import olive_at_pixel
from tests.browser.test_deleted_messages import THREAT, deleted_by_omar, open_menu
from tests.browser.windows import Desktops, Look
from tests.world import World

pytestmark = pytest.mark.browser
LOOKS = [
    Look(1440, 900, "light"),
    Look(1024, 768, "dark"),
    Look(390, 844, "light", is_phone=True),
    Look(390, 844, "dark", is_phone=True),
]


@pytest.mark.parametrize("look", LOOKS)
async def test_an_administrator_erases_it_and_everybody_sees_that(desktops: Desktops, world: World, look: Any) -> None:
    """C14: nothing happens before the word is typed and the reason given; then its place says who did it, on every screen."""
    await deleted_by_omar(world)
    olive = await olive_at_pixel(desktops, world)
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada, look=look)
    await open_menu(ada)
    await ada.page.get_by_role("menuitem", name="Erase for good").click()
    dialog = ada.page.get_by_role("dialog", name="Erase this message for good?")
    confirm = dialog.get_by_role("button", name="Erase for good")
    await expect(confirm).to_be_disabled()
    await dialog.get_by_label("Why?").fill("He asked us to, by letter of 3 May")
    await expect(confirm).to_be_disabled()
    await dialog.get_by_label("Type ERASE to confirm").fill("erase")
    findings = await grave_findings(ada.page)
    await confirm.click()
    erased = ada.message("Message erased by Ada Lind")
    await expect(erased).to_be_visible()
    await expect(olive.message("Message erased by Ada Lind")).to_be_visible()
    findings += await grave_findings(ada.page)

    await erased.hover()
    await erased.get_by_role("button", name="More for the message").click()
    await expect(ada.page.get_by_role("menuitem")).to_have_text(["Report", "Block"])
    assert [] == findings


async def test_a_colleague_who_was_slower_is_told(desktops: Desktops, world: World) -> None:
    """C14: what was erased while the dialog stood open cannot be shown any more, and nothing of it is."""
    await deleted_by_omar(world)
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada)
    await open_menu(ada)
    await ada.page.get_by_role("menuitem", name="Show what it said").click()
    dialog = ada.page.get_by_role("dialog", name="Deleted message")
    await expect(dialog).to_be_visible()
    message_id = (await world.helen.thread(world.thread_id))["messages"][-1]["id"]
    path = f"/threads/{world.thread_id}/messages/{message_id}/erasure"
    await world.helen.send("POST", path, {"confirmation": "ERASE", "reason": "By law"})
    ada.expect_error("409")
    await dialog.get_by_role("button", name="Show what it said").click()

    await expect(dialog.get_by_role("alert")).to_contain_text("erased this message for good")
    await expect(dialog).not_to_contain_text(THREAT)


async def test_a_press_without_a_network_erases_nothing(desktops: Desktops, world: World) -> None:
    """C14: the dialog stays with what was typed, and says so."""
    await deleted_by_omar(world)
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada)
    await open_menu(ada)
    await ada.page.get_by_role("menuitem", name="Erase for good").click()
    dialog = ada.page.get_by_role("dialog", name="Erase this message for good?")
    await dialog.get_by_label("Why?").fill("By law")
    await dialog.get_by_label("Type ERASE to confirm").fill("ERASE")
    ada.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::")
    await ada.context.set_offline(offline=True)
    await dialog.get_by_role("button", name="Erase for good").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await ada.context.set_offline(offline=False)
    await dialog.get_by_role("button", name="Erase for good").click()

    await expect(ada.message("Message erased by Ada Lind")).to_be_visible()
