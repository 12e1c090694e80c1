"""Two people, two browsers, one thread."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.people import nora_in_thread, olive_at_pixel, row_of
from tests.browser.windows import DESK, Desktops, box_of
from tests.world import World

pytestmark = pytest.mark.browser


async def test_a_message_from_a_pet_appears_at_the_clinic_by_itself(desktops: Desktops, world: World) -> None:
    """AL-1, AL-22, AL-24, PPB-1, PPB-2, PPB-14: with its author's name, in the family's one thread."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)

    await olive.write("Pixel limps on the left")

    await expect(nora.message("Pixel limps on the left")).to_contain_text("Olive Hart")
    await expect(olive.message("Pixel limps on the left")).to_have_count(1)
    stored = (await world.nora.thread(world.thread_id))["messages"][-1]
    assert [world.pixel_id] == stored["pet_ids"]


async def test_every_answer_of_the_team_names_its_author(desktops: Desktops, world: World) -> None:
    """PPB-14, PPB-11, PPB-12: Nora and Dr Vane answer in the same thread, and both contacts of the family see both."""
    await world.nora.post_text(world.thread_id, "Bring her in at three")
    await world.vane.post_text(world.thread_id, "I will have a look myself")

    for person in (world.olive, world.omar):
        window = await desktops.open(f"/owner/threads/{world.thread_id}", person=person)
        await expect(window.message("Bring her in at three")).to_contain_text("Nora Ames")
        await expect(window.message("I will have a look myself")).to_contain_text("Dr Sam Vane")


async def test_both_contacts_of_a_family_can_answer(desktops: Desktops, world: World) -> None:
    """PPB-13: Omar writes, Olive sees it live under his name."""
    olive = await olive_at_pixel(desktops, world)
    omar = await desktops.open(f"/owner/threads/{world.thread_id}", person=world.omar)

    await omar.write("I can drive her")

    await expect(olive.message("I can drive her")).to_contain_text("Omar Hart")


@pytest.mark.parametrize("side", ["owner", "staff"])
async def test_own_messages_stand_right_and_the_others_left(desktops: Desktops, world: World, side: str) -> None:
    """AL-25: measured on the screen, on both sides."""
    await world.nora.post_text(world.thread_id, "From the clinic")
    await world.olive.post_text(world.thread_id, "From home")
    window = await (olive_at_pixel if side == "owner" else nora_in_thread)(desktops, world)
    own, other = ("From home", "From the clinic") if side == "owner" else ("From the clinic", "From home")

    log = await box_of(window.log)
    mine, theirs = await box_of(window.log.get_by_text(own)), await box_of(window.log.get_by_text(other))

    right = log["x"] + log["width"]
    assert right - (mine["x"] + mine["width"]) < mine["x"] - log["x"], "the own message leans right"
    assert theirs["x"] - log["x"] < right - (theirs["x"] + theirs["width"]), "the other side's leans left"
    assert theirs["x"] < mine["x"]


async def test_the_field_is_at_the_bottom_with_camera_and_arrow_beside_it(desktops: Desktops, world: World) -> None:
    """AL-23, AL-24, AL-27: camera, text field, microphone and arrow in one line at the foot of the screen."""
    olive = await olive_at_pixel(desktops, world)

    text = await box_of(olive.field)
    camera = await box_of(olive.button("Add a photo"))
    microphone = await box_of(olive.button("Record a voice note"))
    arrow = await box_of(olive.send_button)

    assert text["y"] + text["height"] > 844 - 40
    assert camera["x"] + camera["width"] <= text["x"] <= camera["x"] + camera["width"] + 24
    assert text["x"] + text["width"] <= microphone["x"] <= text["x"] + text["width"] + 24
    assert microphone["x"] + microphone["width"] <= arrow["x"] <= microphone["x"] + microphone["width"] + 24
    assert min(camera["width"], camera["height"], arrow["width"], arrow["height"]) >= 40, "large enough for a thumb"


@pytest.mark.parametrize("side", ["owner", "staff"])
async def test_the_send_button_is_an_arrow(desktops: Desktops, world: World, side: str) -> None:
    """AL-24: to the right, in both apps."""
    window = await (olive_at_pixel if side == "owner" else nora_in_thread)(desktops, world)

    await expect(window.send_button.locator("svg")).to_have_class(re.compile(r"\blucide-arrow-right\b"))
    await expect(window.send_button.locator("svg")).to_be_visible()


@pytest.mark.parametrize("side", ["owner", "staff"])
async def test_nothing_written_means_nothing_to_send(desktops: Desktops, world: World, side: str) -> None:
    """AL-26: the button is disabled without words, and blanks are no words."""
    window = await (olive_at_pixel if side == "owner" else nora_in_thread)(desktops, world)

    await expect(window.send_button).to_be_disabled()
    await window.field.fill("  \n ")
    await expect(window.send_button).to_be_disabled()
    await window.field.press("Enter")
    await window.field.fill("Now there is something")
    await expect(window.send_button).to_be_enabled()
    assert [] == (await world.nora.thread(world.thread_id))["messages"]


async def test_one_check_turns_into_two_when_the_clinic_reads(desktops: Desktops, world: World) -> None:
    """AL-31, AL-32, AL-33, C3: on Olive's open screen, without a reload."""
    nora = await desktops.open("/staff", person=world.nora)
    olive = await olive_at_pixel(desktops, world)
    await olive.write("Is it serious?")
    await expect(olive.receipt("Is it serious?", "Sent")).to_be_visible()

    await row_of(nora, "Hart").click()

    await expect(olive.receipt("Is it serious?", "Read")).to_have_attribute("title", re.compile("Nora Ames"))


async def test_the_clinic_sees_when_the_family_has_read(desktops: Desktops, world: World) -> None:
    """AL-33, C3: the same the other way round; the tooltip says who."""
    nora = await nora_in_thread(desktops, world)
    await nora.write("All is well")
    await expect(nora.receipt("All is well", "Sent")).to_be_visible()

    await olive_at_pixel(desktops, world)

    await expect(nora.receipt("All is well", "Read")).to_have_attribute("title", re.compile("Olive Hart"))


async def test_the_whole_treatment_can_be_read_afterwards(desktops: Desktops, world: World) -> None:
    """AL-52: scrolling up brings page after page, down to the first message."""
    for number in range(1, 121):
        latest = await world.nora.post_text(world.thread_id, f"Visit number {number:03}")
        await world.olive.read_up_to(world.thread_id, latest["seq"])
    olive = await olive_at_pixel(desktops, world, look=DESK)
    await expect(olive.message("Visit number 120")).to_be_in_viewport()

    while await olive.message("Visit number 001").count() == 0:
        shown = await olive.messages.count()
        await olive.log.press("Home")
        await expect(olive.messages.nth(shown)).to_be_attached()

    await expect(olive.messages).to_have_count(120)
    await olive.message("Visit number 001").scroll_into_view_if_needed()
    await expect(olive.message("Visit number 001")).to_be_in_viewport()


async def test_a_person_who_types_is_named_on_the_other_side(desktops: Desktops, world: World) -> None:
    await world.nora.post_text(world.thread_id, "How is she?")
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)

    await olive.field.press_sequentially("I thi")

    await expect(nora.log.get_by_role("status")).to_have_text(re.compile("Olive Hart is typing|Olive is typing"))
