"""Keeping the queue in order: unread again, urgent, labels, filters, and putting conversations off."""

import re

import pytest
from playwright.async_api import Locator, expect

from pawline.inbox.tests.scene import add_family
from pawline.inbox.tests.triage_scene import add_label
from tests.browser.axe import grave_findings
from tests.browser.people import messages_tab, nora_in_thread, row_of
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser


def rows(window: Window) -> Locator:
    return window.page.get_by_role("region", name="Queue").locator("[data-row]")


async def from_menu_of(window: Window, family: str, item: str) -> None:
    """From the menu of its row, which shows when the row is hovered."""
    await row_of(window, family).hover()
    await window.button(f"Options for {family}").click()
    await window.page.get_by_role("menuitem", name=item).click()


async def test_unread_again_urgent_and_labelled_without_the_mouse(desktops: Desktops, world: World) -> None:
    """V2P+4, V2P+8, PPB-19: the dot comes back in all of Nora's windows and in nobody else's; urgent ones go on top for all."""
    await add_label(world.ada, "Refill", "purple")
    await world.olive.post_text(world.thread_id, "Pixel's tablets are empty")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    vane = await desktops.open("/staff", person=world.vane)
    await row_of(vane, "Hart").click()
    nora = await nora_in_thread(desktops, world)
    other = await desktops.open("/staff", person=world.nora)
    await expect(row_of(other, "Hart")).not_to_contain_text("unread")
    await expect(row_of(vane, "Hart")).not_to_contain_text("unread")

    await nora.log.focus()
    await nora.page.keyboard.press("!")
    await expect(rows(vane).first).to_contain_text("Hart")
    await expect(rows(vane).first).to_contain_text("Urgent")
    await nora.page.keyboard.press("l")
    await nora.page.get_by_role("combobox", name="Find a label").fill("refi")
    await nora.page.keyboard.press("Enter")
    await expect(nora.page.get_by_role("option", name="Refill")).to_have_attribute("aria-selected", "true")
    await nora.page.keyboard.press("Escape")
    await expect(rows(vane).first).to_contain_text("Refill")
    await nora.page.keyboard.press("u")

    for window in (nora, other):
        await expect(row_of(window, "Hart")).to_contain_text("1 unread")
        await expect(messages_tab(window)).to_contain_text("2 unread")
    await expect(row_of(vane, "Hart")).not_to_contain_text("unread")
    await row_of(nora, "Hart").click()
    for window in (nora, other):
        await expect(row_of(window, "Hart")).not_to_contain_text("unread")


