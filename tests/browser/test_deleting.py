"""Taking back one's own message."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.texts import carry, olive_texts, text_thread
from tests.browser.windows import Desktops, Look, Window, box_of
from tests.texting_scene import Texting
from tests.world import World

pytestmark = pytest.mark.browser
SPANISH_PHONE = Look(390, 844, is_phone=True, locale="es-ES")


async def test_a_long_press_on_the_own_message_deletes_it_for_everybody(desktops: Desktops, world: World) -> None:
    """AL-45: a finger held on the bubble, then Delete; at the clinic the words go as well."""
    await world.olive.post_text(world.thread_id, "Sent to the wrong vet")
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)

    await _hold_finger(olive, olive.log.get_by_text("Sent to the wrong vet"), until=olive.page.get_by_role("menu"))
    await _delete(olive)

    await expect(olive.log).to_contain_text("Message deleted by you")
    await expect(nora.log).to_contain_text("Message deleted by Olive Hart")
    await expect(nora.page.get_by_text("Sent to the wrong vet")).to_have_count(0)


async def test_staff_delete_their_own_message_from_its_menu(desktops: Desktops, world: World) -> None:
    """AL-45"""
    await world.nora.post_text(world.thread_id, "Meant for somebody else")
    nora = await nora_in_thread(desktops, world)

    await _open_menu(nora, "Meant for somebody else")
    await _delete(nora)

    await expect(nora.log).to_contain_text("Message deleted by you")


@pytest.mark.parametrize("side", ["owner", "staff"])
async def test_messages_of_others_offer_no_delete(desktops: Desktops, world: World, side: str) -> None:
    """AL-45: neither the other side's nor a colleague's nor a brother's."""
    await world.omar.post_text(world.thread_id, "From Omar")
    await world.vane.post_text(world.thread_id, "From the doctor")
    window = await (olive_at_pixel if side == "owner" else nora_in_thread)(desktops, world)

    for text in ("From Omar", "From the doctor"):
        await _open_menu(window, text)
        await expect(window.page.get_by_role("menuitem", name="Copy")).to_be_visible()
        await expect(window.page.get_by_role("menuitem", name="Delete")).to_have_count(0)
        await window.page.keyboard.press("Escape")
        await expect(window.page.get_by_role("menu")).to_have_count(0)


async def test_deleting_a_text_warns_that_the_copy_on_the_phone_stays(desktops: Desktops, texting: Texting) -> None:
    """C14: as soon as it has left, also under the eyes of whoever is about to delete it; what waits is on no phone yet."""
    await olive_texts(texting)
    nora = await text_thread(desktops, texting)
    await nora.write("Bring him in at three")
    await expect(nora.message("Bring him in at three")).to_contain_text("Sending")

    await _open_menu(nora, "Bring him in at three")
    await nora.page.get_by_role("menuitem", name="Delete").click()
    dialog = nora.page.get_by_role("dialog", name="Delete this message?")
    await expect(dialog).to_contain_text("Nobody in the thread can read it any more.")
    await expect(dialog).not_to_contain_text("phone")
    await carry(texting)

    await expect(dialog).to_contain_text("It went as a text, though: the copy on the phone stays there")


async def test_a_family_that_deletes_its_text_is_warned_in_its_language(desktops: Desktops, texting: Texting) -> None:
    """C14: Olive texted it, and takes it back in the app."""
    await olive_texts(texting, "Sent to the wrong vet")
    olive = await desktops.open(f"/owner/threads/{texting.world.thread_id}", person=texting.world.olive, look=SPANISH_PHONE)

    message = olive.page.get_by_role("article").filter(has_text="Sent to the wrong vet")
    await message.hover()
    await message.get_by_role("button").click()
    await olive.page.get_by_role("menuitem", name="Eliminar").click()

    await expect(olive.page.get_by_role("dialog")).to_contain_text("Pero se envió por SMS: la copia del teléfono sigue allí")


async def _open_menu(window: Window, text: str) -> None:
    message = window.message(text)
    await message.hover()
    await message.get_by_role("button", name="More for the message").click()
    await expect(window.page.get_by_role("menu")).to_be_visible()


async def _delete(window: Window) -> None:
    await window.page.get_by_role("menuitem", name="Delete").click()
    await window.page.get_by_role("dialog").get_by_role("button", name="Delete").click()


async def _hold_finger(window: Window, place: Locator, *, until: Locator) -> None:
    box = await box_of(place)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    devices: Any = await window.context.new_cdp_session(window.page)
    await devices.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    await expect(until).to_be_visible()
    await devices.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
