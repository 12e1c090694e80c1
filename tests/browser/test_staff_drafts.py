"""What a staff member has begun to write goes with them from desk to desk (D16)."""

import pytest
from playwright.async_api import expect

from pawline.sign_in.tests.conftest import no_tries_yet
from tests.browser.axe import grave_findings
from tests.browser.people import messages_tab, nora_in_thread, row_of, second_browser
from tests.browser.test_front_desk import lock, nora_at_desk, require_locked, unlock
from tests.browser.windows import DESK, Desktops, Window
from tests.world import World

__all__ = ["no_tries_yet"]

pytestmark = pytest.mark.browser

BEGUN = "Half a sentence to the Harts"


async def elsewhere(desktops: Desktops, world: World, path: str) -> Window:
    """Nora at another computer."""
    nora = await second_browser(world, world.nora, kind="staff", device="Room two")
    return await desktops.open(path, person=nora, look=DESK)


async def begin(window: Window, words: str) -> None:
    """Until the server has it."""
    async with window.page.expect_response(lambda answer: answer.request.method == "PUT" and "/drafts" in answer.url):
        await window.field.fill(words)


async def test_begun_at_one_desk_it_is_there_at_another(desktops: Desktops, world: World) -> None:
    """D16: with "Draft" on its row, live, and gone from both once it is posted."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    queue = await elsewhere(desktops, world, "/staff")
    await expect(row_of(queue, "Hart")).to_be_visible()
    desk = await nora_in_thread(desktops, world)
    await begin(desk, BEGUN)
    await expect(row_of(queue, "Hart")).to_contain_text("Draft")
    await expect(row_of(queue, "Hart")).to_contain_text("Pixel is limping")
    assert [] == await grave_findings(queue.page)
    await row_of(queue, "Hart").click()
    await expect(queue.field).to_have_value(BEGUN)
    await queue.send_button.click()

    await expect(queue.message(BEGUN)).to_be_visible()
    await expect(desk.message(BEGUN)).to_be_visible()
    await expect(desk.field).to_have_value("")
    await desk.visit("/staff")
    await expect(row_of(desk, "Hart")).to_contain_text(BEGUN)
    await expect(row_of(desk, "Hart").get_by_text("Draft", exact=True)).to_have_count(0)
    assert [] == (await world.nora.get(f"/threads/{world.thread_id}/drafts")).json()


async def test_leaving_the_thread_keeps_it_at_once(desktops: Desktops, world: World) -> None:
    """D16: within the second in which one still types, and the row says so."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    desk = await nora_in_thread(desktops, world)
    await desk.field.fill(BEGUN)
    await messages_tab(desk).click()
    await expect(row_of(desk, "Hart")).to_contain_text("Draft")
    await row_of(desk, "Hart").click()

    await expect(desk.field).to_have_value(BEGUN)
    assert [BEGUN] == [each["body"] for each in (await world.nora.get(f"/threads/{world.thread_id}/drafts")).json()]


async def test_a_note_that_was_begun_shows_behind_the_reply(desktops: Desktops, world: World) -> None:
    """D16: whoever opens the thread because of its row finds what it speaks of."""
    body = {"place": "note", "body": "Ask for the lab"}
    assert 200 == (await world.nora.send("PUT", f"/threads/{world.thread_id}/drafts", body)).status_code
    desk = await nora_in_thread(desktops, world)
    await desk.button("Internal note · draft").click()

    await expect(desk.page.get_by_role("textbox", name="Internal note")).to_have_value("Ask for the lab")
    await expect(desk.page.get_by_text("· draft")).to_have_count(0)


async def test_words_that_are_being_written_are_never_written_over(desktops: Desktops, world: World) -> None:
    """D16: it says what was written elsewhere; either can be kept, and what was replaced comes back."""
    desk = await nora_in_thread(desktops, world)
    await begin(desk, BEGUN)
    room = await elsewhere(desktops, world, f"/staff/threads/{world.thread_id}")
    await expect(room.field).to_have_value(BEGUN)
    await begin(room, "Quite another sentence")
    notice = desk.page.get_by_role("note").filter(has_text="You also wrote something on another device")
    await expect(notice).to_contain_text("Quite another sentence")
    await expect(desk.field).to_have_value(BEGUN)
    assert [] == await grave_findings(desk.page)
    await notice.get_by_role("button", name="Use that").click()
    await expect(desk.field).to_have_value("Quite another sentence")
    await expect(notice).to_have_count(0)
    await room.page.get_by_role("log").click()
    await desk.button("Undo").click()

    await expect(desk.field).to_have_value(BEGUN)
    await expect(room.field).to_have_value(BEGUN)


async def test_what_is_written_without_a_network_is_kept_later(desktops: Desktops, world: World) -> None:
    """D16: on the device meanwhile."""
    desk = await nora_in_thread(desktops, world)
    desk.expect_error("ERR_INTERNET_DISCONNECTED")
    await desk.context.set_offline(True)
    await desk.field.fill(BEGUN)
    await expect(desk.page.get_by_text("No connection")).to_be_visible()
    async with desk.page.expect_response(lambda answer: answer.request.method == "PUT" and "/drafts" in answer.url):
        await desk.context.set_offline(False)
    room = await elsewhere(desktops, world, f"/staff/threads/{world.thread_id}")

    await expect(room.field).to_have_value(BEGUN)


async def test_locking_a_shared_desk_loses_nothing(desktops: Desktops, world: World) -> None:
    """D16: locked in mid-sentence, it is at the next desk, and there again after unlocking; nothing of it shows meanwhile."""
    desk = await nora_at_desk(desktops, world)
    await desk.field.fill(BEGUN)
    await lock(desk)
    room = await elsewhere(desktops, world, f"/staff/threads/{world.thread_id}")
    await expect(room.field).to_have_value(BEGUN)
    await begin(room, f"{BEGUN}, and more")
    await require_locked(desk)
    await unlock(desk.page)

    await expect(desk.field).to_have_value(f"{BEGUN}, and more")


async def test_signing_out_of_a_shared_desk_leaves_it_to_the_next_sign_in(desktops: Desktops, world: World) -> None:
    """D16: what the computer is cleared of is on the server."""
    desk = await nora_at_desk(desktops, world)
    await desk.field.fill(BEGUN)
    await desk.button("Nora Ames, your menu").click()
    await desk.page.get_by_role("menuitem", name="Sign out").click()
    await expect(desk.button("Sign in")).to_be_visible()
    room = await elsewhere(desktops, world, f"/staff/threads/{world.thread_id}")

    await expect(room.field).to_have_value(BEGUN)
