"""Photos before they are sent, and the pictures of a pet afterwards."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import FilePayload, Locator, expect
from sqlalchemy import text

from tests.browser.axe import grave_findings
from tests.browser.offline import stored_of
from tests.browser.people import nora_in_thread, olive_at_pixel, post_photo
from tests.browser.windows import PHONE, Desktops, Window
from tests.photos import make_jpeg
from tests.world import World

pytestmark = pytest.mark.browser

DARK_PHONE = replace(PHONE, scheme="dark")


async def test_chosen_photos_are_looked_at_turned_and_taken_out(desktops: Desktops, world: World) -> None:
    """AL-29: a preview over the whole screen, before anything is sent."""
    olive = await olive_at_pixel(desktops, world)
    await _choose(olive, ["lying.jpg", "wrong.jpg"])
    await olive.button("Look at lying.jpg").click()
    preview = olive.page.get_by_role("dialog", name="Photo 1 of 2")
    await _expect_shape(preview.locator("img"), is_upright=False)
    assert [] == await grave_findings(olive.page)
    await preview.get_by_role("button", name="Turn left").click()
    await _expect_shape(preview.locator("img"), is_upright=True)
    await olive.page.keyboard.press("ArrowRight")
    await olive.page.get_by_role("dialog", name="Photo 2 of 2").get_by_role("button", name="Remove").click()
    await olive.page.get_by_role("dialog").get_by_role("button", name="Done").click()
    await olive.write("Turned")

    await expect(olive.receipt("Turned", "Sent")).to_be_visible()
    [[attachment]] = [each["attachments"] for each in await stored_of(world)]
    assert (240, 320) == (attachment["width"], attachment["height"])


async def test_the_pictures_of_a_pet_day_by_day(desktops: Desktops, world: World) -> None:
    """AL-52: side by side, the earlier on the left; the team sees the same."""
    for days in (8, 5, 0):
        message = await post_photo(world.olive, world.thread_id, make_jpeg(320, 240))
        await _about_pixel(world, message["id"], days=days)
    olive = await desktops.open("/owner", person=world.olive, look=DARK_PHONE)
    await olive.button("Pictures of Pixel").click()
    dialog = olive.page.get_by_role("dialog", name="Pictures of Pixel")
    tiles = dialog.get_by_role("listitem")
    await expect(tiles).to_contain_text(["Day 1", "Day 4", "Day 9"])
    assert [] == await grave_findings(olive.page)
    await dialog.get_by_role("button", name="Day 4").click()
    await expect(olive.page.get_by_role("dialog", name="Picture of Pixel, 2 of 3")).to_be_visible()
    await olive.page.keyboard.press("Escape")
    await dialog.get_by_role("button", name="Compare two").click()
    for day in ("Day 9", "Day 1"):
        await dialog.get_by_role("button", name=day).click()
    side_by_side = olive.page.get_by_role("dialog", name="Two pictures side by side")
    await expect(side_by_side.get_by_role("figure")).to_have_text([re.compile(r"^\s*Day 1"), re.compile(r"^\s*Day 9")])
    assert [] == await grave_findings(olive.page)
    nora = await nora_in_thread(desktops, world)
    await nora.button("Pictures of Pixel").click()

    await expect(nora.page.get_by_role("dialog").get_by_role("listitem")).to_contain_text(["Day 1", "Day 4", "Day 9"])


async def _choose(window: Window, names: list[str]) -> None:
    photo = make_jpeg(320, 240)
    await window.button("Add a photo").click()
    async with window.page.expect_file_chooser() as opening:
        await window.page.get_by_role("menuitem", name="Photos and videos").click()
    await (await opening.value).set_files([FilePayload(name=name, mimeType="image/jpeg", buffer=photo) for name in names])
    await expect(window.tray.get_by_role("listitem")).to_have_count(len(names))


async def _expect_shape(photo: Locator, *, is_upright: bool) -> None:
    await expect(photo).to_have_js_property("naturalHeight", 320 if is_upright else 240)


async def _about_pixel(world: World, message_id: str, *, days: int) -> None:
    values = {"practice": world.practice_id, "message": message_id, "pet": world.pixel_id, "by": timedelta(days=days)}
    async with world.product.database.transaction() as uow:
        await uow.execute(text("INSERT INTO message_pet VALUES (:practice, :message, :pet) ON CONFLICT DO NOTHING"), values)
        await uow.execute(text("UPDATE message SET created_at = created_at - :by WHERE id = :message"), values)
