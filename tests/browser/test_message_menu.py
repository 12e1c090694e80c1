"""What can be done about a message: its menu by finger, mouse and keyboard, reporting, blocking, and what administrators see."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import text

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import DARK_LAPTOP, Desktops, Look, Window, box_of
from tests.world import Caller, World

pytestmark = pytest.mark.browser
DARK_PHONE = Look(390, 844, "dark", is_phone=True)


async def test_a_long_press_opens_the_options_of_any_message(desktops: Desktops, world: World) -> None:
    """AL-42: Copy, Report and Block for what others wrote; Delete for one's own alone."""
    await world.omar.post_text(world.thread_id, "From Omar")
    await world.olive.post_text(world.thread_id, "From Olive")
    olive = await olive_at_pixel(desktops, world)

    await _hold_finger(olive, olive.log.get_by_text("From Omar"))
    await expect(olive.page.get_by_role("menuitem")).to_have_text(["Copy", "Report", "Block"])
    await olive.page.keyboard.press("Escape")
    await expect(olive.page.get_by_role("menu")).to_have_count(0)
    await _hold_finger(olive, olive.log.get_by_text("From Olive"))

    await expect(olive.page.get_by_role("menuitem")).to_have_text(["Copy", "Read by", "Delete"])


@pytest.mark.parametrize("key", ["Shift+F10", "ContextMenu"])
async def test_the_keyboard_reaches_what_a_long_press_does(desktops: Desktops, world: World, key: str) -> None:
    """AL-47: and a visible button does for the mouse; Escape gives the focus back."""
    await world.olive.post_text(world.thread_id, "From Olive")
    nora = await nora_in_thread(desktops, world)
    await nora.context.grant_permissions(["clipboard-read", "clipboard-write"])
    more = nora.message("From Olive").get_by_role("button", name="More for the message from Olive Hart")

    await more.focus()
    await nora.page.keyboard.press(key)
    await expect(nora.page.get_by_role("menuitem")).to_have_text(["Copy", "Which pets", "Report", "Block"])
    await nora.page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await more.click()
    await nora.page.keyboard.press("Home")
    await nora.page.keyboard.press("Enter")

    await expect(nora.page.get_by_text("Copied")).to_be_visible()
    assert "From Olive" == await nora.page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("side", ["owner", "staff"])
async def test_who_has_read_a_message_and_when(desktops: Desktops, world: World, side: str) -> None:
    """C3: by finger and keyboard, not by hovering alone; the open list follows the readers."""
    writer, readers = (world.olive, [world.nora, world.vane]) if side == "owner" else (world.nora, [world.olive, world.omar])
    message = await writer.post_text(world.thread_id, "All is well")
    window = await (olive_at_pixel if side == "owner" else nora_in_thread)(desktops, world)
    await expect(window.message("All is well")).to_be_visible()

    await _choose(window, "All is well", "Read by")
    dialog = window.page.get_by_role("dialog", name="Read by")
    await expect(dialog).to_contain_text("Sent, not read yet")
    for reader in readers:
        await reader.read_up_to(world.thread_id, message["seq"])
    lines = dialog.get_by_role("listitem")
    await expect(lines).to_contain_text([reader.name for reader in readers])
    marks = {mark["person_id"]: mark for mark in (await writer.thread(world.thread_id))["read_marks"]}
    for reader, line in zip(readers, await lines.all(), strict=True):
        await expect(line.get_by_role("time")).to_have_attribute("datetime", marks[reader.id]["read_at"])
    await expect(dialog).not_to_contain_text("last read")
    later = await world.vane.post_text(world.thread_id, "Goodbye")
    await readers[0].read_up_to(world.thread_id, later["seq"])
    await expect(dialog).to_contain_text("The time is when each of them last read")
    assert [] == await grave_findings(window.page)
    await window.page.keyboard.press("Escape")

    await expect(window.message("All is well").get_by_role("button", name="More for the message")).to_be_focused()


async def test_a_browser_that_refuses_to_copy_is_told_of(desktops: Desktops, world: World) -> None:
    await world.omar.post_text(world.thread_id, "From Omar")
    olive = await olive_at_pixel(desktops, world)
    await olive.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('No')); }")

    await _open_menu(olive, "From Omar")
    await olive.page.get_by_role("menuitem", name="Copy").click()

    await expect(olive.page.get_by_text("Your browser does not let us copy.")).to_be_visible()