async def test_filters_stand_in_the_address_and_can_be_taken_away(desktops: Desktops, world: World) -> None:
    """V2P+7: narrowed together, kept over a reload and beside an open thread; an empty list says why it is."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    cared_for = await add_family(world, "Moss", "Fern")
    await world.nora.post_text(cared_for["thread_id"], "How is Fern?")
    nora = await desktops.open("/staff", person=world.nora)
    await expect(rows(nora)).to_have_count(2)

    await nora.button("Filter").click()
    for option in ("The family", "Dogs"):
        await nora.page.get_by_role("dialog").get_by_role("button", name=option, exact=True).click()
    await nora.button("Show conversations").click()
    await expect(rows(nora)).to_have_count(1)
    await rows(nora).first.click()
    await nora.page.reload()
    await expect(nora.log).to_be_visible()
    assert "started_by=family&species=dog" in nora.page.url
    await nora.page.goto(nora.page.url.replace(f"/threads/{world.thread_id}", ""))
    await expect(rows(nora)).to_have_count(1)
    await rows(nora).first.click()
    await nora.page.wait_for_url(f"**/threads/{world.thread_id}?started_by=family&species=dog")
    await nora.page.go_back()
    await nora.button("Remove the filter Dogs").click()
    await nora.button("Filter, 1 on").click()
    await nora.page.get_by_role("dialog").get_by_role("button", name="By text").click()
    await nora.page.keyboard.press("Escape")
    await expect(nora.page.get_by_text("Nothing fits the filters")).to_be_visible()
    await expect(nora.page.get_by_text("Shown is only: “By text”, “Started by the family”.")).to_be_visible()
    await nora.button("Clear the filters").click()

    await expect(rows(nora)).to_have_count(2)


async def test_a_snoozed_conversation_leaves_the_team_and_the_family_brings_it_back(desktops: Desktops, world: World) -> None:
    """PPB-20, V2P+7: it is gone for everybody, stands under Snoozed with who put it off, and is on top once the family writes."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    vane = await desktops.open("/staff", person=world.vane)
    nora = await desktops.open("/staff", person=world.nora)
    await from_menu_of(nora, "Hart", "Snooze…")
    await nora.page.get_by_role("button", name=re.compile("^Tomorrow morning")).click()

    for window in (nora, vane):
        await expect(rows(window)).to_have_count(1)
    await vane.button("Snoozed").click()
    await expect(rows(vane).first).to_contain_text("Hart")
    await expect(rows(vane).first).to_contain_text("Nora")
    await nora.button("Undo").click()
    await expect(rows(nora)).to_have_count(2)
    await from_menu_of(nora, "Hart", "Snooze…")
    await nora.page.get_by_role("button", name=re.compile("^Tomorrow morning")).click()
    await expect(rows(nora)).to_have_count(1)
    await world.olive.post_text(world.thread_id, "Worse!")
    await expect(rows(nora).first).to_contain_text("Worse!")


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark laptop", "phone"])
async def test_nothing_of_it_is_hard_to_see_or_to_use(desktops: Desktops, world: World, look: Look) -> None:
    label = (await add_label(world.ada, "Refill", "yellow")).json()
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    path = f"/threads/{world.thread_id}/conversations/{message['conversation_id']}"
    await world.nora.send("PUT", f"{path}/urgency", {"is_urgent": True})
    await world.nora.send("PUT", f"{path}/labels/{label['id']}")
    nora = await desktops.open(f"/staff?urgent=1&label={label['id']}", person=world.nora, look=look)
    await expect(rows(nora)).to_have_count(1)
    found = {"queue": await grave_findings(nora.page)}
    await nora.button("Filter, 2 on").click()
    found["filters"] = await grave_findings(nora.page)
    await nora.button("Show conversations").click()
    await rows(nora).first.click()
    await expect(nora.page.get_by_role("group", name="Set down by the team")).to_be_visible()
    for item in ("Labels…", "Snooze…"):
        await nora.page.get_by_role("button", name="More", exact=True).click()
        await nora.page.get_by_role("menuitem", name=item).click()
        await expect(nora.page.get_by_role("dialog")).to_contain_text("Refill" if item == "Labels…" else "Tomorrow morning")
        found[item] = await grave_findings(nora.page)
        await nora.page.keyboard.press("Escape")

    assert {} == {place: findings for place, findings in found.items() if findings}


async def test_an_administrator_keeps_the_labels(desktops: Desktops, world: World) -> None:
    """V2P+7: the practice's own words; deleting one says first how many conversations lose it."""
    label = (await add_label(world.ada, "Billing", "blue")).json()
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    path = f"/threads/{world.thread_id}/conversations/{message['conversation_id']}/labels/{label['id']}"
    await world.nora.send("PUT", path)
    nora = await desktops.open("/staff", person=world.nora)
    ada = await desktops.open("/staff/settings", person=world.ada)
    section = ada.page.get_by_role("region", name="Labels")
    await section.get_by_role("button", name="Add a label").click()
    await section.get_by_label("Name").fill("Refill")
    await section.get_by_role("radio", name="green").check(force=True)
    await section.get_by_role("button", name="Add the label").click()
    await expect(section).to_contain_text("Refill")
    await section.get_by_role("button", name="Change Billing").click()
    await section.get_by_label("Name").fill("Invoices")
    await section.get_by_role("button", name="Save").click()
    await expect(row_of(nora, "Hart")).to_contain_text("Invoices")
    await section.get_by_role("button", name="Delete Invoices").click()
    await expect(ada.page.get_by_role("dialog")).to_contain_text("1 conversation loses it")
    assert [] == await grave_findings(ada.page)
    await ada.button("Delete the label").click()

    await expect(section).not_to_contain_text("Invoices")
    await expect(row_of(nora, "Hart")).not_to_contain_text("Invoices")
