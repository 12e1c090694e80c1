"""Starting to text where something is open already, or where the app of another clinic is the way."""

import re

import pytest
from playwright.async_api import Locator, expect

from pawline.texting.tests.test_starting_elsewhere import olive_is_treated_elsewhere, start
from tests.browser.axe import grave_findings
from tests.browser.windows import Desktops, Window
from tests.texting_scene import OLIVE, Texting, share_number
from tests.world import Caller

pytestmark = pytest.mark.browser


async def type_number(desktops: Desktops, texting: Texting, person: Caller, *, title: str) -> tuple[Window, Locator]:
    """Start New Conversation by text with Olive's number, typed, under this title, with a thread of Hill Street's in front."""
    window = await desktops.open(f"/staff/threads/{texting.world.other_thread_id}", person=person)
    await window.field.wait_for()
    await window.page.get_by_role("button", name="Start New Conversation").click()
    dialog = window.page.get_by_role("dialog")
    await dialog.get_by_label("Title").fill(title)
    await dialog.get_by_role("button", name="Start Text Messaging").click()
    await dialog.get_by_role("combobox").fill("zzz")
    await dialog.get_by_role("button", name="Type a Number").click()
    await dialog.get_by_label("Phone number").fill(OLIVE)
    await dialog.get_by_role("button", name="Start", exact=True).click()
    return window, dialog


async def test_another_title_is_not_lost_without_a_word(desktops: Desktops, texting: Texting) -> None:
    """V2P-16: what is open is named, and opened when somebody says so."""
    await start(texting, OLIVE, title="Rabbit food")

    nora, dialog = await type_number(desktops, texting, texting.world.nora, title="Blood results")

    await expect(dialog.get_by_role("alert")).to_contain_text("A conversation is already open: “Rabbit food”. Open it?")
    assert [] == await grave_findings(nora.page)
    await dialog.get_by_role("button", name="Open it").click()
    await expect(nora.heading("Rabbit food")).to_be_visible()
    await expect(dialog).to_have_count(0)


async def test_the_app_of_the_clinic_that_treats_them_is_one_press_away(desktops: Desktops, texting: Texting) -> None:
    """C17, PA-11: no dead end between two clinics of one practice."""
    await olive_is_treated_elsewhere(texting)
    helen, dialog = await type_number(desktops, texting, texting.world.helen, title="Blood results")
    helen.expect_error("status of 409")
    await expect(dialog.get_by_role("alert")).to_contain_text("Olive Hart uses the app and is treated at")

    await dialog.get_by_role("button", name="Write in the app").click()

    await expect(helen.page).to_have_url(re.compile("/staff/threads/"))
    await expect(helen.heading("Blood results")).to_be_visible()
    assert [] == await texting.rows("SELECT id FROM conversation WHERE practice_id = :practice_id AND channel = 'sms'")


async def test_a_number_of_two_families_is_texted_in_the_thread_in_front(desktops: Desktops, texting: Texting) -> None:
    """V2P-24, V2P-25: Start texting means this family; the other one's panel says where it is open, and leads there."""
    world = texting.world
    await share_number(texting, world.kim)
    nora = await desktops.open(f"/staff/threads/{world.other_thread_id}", person=world.nora)
    panel = nora.page.get_by_role("complementary", name="Family")

    await panel.get_by_role("button", name="Start texting").click()
    await expect(nora.page.get_by_role("note", name="SMS conversation")).to_be_visible()
    [opened] = await texting.rows("SELECT thread_id FROM conversation WHERE practice_id = :practice_id AND channel = 'sms'")
    assert world.other_thread_id == str(opened.thread_id)
    await nora.visit(f"/staff/threads/{world.thread_id}")
    await expect(panel).to_contain_text("A text conversation with this number is open with another family")
    await expect(panel.get_by_role("button", name="Start texting")).to_have_count(0)
    await panel.get_by_role("link", name="Sato family").click()

    await expect(nora.page).to_have_url(re.compile(f"/staff/threads/{world.other_thread_id}$"))
