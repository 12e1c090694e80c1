"""A day at Northside, with three of the team and two families at their screens at once."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from pawline.demo.mailbox import Mailbox
from pawline.notifications.tests.scene import Scene, set_scene
from pawline.platform import clock
from pawline.schedule.tests.scene import book, in_days
from tests.browser.axe import grave_findings
from tests.browser.people import messages_tab, olive_at_pixel, row_of
from tests.browser.windows import PHONE, Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser
SECRET = "He cannot pay before Friday"


async def test_a_day_of_three_of_the_team_and_two_families(desktops: Desktops, world: World, tmp_path: Path) -> None:
    """PPB-15, PPB-25, PPB-28, PA-20, PA-21, V2P-15: each sees what is theirs, of two at once one wins, nothing is hard to use."""
    async with Mailbox(tmp_path) as mailbox:
        scene = await set_scene(world, mailbox, tmp_path)
        clock.set_clock(None)
        await book(world, on_date=in_days(0), at="12:00", staff_id=world.toby.id, kind="Bath")
        nora, vane = [await desktops.open("/staff", person=each) for each in (world.nora, world.vane)]
        toby = await desktops.open("/staff", person=world.toby, look=PHONE)
        olive = await olive_at_pixel(desktops, world)
        kim = await desktops.open(f"/owner/threads/{world.other_thread_id}", person=world.kim, look=PHONE)
        await olive.write("Pixel limps")
        await kim.write("Mochi sneezes")

        await the_groomer_reaches_the_families_of_today(toby, world)
        await what_a_colleague_reads_stays_new(nora, vane, olive)
        await of_two_who_take_it_one_is_told(nora, vane)
        await the_note_of_a_hand_off_is_not_the_familys(nora, vane, kim)
        await vane.write("Come in at two")
        await expect(kim.message("Come in at two")).to_be_visible()
        findings = [await grave_findings(window.page) for window in (nora, vane, toby, olive, kim)]
        await who_has_not_read_for_three_minutes_gets_an_e_mail(scene, nora, olive)

    assert [[]] * 5 == findings


async def the_groomer_reaches_the_families_of_today(toby: Window, world: World) -> None:
    toby.expect_error("status of 404")
    await toby.button("12:00").click()
    await toby.button("Message Olive Hart").click()
    await expect(toby.message("Pixel limps")).to_be_visible()
    await toby.visit(f"/staff/threads/{world.other_thread_id}")
    await expect(toby.page.get_by_text("no longer on your schedule")).to_be_visible()
    await expect(toby.page.get_by_text("Mochi")).to_have_count(0)


async def what_a_colleague_reads_stays_new(nora: Window, vane: Window, olive: Window) -> None:
    await row_of(vane, "Hart").click()
    await expect(vane.message("Pixel limps")).to_be_visible()
    await expect(olive.receipt("Pixel limps", "Read")).to_be_visible()
    await expect(row_of(vane, "Hart")).not_to_contain_text("unread")
    await expect(row_of(nora, "Hart")).to_contain_text("1 unread")
    await row_of(nora, "Hart").click()
    await expect(row_of(nora, "Hart")).not_to_contain_text("unread")


async def of_two_who_take_it_one_is_told(nora: Window, vane: Window) -> None:
    """Both have asked before either is answered."""
    both = asyncio.Barrier(2)

    async def wait_for_the_other(route: Route) -> None:
        await both.wait()
        await route.continue_()

    for window in (nora, vane):
        window.expect_error("status of 409")
        await window.page.route("**/take", wait_for_the_other, times=1)
        await window.page.get_by_role("button", name="Answered by: Nobody yet").click()
    async with nora.page.expect_response("**/take") as to_nora, vane.page.expect_response("**/take") as to_vane:
        for window in (nora, vane):
            await window.page.get_by_role("menuitem", name="Take it").click()
    statuses = [(await answer.value).status for answer in (to_nora, to_vane)]
    first, second, name = (vane, nora, "Dr Sam Vane") if statuses[0] == 409 else (nora, vane, "Nora Ames")
    await expect(second.page.get_by_text(re.compile(rf"^{name} took this (just now|\d+ (second|minute)s? ago)"))).to_be_visible()
    await expect(first.button("Answered by: You")).to_be_visible()
    await expect(second.button(f"Answered by: {name}")).to_be_visible()
    assert [200, 409] == sorted(statuses)


async def the_note_of_a_hand_off_is_not_the_familys(nora: Window, vane: Window, kim: Window) -> None:
    await row_of(nora, "Sato").click()
    await expect(nora.message("Mochi sneezes")).to_be_visible()
    await nora.log.focus()
    await nora.page.keyboard.press("h")
    await nora.page.get_by_role("combobox", name="Hand off to").fill("vane")
    await nora.page.keyboard.press("Enter")
    await nora.page.keyboard.type(SECRET)
    await nora.page.keyboard.press("Control+Enter")
    await expect(messages_tab(vane)).to_contain_text("1 handed to you")
    await vane.button("Handed to me").click()
    await row_of(vane, "Sato").click()
    await expect(vane.message(SECRET)).to_be_visible()
    await kim.page.reload()
    await expect(kim.message("Mochi sneezes")).to_be_visible()
    assert SECRET not in await kim.page.content()


async def who_has_not_read_for_three_minutes_gets_an_e_mail(scene: Scene, nora: Window, olive: Window) -> None:
    """Olive sees it arrive, Omar is out."""
    await row_of(nora, "Hart").click()
    await nora.write("Is it warm?")
    await expect(nora.receipt("Is it warm?", "Read")).to_be_visible()
    now = (clock.now() - scene.begun_at).total_seconds()
    await scene.look(seconds=now + 60)
    too_early = scene.told()
    await scene.look(seconds=now + 180)
    clock.set_clock(None)

    assert ([], ["omar"]) == (too_early, scene.told())
