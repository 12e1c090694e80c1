"""Visits: what an owner sees and answers, and the schedule of the team."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar
from playwright.async_api import Locator, expect
from sqlalchemy import text

from pawline.platform.security import cookie_name
from pawline.schedule.tests.scene import book, cancel, changed, day, in_days, today
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import DARK_LAPTOP, PHONE, Desktops, Look, Window
from tests.newcomers import add_newcomer
from tests.world import Caller, World

pytestmark = pytest.mark.browser

NARROW = Look(320, 640, is_phone=True)


async def visits_of(desktops: Desktops, person: Caller, look: Look = PHONE) -> Window:
    """The person at their visits, by way of the tab."""
    window = await desktops.open("/owner", person=person, look=look)
    await window.page.get_by_role("navigation", name="Main").get_by_role("button", name="Visits").click()
    await expect(window.page.get_by_role("heading", name="Visits", exact=True)).to_be_visible()
    return window


def card(window: Window, words: str = "Pixel") -> Locator:
    return window.page.get_by_role("article").filter(has_text=words)


def appointment(window: Window, words: str = "Pixel") -> Locator:
    return window.page.get_by_role("region", name="Schedule").get_by_role("article").filter(has_text=words)


def written(on_date: str) -> str:
    """As a heading: Tuesday 24 November."""
    there = date.fromisoformat(on_date)
    return f"{there:%A} {there.day} {there:%B}" + (f" {there.year}" if there.year != today().year else "")


async def test_an_owner_confirms_and_the_team_sees_it_at_once(desktops: Desktops, world: World) -> None:
    """The card says when, where and with whom; Undo takes it back."""
    await book(world)
    olive = await visits_of(desktops, world.olive)
    schedule = await desktops.open(f"/staff/schedule/{in_days(2)}", person=world.vane)
    nora = await nora_in_thread(desktops, world)
    await expect(card(olive)).to_contain_text(f"{written(in_days(2))}, 10:30")
    await expect(card(olive)).to_contain_text("Hill Street")
    await expect(card(olive)).to_contain_text("With Dr Sam Vane")
    await expect(appointment(schedule)).to_contain_text("Booked")

    await olive.button("Confirm").click()

    await expect(card(olive)).to_contain_text("Confirmed")
    await expect(appointment(schedule)).to_contain_text("Olive Hart confirmed")
    await expect(nora.log).to_contain_text("Olive confirmed Pixel's visit on")
    assert [] == await grave_findings(olive.page)
    assert [] == await grave_findings(schedule.page)
    await olive.button("Undo").click()
    await expect(olive.button("Confirm")).to_be_visible()
    await expect(appointment(schedule)).to_contain_text("Booked")


async def test_asking_to_move_asks_for_the_terms_first_and_comes_as_a_message(desktops: Desktops, world: World) -> None:
    """AL-2: whoever has agreed to nothing reads the terms before the message goes. AL-1: it lands in the thread."""
    await book(world)
    nora = await nora_in_thread(desktops, world)
    olga = await visits_of(desktops, await add_newcomer(world))
    olga.expect_error("403")
    await olga.button("Ask to move").click()
    assert [] == await grave_findings(olga.page)
    await olga.page.get_by_label("When would suit you?").fill("Friday after four")
    await olga.button("Send").click()
    await expect(olga.page.get_by_text("Messaging is NOT for emergencies")).to_be_visible()

    await olga.button("I understand, send").click()

    await expect(card(olga)).to_contain_text("You asked for another time")
    await expect(nora.message("be moved? Friday after four")).to_be_visible()
    [asked] = (await day(world, in_days(2)))["appointments"]
    assert ("move_asked", "Olga Hart") == (asked["status"], asked["answered_by_name"])


async def test_what_the_practice_does_shows_while_the_owner_looks(desktops: Desktops, world: World) -> None:
    """Moved, then cancelled with the number to call."""
    async with world.product.database.transaction() as uow:
        await uow.execute(text("UPDATE clinic SET phone = '+13155550100' WHERE id = :id"), {"id": UUID(world.clinic_id)})
    visit = await book(world)
    olive = await visits_of(desktops, world.olive)
    await expect(card(olive)).to_contain_text("10:30")

    await changed(world, visit, on_date=in_days(3), at="16:15")
    await expect(card(olive)).to_contain_text(f"{written(in_days(3))}, 16:15")
    await cancel(world, visit)

    await expect(card(olive)).to_contain_text("Cancelled by the clinic")
    await expect(olive.page.get_by_role("link", name="Call (315) 555-0100")).to_have_attribute("href", "tel:+13155550100")
    await expect(olive.button("Confirm")).to_have_count(0)
    assert [] == await grave_findings(olive.page)


async def test_a_visit_goes_into_ones_own_calendar(desktops: Desktops, world: World) -> None:
    """By a plain link, also in a browser in which a staff member is signed in beside the owner."""
    visit = await book(world)
    olive = await visits_of(desktops, world.olive)
    name = cookie_name(world.product.settings, "staff")
    await olive.context.add_cookies([{"name": name, "value": world.nora.secret, "url": world.product.url, "httpOnly": True}])
    async with olive.page.expect_download() as started:
        await olive.page.get_by_role("link", name="Add to calendar").click()
    path = await (await started.value).path()
    [event] = Calendar.from_ical(path.read_text()).events

    assert "Pixel at Hill Street" == event["SUMMARY"]
    assert f"{visit['id']}@pawline" == event["UID"]


@pytest.mark.offline
async def test_without_a_network_the_visits_stay_and_no_answer_is_kept_for_later(desktops: Desktops, world: World) -> None:
    await book(world)
    await book(world, on_date=(today() + timedelta(days=9)).isoformat(), kind="Dental check")
    olive = await visits_of(desktops, world.olive)
    await expect(card(olive)).to_have_count(2)
    olive.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    await olive.context.set_offline(offline=True)

    await olive.button("Confirm").first.click()

    await expect(olive.page.get_by_text("Answering a visit needs a connection")).to_be_visible()
    await olive.page.get_by_role("button", name="Pets").click()
    await olive.page.get_by_role("button", name="Visits").click()
    await expect(card(olive)).to_have_count(2)
    await expect(olive.page.get_by_text("Last updated today at")).to_be_visible()
    await olive.context.set_offline(offline=False)
    await expect(olive.page.get_by_text("Last updated today at")).to_have_count(0)
    assert ["booked"] == [each["status"] for each in (await day(world, in_days(2)))["appointments"]]


async def test_the_team_adds_changes_and_cancels(desktops: Desktops, world: World) -> None:
    """Through the rail, by a search for a pet; cancelling asks first."""
    nora = await desktops.open("/staff", person=world.nora)
    page = nora.page
    await page.get_by_role("link", name="Schedule").click()
    await page.get_by_role("button", name="Next day").click()
    await expect(nora.heading(written(in_days(1)))).to_be_visible()
    await expect(page.get_by_text("Nobody is booked on this day")).to_be_visible()
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.get_by_label("Search by parent's or pet's name").fill("Pixel")
    await nora.button("Hart family").click()
    await page.get_by_label("What for").fill("Vaccination")
    await page.get_by_label("New York time").fill("09:15")
    await page.get_by_label("With").select_option(label="Dr Sam Vane")
    assert [] == await grave_findings(page)
    await page.get_by_role("button", name="Book", exact=True).click()
    await expect(appointment(nora)).to_contain_text(re.compile("09:15.+09:45"))
    await expect(page.get_by_role("region", name="Dr Sam Vane")).to_contain_text("Pixel · Vaccination")

    await nora.button("Change Pixel's appointment").click()
    await page.get_by_role("menuitem", name="Edit").click()
    await page.get_by_label("New York time").fill("11:00")
    await page.get_by_role("button", name="Save").click()
    await expect(appointment(nora)).to_contain_text(re.compile("11:00.+11:30"))

    await nora.button("Change Pixel's appointment").click()
    await page.get_by_role("menuitem", name="Cancel the appointment").click()
    assert [] == await grave_findings(page)
    await page.get_by_role("dialog").get_by_role("button", name="Cancel the appointment").click()
    await expect(appointment(nora)).to_contain_text("Cancelled")
    await appointment(nora).get_by_role("button").first.click()
    await expect(page).to_have_url(re.compile(f"/staff/threads/{world.thread_id}$"))


async def choose(window: Window, item: str) -> None:
    await window.button("Change Pixel's appointment").click()
    await window.page.get_by_role("menuitem", name=item).click()


async def test_the_family_is_told_in_the_thread(desktops: Desktops, world: World) -> None:
    """PPB-2: offered with another time and with cancelling, ticked; it is a message of whoever does it, unless they untick it."""
    await book(world)
    olive = await olive_at_pixel(desktops, world)
    nora = await desktops.open(f"/staff/schedule/{in_days(2)}", person=world.nora)
    tick = nora.page.get_by_role("checkbox", name="Tell the family")
    await choose(nora, "Edit")
    await nora.page.get_by_label("What for").fill("Vaccination")
    await expect(tick).to_have_count(0)
    await nora.page.get_by_label("New York time").fill("11:00")
    await expect(tick).to_be_checked()
    findings = await grave_findings(nora.page)
    await nora.page.get_by_role("button", name="Save").click()
    await expect(nora.page.get_by_text("Changed, and the family is told")).to_be_visible()
    await expect(olive.message("We moved Pixel's visit on")).to_contain_text("11:00")

    await choose(nora, "Cancel the appointment")
    await expect(tick).to_be_checked()
    await nora.page.get_by_role("dialog").get_by_role("button", name="Cancel the appointment").click()
    await expect(olive.message("We had to cancel Pixel's visit on")).to_be_visible()
    await book(world, at="15:00")
    await nora.page.get_by_role("article").filter(has_text="15:00").get_by_role("button", name="Change").click()
    await nora.page.get_by_role("menuitem", name="Cancel the appointment").click()
    await tick.uncheck()
    await nora.page.get_by_role("dialog").get_by_role("button", name="Cancel the appointment").click()
    await expect(nora.page.get_by_text("Cancelled", exact=True)).to_have_count(2)

    await expect(olive.messages).to_have_count(2)
    assert [] == findings


async def test_a_time_the_clocks_skip_is_explained_at_its_field(desktops: Desktops, world: World) -> None:
    nora = await desktops.open("/staff/schedule/2027-03-14", person=world.nora, look=DARK_LAPTOP)
    nora.expect_error("422")
    await nora.button("Add an appointment").click()
    await nora.button("Hart family").click()
    await nora.page.get_by_label("What for").fill("Check-up")
    await nora.page.get_by_label("New York time").fill("02:30")
    await nora.page.get_by_role("button", name="Book", exact=True).click()

    await expect(nora.page.get_by_role("alert")).to_contain_text("does not exist on that day, because the clocks go forward")


async def test_basic_staff_look_at_their_day_and_change_nothing(desktops: Desktops, world: World) -> None:
    await book(world, on_date=in_days(0), at="23:30", staff_id=world.toby.id)
    await book(world, on_date=in_days(0), at="23:45", kind="Blood test")
    toby = await desktops.open("/staff", person=world.toby)
    await toby.page.get_by_role("link", name="Your day").click()

    await expect(appointment(toby)).to_have_count(1)
    await expect(appointment(toby)).to_contain_text("23:30")
    await expect(appointment(toby).get_by_role("button", name="Change")).to_have_count(0)
    await expect(toby.button("Next day")).to_have_count(0)
    await expect(toby.page.get_by_role("button", name="Add", exact=True)).to_have_count(0)


async def test_the_screens_fit_a_small_phone(desktops: Desktops, world: World) -> None:
    await book(world)
    olive = await visits_of(desktops, world.olive, NARROW)
    await expect(card(olive)).to_be_visible()
    nora = await desktops.open(f"/staff/schedule/{in_days(2)}", person=world.nora, look=NARROW)
    await expect(appointment(nora)).to_be_visible()

    for window in (olive, nora):
        assert 320 == await window.page.evaluate("document.documentElement.scrollWidth")
