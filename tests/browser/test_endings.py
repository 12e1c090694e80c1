"""Ending several conversations at once, and the transcript that is offered at the end of one."""

import re

import pytest
from playwright.async_api import Route, expect

from pawline.inbox.tests.triage_scene import mark_urgent, path_of
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, row_of
from tests.browser.windows import Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser


async def nora_with_two(desktops: Desktops, world: World) -> Window:
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    await world.kim.post_text(world.other_thread_id, "About her ear")
    nora = await desktops.open("/staff", person=world.nora)
    await expect(row_of(nora, "Hart")).to_be_visible()
    await expect(row_of(nora, "Sato")).to_be_visible()
    return nora


async def test_several_are_ended_by_mouse_and_opened_again(desktops: Desktops, world: World) -> None:
    """V2P-92: chosen with Shift, asked once, refused in the dialog, ended, and undone."""
    nora = await nora_with_two(desktops, world)
    await nora.button("Choose several conversations").click()
    boxes = nora.page.get_by_role("checkbox")
    await boxes.first.click()
    await boxes.last.click(modifiers=["Shift"])
    assert [] == await grave_findings(nora.page)
    await nora.button("End 2 conversations").click()
    dialog = nora.page.get_by_role("dialog", name="End 2 conversations?")
    await expect(dialog).to_contain_text("Hart family")
    nora.expect_error("status of 503")
    await nora.page.route("**/conversations/end", lambda route: route.fulfill(status=503, json={"detail": "Not now."}), times=1)
    await dialog.get_by_role("button", name="End 2 conversations").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Not now.")
    assert [] == await grave_findings(nora.page)
    await dialog.get_by_role("button", name="End 2 conversations").click()

    await expect(nora.page.get_by_text("No active conversations")).to_be_visible()
    await nora.button("Undo").click()
    await expect(row_of(nora, "Hart")).to_be_visible()
    await expect(row_of(nora, "Sato")).to_be_visible()


async def test_several_are_chosen_by_keyboard_and_a_colleague_was_first(desktops: Desktops, world: World) -> None:
    """V2P-92: what a colleague has ended a moment before is named with who it was; the rest is ended."""
    nora = await nora_with_two(desktops, world)
    keyboard = nora.page.keyboard
    for key in ("j", "x", "j", "X"):
        await keyboard.press(key)
    await nora.button("End 2 conversations").click()
    conversation = (await world.vane.thread(world.thread_id))["conversations"][-1]

    async def vane_first(route: Route) -> None:
        await world.vane.send("POST", f"/threads/{world.thread_id}/conversations/{conversation['id']}/end")
        await route.continue_()

    await nora.page.route("**/conversations/end", vane_first)
    await nora.page.get_by_role("dialog").get_by_role("button", name="End 2 conversations").click()

    refused = nora.page.get_by_role("dialog", name="1 conversation not changed")
    await expect(refused).to_contain_text(f"Hart family{world.vane.name} ended this")
    await refused.get_by_role("button", name="Close").last.click()
    await expect(nora.page.get_by_text("No active conversations")).to_be_visible()


async def test_one_that_was_ended_by_mistake_is_as_before(desktops: Desktops, world: World) -> None:
    """V2P-92: Undo gives back who answered it and that it is urgent, not only that it is open."""
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    await mark_urgent(world.nora, world.thread_id)
    path = await path_of(world.nora, world.thread_id)
    assert (await world.vane.send("POST", f"{path}/take", {"seen_revision": 2**40})).is_success
    nora = await nora_in_thread(desktops, world)
    await nora.button("End conversation").click()
    await nora.button("Undo").click()

    await expect(nora.button(f"Answered by: {world.vane.name}")).to_be_visible()
    await expect(row_of(nora, "Hart")).to_contain_text("Urgent")


async def test_a_transcript_is_offered_at_the_end(desktops: Desktops, world: World) -> None:
    """C14: downloaded under its name for the medical record, or sent to a contact of the family."""
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    nora = await nora_in_thread(desktops, world)
    await nora.button("End conversation").click()
    await nora.page.get_by_role("navigation", name="Main").get_by_role("link", name="Clients").click()
    await expect(nora.log).to_have_count(0)
    await nora.page.get_by_role("status").get_by_role("button", name="Transcript").click()
    dialog = nora.page.get_by_role("dialog", name="Transcript")
    await expect(dialog.get_by_role("radio", name=re.compile("^Olive"))).to_be_checked()
    assert [] == await grave_findings(nora.page)
    async with nora.page.expect_download(timeout=60_000) as downloading:
        await dialog.get_by_role("button", name="Download PDF").click()
    download = await downloading.value
    await dialog.get_by_role("radio", name=re.compile("^Omar")).check()
    await dialog.get_by_role("button", name="Send by e-mail").click()

    assert re.fullmatch(r"Transcript Hart family \d{4}-\d\d-\d\d\.pdf", download.suggested_filename)
    await expect(nora.page.get_by_text(re.compile("The transcript goes to omar"))).to_be_visible()
    await expect(dialog).to_have_count(0)
