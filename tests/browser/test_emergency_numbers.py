"""Whom to call in an emergency, on chats of which nothing else is known."""

import asyncio
import re
from uuid import UUID

import pytest
from playwright.async_api import Locator, Route, expect
from sqlalchemy import update

from pawline.practices.models import Clinic
from tests.browser.axe import grave_findings
from tests.browser.offline import another_page, cut_off, keep_app, until_kept
from tests.browser.people import olive_at_pixel
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.newcomers import add_newcomer
from tests.world import World

pytestmark = pytest.mark.browser

EMERGENCY = "+14155550199"
THREAD = re.compile(r"/api/v1/threads/[^/]+$")
TERMS = re.compile(r"/api/v1/app-terms$")


@pytest.fixture(autouse=True)
async def emergency_number(world: World) -> None:
    at = (Clinic.practice_id == UUID(world.practice_id), Clinic.id == UUID(world.clinic_id))
    async with world.product.database.transaction() as uow:
        await uow.execute(update(Clinic).where(*at).values(emergency_number=EMERGENCY))


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])
async def test_a_chat_that_is_loading_or_cannot_be_loaded_says_whom_to_call(desktops: Desktops, world: World, look: Look) -> None:
    """I11, AL-41."""
    olive = await desktops.open("/owner/you", person=world.olive, look=look)
    olive.expect_error("ERR_INTERNET_DISCONNECTED|status of 500")
    answered = asyncio.Event()

    async def fail(route: Route) -> None:
        await answered.wait()
        await route.fulfill(status=500, json={"title": "Broken", "detail": "That did not work."})

    await olive.page.route(THREAD, fail)
    await olive.visit(f"/owner/threads/{world.thread_id}")
    await expect(olive.page.get_by_label("Loading messages").first).to_be_visible()
    await expect(_call(olive)).to_have_attribute("href", f"tel:{EMERGENCY}")
    await expect(_call(olive)).to_be_in_viewport(ratio=1)
    await expect(olive.heading("Hill Street")).to_be_visible()
    answered.set()
    await expect(olive.page.get_by_text("These messages could not be loaded")).to_be_visible()
    await expect(_call(olive)).to_be_in_viewport(ratio=1)
    await olive.button("Call").click()

    menu = olive.page.get_by_role("menu")
    await expect(menu.get_by_role("menuitem", name="Emergency")).to_have_attribute("href", f"tel:{EMERGENCY}")
    assert [] == await grave_findings(olive.page)


@pytest.mark.offline
async def test_a_thread_opened_for_the_first_time_without_a_network_says_whom_to_call(desktops: Desktops, world: World) -> None:
    """I11, AL-41: not even its clinic is known; all numbers of the family are."""
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    await keep_app(olive)
    await expect(olive.button("Message Vet about Pixel")).to_be_visible()
    await until_kept(olive, "answers", EMERGENCY)
    await cut_off(olive)
    await olive.visit("/owner/threads/00000000-0000-4000-8000-000000000000")

    await expect(olive.page.get_by_text("These messages could not be loaded")).to_be_visible()
    await expect(_call(olive)).to_have_attribute("href", f"tel:{EMERGENCY}")
    await expect(_call(olive)).to_be_in_viewport(ratio=1)


async def test_the_terms_say_whom_to_call_before_they_are_there(desktops: Desktops, world: World) -> None:
    """I11, AL-41: while they load, and when they cannot be loaded."""
    olga = await desktops.open("/owner/you", person=await add_newcomer(world), look=PHONE)
    olga.expect_error("status of 500")
    answered = asyncio.Event()

    async def fail(route: Route) -> None:
        await answered.wait()
        await route.fulfill(status=500, json={"title": "Broken", "detail": "That did not work."})

    await olga.page.route(TERMS, fail)
    await olga.visit(f"/owner/threads/{world.thread_id}")
    await expect(olga.page.get_by_label("Loading what to know")).to_be_visible()
    await expect(_call(olga)).to_have_attribute("href", f"tel:{EMERGENCY}")
    answered.set()
    await expect(olga.button("Try again")).to_be_visible()
    await expect(_call(olga)).to_be_in_viewport(ratio=1)

    assert [] == await grave_findings(olga.page)


@pytest.mark.offline
async def test_that_the_clinic_is_closed_is_known_without_a_network(desktops: Desktops, world: World) -> None:
    """AL-38, AL-41: the app is opened on a train; that somebody is there would not be claimed."""
    response = await world.nora.send("PUT", f"/clinics/{world.clinic_id}/availability", {"state": "off_duty"})
    assert 200 == response.status_code, response.text
    olive = await olive_at_pixel(desktops, world)
    await keep_app(olive)
    await until_kept(olive, "answers", "off_duty")
    await cut_off(olive)
    await olive.page.close()

    olive = await another_page(olive)
    closed = olive.page.get_by_role("status").filter(has_text="The practice is closed")
    await expect(closed.get_by_role("link", name=re.compile("^Emergency"))).to_have_attribute("href", f"tel:{EMERGENCY}")


def _call(window: Window) -> Locator:
    """In the chat itself: on a wide screen the pets beside it have one too."""
    chat = window.page.get_by_role("region", name="Conversation")
    return chat.get_by_role("link", name=re.compile("^In an emergency, call"))
