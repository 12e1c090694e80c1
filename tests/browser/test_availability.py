"""The clinic's light on the owner's phone and on the team's desk, and the number to call when nobody is there."""

import re
from uuid import UUID

import pytest
from playwright.async_api import Locator, expect
from sqlalchemy import update

from pawline.practices.models import Clinic
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window, box_of
from tests.world import World

pytestmark = pytest.mark.browser

SMALL = Look(320, 640, is_phone=True)
DARK_PHONE = Look(390, 844, "dark", is_phone=True)
EMERGENCY, RECEPTION = "+14155550199", "+14155550100"
WARNING = (
    "If your pet is experiencing a medical emergency, do NOT wait for a message reply. "
    "Call your vet or an emergency animal hospital immediately."
)


@pytest.fixture(autouse=True)
async def numbers(world: World) -> None:
    await give_numbers(world, emergency=EMERGENCY, phone=RECEPTION)


async def give_numbers(world: World, *, emergency: str | None, phone: str | None) -> None:
    statement = update(Clinic).where(Clinic.practice_id == UUID(world.practice_id), Clinic.id == UUID(world.clinic_id))
    async with world.product.database.transaction() as uow:
        await uow.execute(statement.values(emergency_number=emergency, phone=phone))


async def choose(world: World, state: str | None) -> None:
    response = await world.nora.send("PUT", f"/clinics/{world.clinic_id}/availability", {"state": state})
    assert 200 == response.status_code, response.text


def bar(window: Window) -> Locator:
    """Below the clinic's name, at the top of the chat."""
    return window.page.get_by_role("status").filter(has_text=re.compile("Staff are on duty|Responses may be|The practice is"))


def call(window: Window) -> Locator:
    return bar(window).get_by_role("link", name=re.compile("^Emergency"))


async def test_an_open_chat_turns_red_and_back_without_a_reload(desktops: Desktops, world: World) -> None:
    """AL-34, AL-36, AL-37, AL-38, AL-40: the words change under the reader's eyes, and the number is one press away."""
    olive = await olive_at_pixel(desktops, world)
    await expect(bar(olive)).to_contain_text("Responses may be delayed")
    await expect(olive.page.get_by_text("Away", exact=True)).to_be_visible()
    await expect(call(olive)).to_have_count(0)

    await choose(world, "off_duty")
    await expect(bar(olive)).to_contain_text("The practice is closed; emergency contact info is shown", timeout=4000)
    await expect(olive.page.get_by_text("Off Duty", exact=True)).to_be_visible()
    await expect(call(olive)).to_have_attribute("href", f"tel:{EMERGENCY}")
    await expect(call(olive)).to_contain_text("(415) 555-0199")
    assert (await box_of(call(olive)))["height"] >= 44

    await choose(world, None)
    await expect(call(olive)).to_have_count(0, timeout=4000)


async def test_a_colleague_at_the_inbox_turns_the_light_green(desktops: Desktops, world: World) -> None:
    """AL-35, AL-40, C12."""
    olive = await olive_at_pixel(desktops, world)
    nora = await nora_in_thread(desktops, world)

    await expect(bar(olive)).to_contain_text("Staff are on duty and checking messages", timeout=20_000)
    await expect(olive.page.get_by_text("Available", exact=True)).to_be_visible()
    await expect(nora.button("Availability: Available")).to_be_visible(timeout=20_000)


async def test_an_owner_writes_although_the_practice_is_closed(desktops: Desktops, world: World) -> None:
    """AL-39: and is told that the answer comes later; C12: a colleague who answers is announced, the light stays red."""
    await choose(world, "off_duty")
    olive = await olive_at_pixel(desktops, world)
    await expect(olive.page.get_by_text("You can write now; the answer comes later.")).to_be_visible()
    await olive.write("Pixel is limping")
    await expect(olive.receipt("Pixel is limping", "Sent")).to_be_visible()
    await world.nora.post_text(world.thread_id, "How is she now?")

    await expect(bar(olive)).to_contain_text("A team member is replying now")
    await expect(call(olive)).to_be_visible()


async def test_the_standing_warning_is_always_there(desktops: Desktops, world: World) -> None:
    """AL-9: word by word, whatever the light says and on the smallest phone, without scrolling."""
    for state in ("away", "off_duty"):
        await choose(world, state)
        olive = await olive_at_pixel(desktops, world, SMALL)
        await expect(bar(olive)).to_be_visible()
        warning = olive.page.get_by_text(WARNING)
        await expect(warning).to_be_in_viewport(ratio=1)
        await expect(olive.field).to_be_in_viewport(ratio=1)
        assert (await box_of(olive.log))["height"] > 120
        width = await olive.page.evaluate("document.documentElement.scrollWidth")
        assert 320 == width


