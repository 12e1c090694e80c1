"""The staff workspace by keyboard."""

import pytest
from playwright.async_api import expect

from tests.browser.keyboard import tab_to
from tests.browser.people import PASSWORD, give_password, nora_in_thread, olive_at_pixel, row_of
from tests.browser.windows import DESK, Desktops, box_of
from tests.world import World

pytestmark = pytest.mark.browser


async def test_enter_sends(desktops: Desktops, world: World) -> None:
    """PPB-9, PPB-8: from the bar at the bottom."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)
    bar = await box_of(nora.field)
    assert bar["y"] > 900 - 200

    await nora.field.press_sequentially("Come in at three")
    await nora.field.press("Enter")

    await expect(olive.message("Come in at three")).to_be_visible()
    await expect(nora.field).to_have_value("")
    await expect(nora.field).to_be_focused()


@pytest.mark.parametrize("side", ["owner", "staff"])
async def test_shift_enter_begins_a_new_line_and_does_not_send(desktops: Desktops, world: World, side: str) -> None:
    """PPB-10: on both sides of the thread, where there is a keyboard."""
    window = await (olive_at_pixel if side == "owner" else nora_in_thread)(desktops, world, look=DESK)

    await window.field.press_sequentially("First line")
    await window.field.press("Shift+Enter")
    await window.field.press_sequentially("Second line")
    await expect(window.field).to_have_value("First line\nSecond line")
    assert [] == (await world.nora.thread(world.thread_id))["messages"]
    await window.field.press("Enter")

    await expect(window.receipt("Second line", "Sent")).to_be_visible()
    [stored] = (await world.nora.thread(world.thread_id))["messages"]
    assert "First line\nSecond line" == stored["body"]


async def test_letters_move_through_the_queue_and_act_on_the_thread(desktops: Desktops, world: World) -> None:
    """j and k choose, Enter opens, r replies, n notes, e ends, / searches, ? shows all of them."""
    await world.olive.post_text(world.thread_id, "From the Harts")
    await world.kim.post_text(world.other_thread_id, "From the Satos")
    nora = await desktops.open("/staff", person=world.nora)
    keys = nora.page.keyboard
    await expect(row_of(nora, "Hart")).to_be_visible()

    for key, family in (("j", "Sato"), ("j", "Hart"), ("k", "Sato"), ("j", "Hart")):
        await keys.press(key)
        await expect(row_of(nora, family)).to_be_focused()
    await keys.press("Enter")
    await expect(nora.message("From the Harts")).to_be_visible()
    await keys.press("r")
    await expect(nora.field).to_be_focused()
    await keys.type("jk")
    await expect(nora.field).to_have_value("jk")
    await keys.press("Escape")
    await keys.press("n")
    await expect(nora.page.get_by_role("textbox", name="Internal note")).to_be_focused()
    await keys.press("Escape")
    await keys.press("e")
    await expect(nora.button("Restart")).to_be_visible()
    await keys.press("/")
    await expect(nora.page.get_by_role("combobox", name="Search people")).to_be_focused()
    await keys.press("Escape")
    await expect(nora.page.get_by_role("combobox", name="Search people")).to_be_hidden()
    await keys.press("?")
    await expect(nora.page.get_by_role("dialog", name="Keyboard")).to_be_visible()


async def test_from_sign_in_to_the_sent_message_without_a_mouse(desktops: Desktops, world: World) -> None:
    """PPB-9: Tab and Enter alone lead through the address, the password, the queue and the text."""
    await world.olive.post_text(world.thread_id, "Is anybody there?")
    email = await give_password(world, world.nora)
    olive = await olive_at_pixel(desktops, world)
    nora = await desktops.open("/staff")
    keys = nora.page.keyboard
    await expect(nora.page.get_by_label("E-mail")).to_be_visible()

    await tab_to(nora, "E-mail")
    await keys.type(email)
    await tab_to(nora, "Password")
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await expect(row_of(nora, "Hart")).to_be_visible()
    await tab_to(nora, "Hart family")
    await keys.press("Enter")
    await expect(nora.message("Is anybody there?")).to_be_visible()
    await tab_to(nora, "Message to the Hart family")
    await keys.type("We are")
    await keys.press("Enter")

    await expect(olive.message("We are")).to_be_visible()
