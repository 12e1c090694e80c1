"""Basic staff: their day, the families of it, and what happens when one is taken off it."""

import re

import pytest
from playwright.async_api import expect

from pawline.reach.tests.scene import hand_over, take_back
from pawline.schedule.tests.scene import book, cancel, in_days
from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, PHONE, Desktops, Look
from tests.world import World

pytestmark = pytest.mark.browser

GONE = "This family is no longer on your schedule"


async def test_from_the_day_to_the_message(desktops: Desktops, world: World) -> None:
    """PPB-25, PPB-27, PPB-28: appointment, profile, message; on a phone, without an inbox. What is booked appears by itself."""
    toby = await desktops.open("/staff", person=world.toby, look=PHONE)
    navigation = toby.page.get_by_role("navigation", name="Main")
    await expect(toby.page.get_by_text("No appointments for you today")).to_be_visible()
    await expect(navigation.get_by_role("link", name="Your day")).to_be_visible()
    await expect(navigation.get_by_role("link", name=re.compile("Messages|Clients"))).to_have_count(0)

    await book(world, on_date=in_days(0), at="12:00", staff_id=world.toby.id, kind="Bath")
    await toby.button("12:00").click()
    await expect(toby.heading("Hart family")).to_be_visible()
    profile = await grave_findings(toby.page)
    await toby.button("Message Olive Hart").click()
    await toby.write("She was an angel")
    await expect(toby.message("She was an angel")).to_be_visible()
    await world.olive.post_text(world.thread_id, "On my way")
    await expect(toby.message("On my way")).to_be_visible()
    await expect(toby.button("End conversation")).to_have_count(0)
    await toby.page.get_by_role("button", name="More", exact=True).click()
    await toby.page.get_by_role("menuitem", name="Why can I see this?").click()
    await expect(toby.page.get_by_text("You have an appointment with this family today")).to_be_visible()
    thread = await grave_findings(toby.page)
    await toby.page.get_by_role("link", name="Back to your day").click()

    await expect(toby.button("12:00")).to_be_visible()
    assert ([], []) == (profile, thread)


@pytest.mark.parametrize("look", [Look(1440, 900), DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
async def test_a_cancelled_appointment_closes_the_thread(desktops: Desktops, world: World, look: Look) -> None:
    """PPB-34: at once and with words; what it held is not on the screen any more, also after a reload."""
    appointment = await book(world, on_date=in_days(0), at="12:00", staff_id=world.toby.id)
    await world.olive.post_text(world.thread_id, "Is she ready?")
    toby = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.toby, look=look)
    toby.expect_error("404")
    await expect(toby.message("Is she ready?")).to_be_visible()
    await cancel(world, appointment)
    await expect(toby.page.get_by_text(GONE)).to_be_visible()
    await expect(toby.page.get_by_text("Is she ready?")).to_have_count(0)
    findings = await grave_findings(toby.page)
    await toby.page.reload()

    await expect(toby.page.get_by_text(GONE)).to_be_visible()
    await expect(toby.page.get_by_text("Is she ready?")).to_have_count(0)
    assert [] == findings


async def test_what_was_handed_over_is_on_the_day(desktops: Desktops, world: World) -> None:
    """C16, PPB-28, PPB-29: it appears by itself, with a dot while something is unread, leads to the profile, and goes again."""
    toby = await desktops.open("/staff", person=world.toby, look=PHONE)
    await expect(toby.page.get_by_text("No appointments for you today")).to_be_visible()
    handed = toby.page.get_by_role("region", name="Handed to you").get_by_role("link")
    await hand_over(world)
    await expect(handed).to_contain_text("By Nora Ames")
    await expect(handed).to_contain_text("Pixel")
    await expect(handed).not_to_contain_text("Unread")
    await world.olive.post_text(world.thread_id, "Is she ready?")
    await expect(handed).to_contain_text("Unread messages")
    findings = await grave_findings(toby.page)
    await handed.click()
    await expect(toby.heading("Hart family")).to_be_visible()
    await toby.button("Message Olive Hart").click()
    await expect(toby.message("Is she ready?")).to_be_visible()
    await toby.page.get_by_role("link", name="Back to your day").click()
    await expect(handed).to_be_visible()
    await expect(handed).not_to_contain_text("Unread")
    await take_back(world)

    await expect(handed).to_have_count(0)
    assert [] == findings


async def test_a_thread_that_was_handed_over(desktops: Desktops, world: World) -> None:
    """C16: it opens at its address, and says why."""
    await world.olive.post_text(world.thread_id, "Is she ready?")
    await hand_over(world)
    toby = await desktops.open(f"/staff/day/{world.thread_id}", person=world.toby)
    await toby.write("In ten minutes")
    await expect(toby.message("In ten minutes")).to_be_visible()
    await toby.page.get_by_role("button", name="More", exact=True).click()
    await toby.page.get_by_role("menuitem", name="Why can I see this?").click()

    await expect(toby.page.get_by_text("A colleague handed this thread to you")).to_be_visible()
