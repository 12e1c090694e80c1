"""What Olive writes without a network waits in the open, and goes out once and in order, whatever happens to her phone."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import FilePayload, expect
from sqlalchemy import update

from pawline.platform import clock
from pawline.practices.models import Clinic
from tests.browser.axe import grave_findings
from tests.browser.offline import POSTS, WAITING, another_page, bodies_of, olive_offline, stored_of
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import Desktops, Window
from tests.photos import make_jpeg
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.offline]

EMERGENCY = "+14155550199"
NOT_SENT = re.compile("Not sent|Waiting|Sending")
SLOW_LINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 20_000}


async def test_messages_in_the_outbox_outlive_the_app(desktops: Desktops, world: World) -> None:
    """The app is killed with three messages waiting, one with a photo, and opened again before the network is back."""
    olive = await olive_offline(desktops, world)
    await olive.write("First")
    await _choose(olive, make_jpeg(320, 240))
    await olive.write("Second")
    await olive.write("Third")
    await expect(olive.messages).to_have_count(3)
    await olive.page.close()

    olive = await another_page(olive)
    for text in ("First", "Second", "Third"):
        await expect(olive.message(text)).to_contain_text(WAITING)
    await expect(olive.message("Second").locator("img")).to_be_visible()
    assert ([], []) == (await stored_of(world), await grave_findings(olive.page))
    await olive.context.set_offline(offline=False)
    await expect(olive.receipt("Third", "Sent")).to_be_visible()

    assert [("First", 0), ("Second", 1), ("Third", 0)] == [
        (each["body"], len(each["attachments"])) for each in await stored_of(world)
    ]


async def test_without_a_network_there_is_what_was_read_begun_and_needed_most(desktops: Desktops, world: World) -> None:
    """Opened on a train: the thread, half a sentence, and the number for an emergency."""
    at = (Clinic.practice_id == UUID(world.practice_id), Clinic.id == UUID(world.clinic_id))
    async with world.product.database.transaction() as uow:
        await uow.execute(update(Clinic).where(*at).values(emergency_number=EMERGENCY))
    await world.nora.post_text(world.thread_id, "Pixel's results are in")
    olive = await olive_offline(desktops, world)
    await olive.field.fill("Half a sentence")
    await olive.page.close()

    olive = await another_page(olive)
    await expect(olive.message("Pixel's results are in")).to_be_visible()
    await expect(olive.field).to_have_value("Half a sentence")
    await olive.visit("/owner")

    call = olive.page.get_by_role("link", name=re.compile("^In an emergency"))
    await expect(call).to_have_attribute("href", f"tel:{EMERGENCY}")


@pytest.mark.parametrize("has_locks", [True, False])
async def test_two_tabs_send_one_outbox_once(desktops: Desktops, world: World, *, has_locks: bool) -> None:
    """Both tabs know what waits; one sends it, the other learns of it. Without locks (no https) nothing doubles either."""
    first = await olive_offline(desktops, world, script="" if has_locks else "delete Navigator.prototype.locks")
    posts: list[str] = []
    first.context.on("request", lambda request: posts.append(request.url) if _is_post(request.method, request.url) else None)
    await first.write("First")
    await first.write("Second")
    await expect(first.message("Second")).to_contain_text(WAITING)
    second = await another_page(first)
    await expect(second.message("Second")).to_contain_text(WAITING)
    await second.write("Third")
    await expect(second.message("Third")).to_contain_text(WAITING)
    posts.clear()
    await first.context.set_offline(offline=False)

    for tab in (first, second):
        await expect(tab.receipt("Third", "Sent")).to_be_visible()
        await expect(tab.messages).to_have_count(3)
        await expect(tab.log).not_to_contain_text(NOT_SENT)
    assert ["First", "Second", "Third"] == await bodies_of(world)
    assert not has_locks or 3 == len(posts)


async def test_an_upload_cut_in_the_middle_starts_again_by_itself(desktops: Desktops, world: World) -> None:
    """Airplane mode while a photo is on its way: progress gives way to words, and nothing written is lost."""
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    await olive.field.fill("The rash since Monday")
    line: Any = await olive.context.new_cdp_session(olive.page)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", SLOW_LINE)
    await _choose(olive, make_jpeg(1600, 1200))  # made smaller on the phone, it still takes this line a while
    await expect(olive.page.locator("progress[value]:not([value='0'])")).to_be_visible()

    await line.send("Network.emulateNetworkConditions", {**SLOW_LINE, "offline": True})
    await olive.context.set_offline(offline=True)
    await expect(olive.tray).to_contain_text(WAITING)
    await expect(olive.page.get_by_role("progressbar")).to_have_count(0)
    await expect(olive.field).to_have_value("The rash since Monday")
    await line.detach()
    await olive.context.set_offline(offline=False)
    await expect(olive.tray).not_to_contain_text(WAITING)
    await expect(olive.page.get_by_role("progressbar")).to_have_count(0)
    await olive.send_button.click()
    await expect(olive.receipt("The rash since Monday", "Sent")).to_be_visible()

    assert [1] == [len(each["attachments"]) for each in await stored_of(world)]


@pytest.mark.parametrize("days", [-1, 1])
async def test_a_wrong_clock_changes_neither_order_nor_times(desktops: Desktops, world: World, days: int) -> None:
    """The phone's clock is a day off; what it shows are the server's times."""
    olive = await olive_at_pixel(desktops, world)
    await olive.page.clock.install(time=clock.now() + timedelta(days=days))
    await olive.page.reload()

    await olive.write("Before")
    await expect(olive.receipt("Before", "Sent")).to_be_visible()
    await world.nora.post_text(world.thread_id, "Answer")
    await expect(olive.message("Answer")).to_be_visible()
    await olive.write("After")
    await expect(olive.receipt("After", "Sent")).to_be_visible()

    await expect(olive.log).to_contain_text("Today")
    await expect(olive.log).not_to_contain_text("Yesterday")
    stored = await stored_of(world)
    assert ["Before", "Answer", "After"] == [each["body"] for each in stored]
    shown = await olive.messages.locator("time").evaluate_all("(times) => times.map((time) => time.dateTime)")
    assert [_moment(each["created_at"]) for each in stored] == [_moment(each) for each in shown]
    await expect(olive.log).not_to_contain_text(NOT_SENT)


async def test_a_message_that_waits_is_changed_or_deleted(desktops: Desktops, world: World) -> None:
    """Edit puts the words, and the photo, back where they were written; Delete asks first."""
    olive = await olive_offline(desktops, world)
    await _choose(olive, make_jpeg(320, 240))
    await olive.write("Her left paw")
    await olive.write("Never mind")

    await expect(olive.message("Her left paw")).to_contain_text(WAITING)
    await olive.message("Her left paw").get_by_role("button", name="Edit").click()
    await expect(olive.field).to_have_value("Her left paw")
    await expect(olive.tray.get_by_role("listitem")).to_have_count(1)
    await olive.write("Her right paw")
    await olive.message("Never mind").get_by_role("button", name="Delete").click()
    dialog = olive.page.get_by_role("dialog", name="Delete this message?")
    await dialog.get_by_role("button", name="Keep it").click()
    await expect(olive.message("Never mind")).to_be_visible()
    await olive.message("Never mind").get_by_role("button", name="Delete").click()
    await dialog.get_by_role("button", name="Delete").click()
    await expect(olive.message("Never mind")).to_have_count(0)
    await olive.context.set_offline(offline=False)
    await expect(olive.receipt("Her right paw", "Sent")).to_be_visible()

    assert [("Her right paw", 1)] == [(each["body"], len(each["attachments"])) for each in await stored_of(world)]


@pytest.mark.parametrize("open_thread", [olive_at_pixel, nora_in_thread])
async def test_a_refused_message_says_why_and_is_changed(
    desktops: Desktops, world: World, open_thread: Callable[[Desktops, World], Awaitable[Window]]
) -> None:
    """Both sides: the server's reason, and three ways on."""
    window = await open_thread(desktops, world)
    window.expect_error("status of 422")
    problem = {"title": "Not right", "status": 422, "code": "invalid", "detail": "Please use fewer words."}
    await window.page.route(POSTS, lambda route: route.fulfill(status=422, json=problem), times=1)

    await window.write("Far too many words")
    refused = window.message("Far too many words")
    await expect(refused.get_by_role("alert")).to_contain_text("Not sent. Please use fewer words.")
    for name in ("Edit", "Try again", "Delete"):
        await expect(refused.get_by_role("button", name=name)).to_be_visible()
    await window.field.fill("By the way")
    await refused.get_by_role("button", name="Edit").click()
    await expect(window.field).to_have_value("Far too many words\nBy the way")
    await window.write("Few words")
    await expect(window.receipt("Few words", "Sent")).to_be_visible()

    assert ["Few words"] == await bodies_of(world)


async def _choose(window: Window, photo: bytes) -> None:
    await window.button("Add a photo").click()
    async with window.page.expect_file_chooser() as opening:
        await window.page.get_by_role("menuitem", name="Photos and videos").click()
    await (await opening.value).set_files([FilePayload(name="paw.jpg", mimeType="image/jpeg", buffer=photo)])
    await expect(window.tray.get_by_role("listitem")).to_have_count(1)


def _is_post(method: str, url: str) -> bool:
    return method == "POST" and POSTS.search(url) is not None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
