"""What deleted messages said: administrators look it up, on record; everybody else sees that there was one."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from pawline.threads.tests.scene import delete, upload_photo
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser
THREAT = "I know where you live"
TOMBSTONE = "Message deleted by Omar Hart"


async def deleted_by_omar(world: World) -> None:
    """With a photo, as a client leaves it."""
    photo = await upload_photo(world.omar, world.thread_id, width=200)
    message = await world.omar.post_text(world.thread_id, THREAT, attachment_ids=[photo["id"]])
    await delete(world.omar, world.thread_id, message)


async def open_menu(window: Window) -> Locator:
    """Of the tombstone; returns its items."""
    tombstone = window.message(TOMBSTONE)
    await tombstone.hover()
    await tombstone.get_by_role("button", name="More for the message").click()
    await expect(window.page.get_by_role("menu")).to_be_visible()
    return window.page.get_by_role("menuitem")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_administrator_looks_up_what_it_said(desktops: Desktops, world: World, scheme: Any) -> None:
    """C14: told before that it is recorded; with its photo; and it stands under "Who has access"."""
    await deleted_by_omar(world)
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada, look=Look(1440, 900, scheme))
    await expect((await open_menu(ada)).first).to_have_text("Show what it said")
    await ada.page.get_by_role("menuitem", name="Show what it said").click()
    dialog = ada.page.get_by_role("dialog", name="Deleted message")
    await expect(dialog).to_contain_text("your name and the time are recorded")
    findings = await grave_findings(ada.page)
    before = (await world.ada.get(f"/threads/{world.thread_id}/access")).json()["read_deleted"]
    await dialog.get_by_role("button", name="Show what it said").click()
    await expect(dialog).to_contain_text(THREAT)
    picture = dialog.get_by_role("button", name="Photo from Omar Hart, enlarge").locator("img")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("(image) => image.naturalWidth") > 0
    findings += await grave_findings(ada.page)
    await dialog.get_by_role("button", name="Done").click()
    await expect(ada.page.get_by_text(THREAT)).to_have_count(0)

    await ada.page.locator("section.thread header").get_by_role("button", name="More", exact=True).click()
    await ada.page.get_by_role("menuitem", name="Who has access").click()
    record = ada.page.get_by_role("dialog", name="Who has access").locator("section", has_text="Deleted messages read")
    await expect(record.get_by_role("listitem")).to_contain_text("A message of Omar Hart")
    assert ([], []) == (before, findings)


async def test_others_see_that_there_was_one_and_can_report_it(desktops: Desktops, world: World) -> None:
    """C14, AL-43: neither seniors nor the family look it up; who read a threat reports it; its author can do nothing more."""
    await deleted_by_omar(world)
    nora = await nora_in_thread(desktops, world)
    await expect(await open_menu(nora)).to_have_text(["Report", "Block"])
    olive = await olive_at_pixel(desktops, world)
    await expect(await open_menu(olive)).to_have_text(["Report", "Block"])
    await olive.page.get_by_role("menuitem", name="Report").click()
    await olive.page.get_by_role("radio", name="Threatening").check()
    await olive.page.get_by_role("dialog").get_by_role("button", name="Report").click()
    await expect(olive.page.get_by_text("Reported. Northside Veterinary will look at it.")).to_be_visible()

    ada = await desktops.open("/staff/reports", person=world.ada)
    line = ada.page.get_by_role("listitem", name="Message from Omar Hart")
    await expect(line).to_contain_text("What it said and its files are kept with the practice's records.")
    assert THREAT not in await line.inner_text()
    await line.get_by_role("button", name="Show what it said").click()
    dialog = ada.page.get_by_role("dialog", name="Deleted message")
    await dialog.get_by_role("button", name="Show what it said").click()
    await expect(dialog).to_contain_text(THREAT)


async def test_the_own_tombstone_offers_nothing(desktops: Desktops, world: World) -> None:
    """AL-45, C14: what was deleted is told to stay with the practice, and is gone for whoever wrote it."""
    await world.olive.post_text(world.thread_id, "Wrong vet")
    olive = await olive_at_pixel(desktops, world)
    message = olive.message("Wrong vet")
    await message.hover()
    await message.get_by_role("button", name="More for the message").click()
    await olive.page.get_by_role("menuitem", name="Delete").click()
    dialog = olive.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("The practice keeps it with its records")
    await expect(dialog).not_to_contain_text("went as a text")
    await dialog.get_by_role("button", name="Delete").click()
    gone = olive.message("Message deleted by you")

    await expect(gone).to_be_visible()
    await expect(gone.get_by_role("button")).to_have_count(0)


async def test_a_reading_that_does_not_get_through_shows_nothing(desktops: Desktops, world: World) -> None:
    """C14: the dialog says so, and a second press shows it."""
    await deleted_by_omar(world)
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada)
    await open_menu(ada)
    await ada.page.get_by_role("menuitem", name="Show what it said").click()
    dialog = ada.page.get_by_role("dialog", name="Deleted message")
    await expect(dialog).to_be_visible()
    ada.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|net::")
    await ada.context.set_offline(offline=True)
    await dialog.get_by_role("button", name="Show what it said").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await expect(dialog).not_to_contain_text(THREAT)
    await ada.context.set_offline(offline=False)
    await dialog.get_by_role("button", name="Show what it said").click()

    await expect(dialog).to_contain_text(THREAT)