async def test_a_report_reaches_the_administrator_who_removes_the_message(desktops: Desktops, world: World) -> None:
    """AL-43: with a reason and words; the count in the rail follows, and everybody sees the tombstone."""
    await world.omar.post_text(world.thread_id, "You are all useless")
    ada = await desktops.open("/staff", person=world.ada)
    nora = await desktops.open("/staff", person=world.nora)
    olive = await olive_at_pixel(desktops, world)
    tab = ada.page.get_by_role("navigation", name="Main").get_by_role("link", name="Reports")
    await expect(tab).to_be_visible()

    await _choose(olive, "You are all useless", "Report")
    await olive.page.get_by_role("radio", name="Threatening").check()
    await olive.page.get_by_label("Anything to add?").fill("He shouted at Nora too")
    await olive.page.get_by_role("dialog").get_by_role("button", name="Report").click()
    await expect(olive.page.get_by_text("Reported. Northside Veterinary will look at it.")).to_be_visible()
    await expect(tab).to_have_accessible_name(re.compile("1 open$"))
    await tab.click()
    line = ada.page.get_by_role("listitem", name="Message from Omar Hart")
    await expect(line).to_contain_text("Threatening")
    await expect(line).to_contain_text("He shouted at Nora too")
    await line.get_by_role("button", name="Resolve").click()
    await ada.page.get_by_role("radio", name="Remove the message").check()
    await ada.page.get_by_role("dialog").get_by_role("button", name="Resolve").click()

    await expect(ada.page.get_by_text("Nothing to look at")).to_be_visible()
    await expect(tab).to_have_accessible_name("Reports")
    await expect(olive.log).to_contain_text("Message removed by the practice")
    await expect(olive.page.get_by_text("You are all useless")).to_have_count(0)
    await expect(nora.page.get_by_role("navigation", name="Main").get_by_role("link", name="Reports")).to_have_count(0)
    await ada.page.get_by_role("button", name="Resolved").click()
    await expect(ada.page.get_by_role("listitem", name="Message from Omar Hart")).to_contain_text("Ada Lind removed the message")


async def test_of_two_administrators_the_slower_one_is_told(desktops: Desktops, world: World) -> None:
    """AL-43: in words, and the list is right again."""
    message = await world.omar.post_text(world.thread_id, "You are all useless")
    await world.olive.send("POST", f"/threads/{world.thread_id}/messages/{message['id']}/report", {"reason": "spam"})
    [report] = (await world.helen.get("/reports")).json()["reports"]
    ada = await desktops.open("/staff/reports", person=world.ada)
    ada.expect_error("409")

    await ada.button("Resolve the report").click()
    await ada.page.get_by_role("radio", name="Leave it as it is").check()
    await world.helen.send("POST", f"/reports/{report['id']}/resolve", {"outcome": "spoken_to"})
    await ada.page.get_by_role("dialog").get_by_role("button", name="Resolve").click()

    await expect(ada.page.get_by_text("Helen Marsh resolved this report already and spoke with the author.")).to_be_visible()
    await expect(ada.page.get_by_text("Nothing to look at")).to_be_visible()


async def test_olive_blocks_her_brother_and_unblocks_him(desktops: Desktops, world: World) -> None:
    """AL-44 and C15: the dialog says what happens; his words stay away from her open screen until she lifts the block."""
    await world.omar.post_text(world.thread_id, "Before")
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)

    await _choose(olive, "Before", "Block")
    dialog = olive.page.get_by_role("dialog")
    await expect(dialog).to_contain_text(
        "You will no longer get new messages from Omar Hart. Others in the conversation still do."
    )
    await expect(dialog).to_contain_text("The emergency number stays where it is.")
    await dialog.get_by_role("button", name="Block").click()
    await expect(olive.page.get_by_text("Omar Hart is blocked")).to_be_visible()
    await world.omar.post_text(world.thread_id, "Meanwhile")
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    await expect(olive.log).to_contain_text("How is Pixel?")
    await expect(nora.log).to_contain_text("Meanwhile")
    await expect(olive.page.get_by_text("Meanwhile")).to_have_count(0)

    await _choose(olive, "Before", "Unblock")
    await olive.page.get_by_role("dialog").get_by_role("button", name="Unblock").click()
    await expect(olive.log).to_contain_text("Meanwhile")
    await expect(olive.messages).to_have_count(3)


