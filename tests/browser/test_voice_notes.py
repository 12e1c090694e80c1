"""Voice notes: spoken on one side, played on the other."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.offline import another_page, stored_of
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.whole_browser import browser
from tests.browser.windows import Desktops, Window
from tests.world import World

__all__ = ["browser"]

pytestmark = pytest.mark.browser

A_SECOND = re.compile(r"0:0[1-9]")


async def test_a_voice_note_is_recorded_heard_and_sent(desktops: Desktops, world: World) -> None:
    """PA-18: by a tap; listened to before it is sent, also after a restart; the team plays it with the keyboard."""
    nora = await nora_in_thread(desktops, world)
    olive = await _with_microphone(desktops, world)
    await olive.button("Record a voice note").click()
    bar = olive.page.get_by_role("group", name="Recording a voice note")
    await expect(bar.get_by_role("timer")).to_have_text(A_SECOND)
    await bar.get_by_role("button", name="Stop and listen").click()
    await expect(olive.send_button).to_be_focused()
    await _expect_plays(olive.tray)
    await olive.page.close()
    olive = await another_page(olive)
    await expect(olive.tray.get_by_role("listitem")).to_have_count(1)
    await olive.field.fill("How she breathes")
    await olive.send_button.click()

    heard = nora.message("How she breathes")
    await expect(heard.get_by_role("group", name="Voice note from Olive Hart")).to_contain_text(A_SECOND)
    await _expect_plays(heard)
    [attachment] = (await stored_of(world))[0]["attachments"]
    assert ("audio/mp4", True) == (attachment["media_type"], attachment["duration_ms"] >= 1000)


async def test_a_finger_held_records_for_as_long_as_it_stays(desktops: Desktops, world: World) -> None:
    """And a recording that is cancelled leaves nothing."""
    olive = await _with_microphone(desktops, world)
    await olive.button("Record a voice note").hover()
    await olive.page.mouse.down()
    await expect(olive.page.get_by_role("timer")).to_have_text(A_SECOND)
    await olive.page.mouse.up()
    await expect(olive.tray.get_by_role("listitem")).to_have_count(1)
    await olive.button("Remove Voice note").click()
    await olive.button("Record a voice note").press("Enter")
    await olive.button("Cancel the recording").click()

    await expect(olive.field).to_be_visible()
    await expect(olive.tray).to_have_count(0)
    await expect(olive.send_button).to_be_disabled()


async def test_without_permission_there_are_words_what_to_do(desktops: Desktops, world: World) -> None:
    olive = await olive_at_pixel(desktops, world)
    await olive.button("Record a voice note").click()

    await expect(olive.page.get_by_role("alert")).to_contain_text("Allow it for this page in your browser's settings")
    await expect(olive.field).to_be_visible()


async def _with_microphone(desktops: Desktops, world: World) -> Window:
    olive = await olive_at_pixel(desktops, world)
    await olive.context.grant_permissions(["microphone"])
    return olive


async def _expect_plays(place: Locator) -> None:
    await place.get_by_role("button", name="Play").press("Enter")
    await expect(place.get_by_role("slider")).not_to_have_value("0")
