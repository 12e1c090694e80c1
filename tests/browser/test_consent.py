"""The consent screen before the first message, as somebody sees it who was added to the family today."""

from uuid import UUID

import pytest
from playwright.async_api import expect
from sqlalchemy import update

from pawline.families.models import Contact
from pawline.platform import clock
from tests.browser.axe import grave_findings
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.newcomers import add_newcomer
from tests.world import Caller, World

pytestmark = pytest.mark.browser


async def olga_in_chat(desktops: Desktops, world: World, look: Look = PHONE) -> Window:
    return await desktops.open(f"/owner/threads/{world.thread_id}", person=await add_newcomer(world), look=look)


async def test_who_never_wrote_reads_the_terms_first_and_then_writes(desktops: Desktops, world: World) -> None:
    """AL-2, AL-8: before the first message, and never again."""
    olga = await olga_in_chat(desktops, world)
    await expect(olga.page.get_by_role("heading", name="Before you message")).to_be_visible()
    await expect(olga.page.get_by_role("listitem")).to_have_count(4)
    await expect(olga.field).to_have_count(0)
    await olga.button("I understand, continue").click()
    await olga.write("Pixel limps")
    await expect(olga.message("Pixel limps")).to_be_visible()
    await olga.visit(f"/owner/threads/{world.thread_id}")

    await expect(olga.field).to_be_visible()
    await expect(olga.page.get_by_role("heading", name="Before you message")).to_have_count(0)


async def test_what_the_clinic_wrote_is_read_without_agreeing(desktops: Desktops, world: World) -> None:
    await world.nora.post_text(world.thread_id, "How is Pixel today?")
    olga = await olga_in_chat(desktops, world)
    await expect(olga.message("How is Pixel today?")).to_be_visible()
    await olga.button("Read it now").click()
    await expect(olga.page.get_by_text("Messaging is NOT for emergencies — call your vet for urgent care")).to_be_visible()
    await olga.button("Back").click()
    await expect(olga.message("How is Pixel today?")).to_be_visible()
    await olga.button("Read it now").click()
    await olga.button("I understand, continue").click()

    await expect(olga.field).to_be_visible()


@pytest.mark.offline
async def test_without_a_network_it_says_so_and_goes_on_afterwards(desktops: Desktops, world: World) -> None:
    olga = await olga_in_chat(desktops, world)
    await expect(olga.button("I understand, continue")).to_be_visible()
    olga.expect_error("ERR_INTERNET_DISCONNECTED")
    olga.expect_error("net::ERR")
    await olga.context.set_offline(True)
    await olga.button("I understand, continue").click()
    await expect(olga.page.get_by_text("You seem to be offline").first).to_be_visible()
    await olga.context.set_offline(False)
    await olga.button("Try again").click()
    await olga.button("I understand, continue").click()

    await expect(olga.field).to_be_visible()


@pytest.mark.parametrize("look", [DESK, PHONE, DARK_LAPTOP], ids=["wide", "phone", "dark"])
async def test_the_consent_screen_has_no_grave_accessibility_finding(desktops: Desktops, world: World, look: Look) -> None:
    olga = await olga_in_chat(desktops, world, look=look)
    await expect(olga.button("I understand, continue")).to_be_visible()

    assert [] == await grave_findings(olga.page)


async def test_the_team_reads_who_agreed_to_what(desktops: Desktops, world: World) -> None:
    """C7: beside what their numbers get by text; who has not agreed yet is said so too."""
    olga = await add_newcomer(world)
    await _join(world, olga)
    nora = await desktops.open(f"/staff/clients/{olga.id}", person=world.nora)
    card = nora.page.get_by_role("region", name="Terms of app chat")
    await expect(card).to_contain_text("Not agreed to yet. The app asks Olga Hart before the first message.")

    await olga.send("POST", "/app-terms", {"version": "1", "language": "es"})
    await nora.visit(f"/staff/clients/{olga.id}")

    await expect(card).to_contain_text("Agreed to version 1, in Spanish")
    await expect(card).to_contain_text("Olga Hart, ")
    assert [] == await grave_findings(nora.page)


async def _join(world: World, contact: Caller) -> None:
    async with world.product.database.transaction() as uow:
        here = (Contact.practice_id == UUID(world.practice_id), Contact.id == UUID(contact.id))
        await uow.execute(update(Contact).where(*here).values(app_joined_at=clock.now()))