async def test_whom_one_blocked_stands_under_you_and_in_the_staff_menu(desktops: Desktops, world: World) -> None:
    """AL-46: both sides see whom they blocked, and lift it there."""
    await world.omar.post_text(world.thread_id, "Before")
    for person in (world.olive, world.nora):
        await person.send("POST", f"/people/{world.omar.id}/block")
    olive = await desktops.open("/owner/you", person=world.olive, look=DARK_PHONE)
    nora = await desktops.open("/staff", person=world.nora)
    await nora.button("Nora Ames, your menu").click()
    await nora.page.get_by_role("menuitem", name="People you blocked").click()

    for window in (olive, nora):
        await expect(window.page.get_by_text("Omar Hart", exact=True).first).to_be_visible()
        assert [] == await grave_findings(window.page)
        await window.button("Unblock Omar Hart").click()
        await window.page.get_by_role("dialog").get_by_role("button", name="Unblock").click()
        await expect(window.page.get_by_text("Nobody. To block somebody")).to_be_visible()
    assert [] == (await world.olive.get("/blocks")).json()["blocks"]


async def test_an_administrator_blocks_for_the_whole_practice_and_lifts_it(desktops: Desktops, world: World) -> None:
    """C15: Omar is told in words, with a number to call; Nora, no administrator, is pointed to one."""
    await _set_emergency_number(world)
    await world.omar.post_text(world.thread_id, "You are all useless")
    nora = await nora_in_thread(desktops, world)
    await _choose(nora, "You are all useless", "Block")
    await expect(nora.page.get_by_role("dialog")).to_contain_text("Ask an administrator")
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada, look=DARK_LAPTOP)
    omar = await _at_pixel(desktops, world.omar)
    await expect(omar.field).to_be_visible()

    await _choose(ada, "You are all useless", "Block")
    await ada.button("Block them for the whole practice").click()
    await ada.page.get_by_label("Why?").fill("Third time")
    assert [] == await grave_findings(ada.page)
    await ada.button("Block for the practice").click()
    await expect(ada.page.get_by_text("takes no more messages from Omar Hart")).to_be_visible()
    await expect(omar.page.get_by_text("Northside Veterinary does not take messages from you here.")).to_be_visible()
    await expect(omar.page.get_by_role("link", name="(315) 555-0199").last).to_have_attribute("href", "tel:+13155550199")
    await expect(omar.log).to_contain_text("You are all useless")

    await ada.page.get_by_role("link", name="Reports").click()
    await ada.button("Lift the block of Omar Hart").click()
    await expect(ada.page.get_by_text("Omar Hart can write to you again")).to_be_visible()
    await expect(omar.field).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_menu_dialogs_and_reports_are_accessible(desktops: Desktops, world: World, scheme: Any) -> None:
    """AL-42, AL-43 and AL-47 for everybody: no serious finding in light or dark."""
    await world.omar.post_text(world.thread_id, "You are all useless")
    note = await world.vane.post_text(world.thread_id, "These people again", kind="note")
    await world.nora.send("POST", f"/threads/{world.thread_id}/messages/{note['id']}/report", {"reason": "other"})
    olive = await olive_at_pixel(desktops, world, Look(390, 844, scheme, is_phone=True))
    ada = await desktops.open("/staff/reports", person=world.ada, look=Look(1440, 900, scheme))
    await expect(ada.page.get_by_role("listitem", name="Message from Dr Sam Vane")).to_be_visible()
    findings = await grave_findings(ada.page)
    await ada.button("Resolve the report").click()
    findings += await grave_findings(ada.page)

    for choice in ("Report", "Block"):
        await _open_menu(olive, "You are all useless")
        findings += await grave_findings(olive.page)
        await olive.page.get_by_role("menuitem", name=choice).click()
        await expect(olive.page.get_by_role("dialog")).to_be_visible()
        findings += await grave_findings(olive.page)
        await olive.button("Cancel").click()

    assert [] == findings


async def _at_pixel(desktops: Desktops, person: Caller) -> Window:
    window = await desktops.open("/owner", person=person)
    await window.button("Message Vet about Pixel").click()
    return window


async def _open_menu(window: Window, words: str) -> None:
    message = window.message(words)
    await message.hover()
    await message.get_by_role("button", name="More for the message").click()
    await expect(window.page.get_by_role("menu")).to_be_visible()


async def _choose(window: Window, words: str, choice: str) -> None:
    await _open_menu(window, words)
    await window.page.get_by_role("menuitem", name=choice, exact=True).click()
    await expect(window.page.get_by_role("dialog")).to_be_visible()


async def _hold_finger(window: Window, place: Locator) -> None:
    box = await box_of(place)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    devices: Any = await window.context.new_cdp_session(window.page)
    await devices.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    await expect(window.page.get_by_role("menu")).to_be_visible()
    await devices.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def _set_emergency_number(world: World) -> None:
    async with world.product.database.transaction() as uow:
        statement = "UPDATE clinic SET emergency_number = '+13155550199' WHERE practice_id = :practice_id"
        await uow.execute(text(statement), {"practice_id": world.practice_id})