async def test_the_emergency_number_is_on_the_first_screen_and_in_the_menu(desktops: Desktops, world: World) -> None:
    """AL-41: always, also while the clinic is there."""
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    first = olive.page.get_by_role("link", name=re.compile("^In an emergency, call"))
    await expect(first).to_have_attribute("href", f"tel:{EMERGENCY}")
    await expect(first).to_be_in_viewport(ratio=1)
    await olive.button("Message Vet about Pixel").click()
    await olive.button("Call").click()

    menu = olive.page.get_by_role("menu")
    await expect(menu.get_by_role("menuitem", name="Emergency")).to_have_attribute("href", f"tel:{EMERGENCY}")
    await expect(menu.get_by_role("menuitem", name="Hill Street")).to_have_attribute("href", f"tel:{RECEPTION}")


async def test_a_clinic_without_an_emergency_number_gives_its_phone(desktops: Desktops, world: World) -> None:
    """AL-38, AL-41."""
    await give_numbers(world, emergency=None, phone=RECEPTION)
    await choose(world, "off_duty")
    olive = await olive_at_pixel(desktops, world)

    await expect(call(olive)).to_have_attribute("href", f"tel:{RECEPTION}")
    await give_numbers(world, emergency=None, phone=None)
    await choose(world, "off_duty")
    await expect(call(olive)).to_have_count(0)
    await expect(bar(olive)).to_contain_text("In an emergency, call an animal hospital near you.")


async def test_the_team_sees_why_and_sets_it(desktops: Desktops, world: World) -> None:
    """C12: by hand or by hours and presence, who did it and until when."""
    olive = await olive_at_pixel(desktops, world)
    nora = await desktops.open("/staff", person=world.nora)
    vane = await desktops.open("/staff", person=world.vane)
    await nora.button("Availability").click()
    dialog = nora.page.get_by_role("dialog", name="Availability")
    await expect(dialog).to_contain_text(re.compile("the inbox open"), timeout=20_000)
    group = dialog.get_by_role("group", name="Set Hill Street to")
    await group.get_by_role("button", name=re.compile("^Off Duty")).click()

    await expect(dialog).to_contain_text(re.compile(r"Nora Ames set it to Off Duty at \d\d:\d\d, until somebody changes it\."))
    await expect(vane.button("Availability: Off Duty")).to_be_visible()
    await expect(call(olive)).to_be_visible()
    await group.get_by_role("button", name="Away for an hour").click()
    away = group.get_by_role("button", name=re.compile(r"^Away until .*\d\d:\d\d$"))
    await expect(away).to_have_attribute("aria-pressed", "true")
    await expect(vane.button("Availability: Away")).to_be_visible()
    await group.get_by_role("button", name=re.compile("^By hours and presence")).click()
    await expect(vane.button("Availability: Available")).to_be_visible()
    await expect(call(olive)).to_have_count(0)


async def test_basic_staff_have_no_light_to_set(desktops: Desktops, world: World) -> None:
    """C12: from senior on; P-12."""
    toby = await desktops.open("/staff", person=world.toby)
    await expect(toby.page.get_by_role("navigation", name="Main")).to_be_visible()

    await expect(toby.button("Availability")).to_have_count(0)


@pytest.mark.parametrize("look", [PHONE, DARK_PHONE, SMALL, DESK], ids=["phone", "dark", "small", "wide"])
@pytest.mark.parametrize("state", ["away", "off_duty"])
async def test_the_owners_light_is_accessible(desktops: Desktops, world: World, look: Look, state: str) -> None:
    await choose(world, state)
    olive = await olive_at_pixel(desktops, world, look)
    await expect(bar(olive)).to_be_visible()

    assert [] == await grave_findings(olive.page)


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])
async def test_the_teams_light_is_accessible(desktops: Desktops, world: World, look: Look) -> None:
    await choose(world, "off_duty")
    helen = await desktops.open("/staff", person=world.helen, look=look)
    await helen.button("Availability").click()
    await expect(helen.page.get_by_role("dialog", name="Availability").get_by_role("heading")).to_have_count(3)

    assert [] == await grave_findings(helen.page)
