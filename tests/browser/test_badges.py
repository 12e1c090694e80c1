"""What is unread: numbers for owners, dots for staff."""

import asyncio
import re
from itertools import count
from uuid import uuid4

import pytest
from playwright.async_api import Route, expect

from tests.browser.people import add_pet, messages_tab, row_of
from tests.browser.windows import DESK, PHONE, Desktops, box_of, colour_behind
from tests.world import World

pytestmark = pytest.mark.browser


async def test_the_badge_counts_up_and_clears_when_the_owner_reads(desktops: Desktops, world: World) -> None:
    """AL-48, AL-49, AL-50: on Pixel's button, live, as a number in red; gone after reading."""
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    button = olive.button("Message Vet about Pixel")
    await expect(button).to_be_visible()
    await expect(button).not_to_contain_text("unread")

    await world.nora.post_text(world.thread_id, "Results are in", pet_ids=[world.pixel_id])
    await expect(button).to_contain_text("1 unread message")
    await world.vane.post_text(world.thread_id, "And they are fine", pet_ids=[world.pixel_id])
    await expect(button).to_contain_text("2 unread messages")

    red, green, blue = await colour_behind(button.get_by_text("2", exact=True))
    assert red > 180
    assert max(green, blue) < 110
    await button.click()
    await expect(olive.message("And they are fine")).to_be_visible()
    await olive.button("Back").click()
    await expect(button).to_be_visible()
    await expect(button).not_to_contain_text("unread")


@pytest.mark.parametrize("side", ["owner", "staff"])
async def test_what_arrives_while_the_list_loads_counts(desktops: Desktops, world: World, side: str) -> None:
    """AL-48, PPB-18: the answer was put together before the message came, and arrives after its live frame."""
    is_owner = side == "owner"
    window = await desktops.open("about:blank", person=world.olive if is_owner else world.nora, look=PHONE if is_owner else DESK)
    author = world.nora if is_owner else world.olive
    await author.post_text(world.thread_id, "Before", pet_ids=[world.pixel_id])
    has_frame, answers = asyncio.Event(), count(1)
    window.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: _note(frame, has_frame)))

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        if next(answers) == 2:  # the first shows the list, the second follows the opened socket
            await author.post_text(world.thread_id, "Meanwhile", pet_ids=[world.pixel_id])
            await has_frame.wait()
        await route.fulfill(response=answer)

    await window.page.route(re.compile(r"/api/v1/(pets|inbox)(\?|$)"), answer_late)
    await window.visit(f"/{side}")

    place = window.button("Message Vet about Pixel") if is_owner else row_of(window, "Hart")
    await expect(place).to_contain_text("2 unread")
    await window.page.unroute_all(behavior="wait")


async def test_a_badge_belongs_to_one_pet(desktops: Desktops, world: World) -> None:
    """AL-51, C2: about Misty the cat raises none on Pixel; about no pet counts on the thread alone."""
    misty = await add_pet(world, "Misty")
    await world.nora.post_text(world.thread_id, "Misty may eat again", pet_ids=[misty])
    await world.nora.post_text(world.thread_id, "We close at noon on Friday")
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)

    await expect(olive.button("Message Vet about Misty")).to_contain_text("1 unread message")
    await expect(olive.button("Message Vet about Pixel")).not_to_contain_text("unread")
    await expect(olive.button("All messages")).to_contain_text("1 unread message")


async def test_what_no_button_shows_counts_on_the_messages_tab(desktops: Desktops, world: World) -> None:
    """AL-48, AL-49, C2: about Biscuit, whose card leads to no clinic yet; all that is unread is counted somewhere."""
    headers = {"Idempotency-Key": str(uuid4())}
    added = await world.olive.send("POST", "/family/pets", {"name": "Biscuit", "species": "dog"}, headers=headers)
    assert 201 == added.status_code, added.text
    await world.nora.post_text(world.thread_id, "We can see Biscuit, too", pet_ids=[added.json()["id"]])
    await world.nora.post_text(world.thread_id, "We close at noon on Friday")
    await world.nora.post_text(world.thread_id, "Pixel may eat again", pet_ids=[world.pixel_id])
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    tab = olive.page.get_by_role("navigation", name="Main").get_by_role("button", name="Messages")

    await expect(olive.button("Message Vet about Pixel")).to_contain_text("1 unread message")
    for place in (olive.button("All messages"), tab):
        await expect(place).to_contain_text("2 unread messages")
    await expect(olive.page).to_have_title(re.compile(r"^\(3\)"))
    await tab.click()
    row = olive.page.get_by_role("listitem").get_by_role("button", name="Hill Street")
    await expect(row).to_contain_text("2 unread messages")
    await row.click()
    await expect(olive.message("We can see Biscuit, too")).to_be_visible()
    await olive.button("Back").click()
    await expect(row).not_to_contain_text("unread")
    await expect(tab).not_to_contain_text("unread")


async def test_a_red_dot_on_the_tab_and_on_the_thread(desktops: Desktops, world: World) -> None:
    """PPB-18, PPB-19, C2: both come with a family's answer and go when Nora reads it."""
    nora = await desktops.open("/staff", person=world.nora)
    await expect(nora.heading("Inbox")).to_be_visible()
    await expect(messages_tab(nora)).not_to_contain_text("unread")

    await world.olive.post_text(world.thread_id, "She is better")

    await expect(messages_tab(nora)).to_contain_text("1 unread")
    await expect(row_of(nora, "Hart")).to_contain_text("1 unread")
    for place in (messages_tab(nora), row_of(nora, "Hart")):
        red, green, blue = await colour_behind(place.locator(".dot"))
        assert red > 180
        assert max(green, blue) < 110
    await row_of(nora, "Hart").click()
    await expect(nora.message("She is better")).to_be_visible()
    await expect(messages_tab(nora)).not_to_contain_text("unread")
    await expect(row_of(nora, "Hart")).not_to_contain_text("unread")


async def test_the_dot_stays_while_something_is_handed_over(desktops: Desktops, world: World) -> None:
    """PPB-18: a number says how many wait to be taken, the dot beside it that a family has written."""
    await world.kim.post_text(world.other_thread_id, "About Mochi")
    [conversation] = (await world.vane.thread(world.other_thread_id))["conversations"]
    place = f"/threads/{world.other_thread_id}/conversations/{conversation['id']}/hand-off"
    body = {"seen_revision": conversation["revision"], "staff_id": world.nora.id, "note": "Please call her"}
    handed = await world.vane.send("POST", place, body, headers={"Idempotency-Key": str(uuid4())})
    assert 200 == handed.status_code, handed.text
    await world.nora.read_up_to(world.other_thread_id, (await world.nora.thread(world.other_thread_id))["last_seq"])
    nora = await desktops.open("/staff", person=world.nora)
    tab = messages_tab(nora)
    dot = tab.locator(".dot")
    await expect(tab).to_contain_text("1 handed to you")
    await expect(dot).to_have_count(0)

    await world.olive.post_text(world.thread_id, "She is better")

    await expect(tab).to_contain_text("1 unread")
    await expect(dot).to_be_visible()
    number = tab.get_by_text("1", exact=True)
    await expect(number).to_be_visible()
    left, right = await box_of(dot), await box_of(number)
    assert left["x"] + left["width"] <= right["x"]


async def test_a_colleague_reading_leaves_it_unread_for_me(desktops: Desktops, world: World) -> None:
    """PPB-21: Dr Vane reads on his screen; Nora's dots stay."""
    nora = await desktops.open("/staff", person=world.nora)
    vane = await desktops.open("/staff", person=world.vane)
    message = await world.olive.post_text(world.thread_id, "For whoever is there")

    await row_of(vane, "Hart").click()
    await expect(row_of(vane, "Hart")).not_to_contain_text("unread")

    marks = (await world.nora.thread(world.thread_id))["read_marks"]
    assert [message["seq"]] == [mark["up_to_seq"] for mark in marks if mark["person_id"] == world.vane.id]
    await expect(row_of(nora, "Hart")).to_contain_text("1 unread")
    await expect(messages_tab(nora)).to_contain_text("1 unread")


async def test_the_thread_with_the_newest_message_is_on_top(desktops: Desktops, world: World) -> None:
    """PPB-20: and climbs there by itself."""
    await world.olive.post_text(world.thread_id, "First the Harts")
    await world.kim.post_text(world.other_thread_id, "Then the Satos")
    nora = await desktops.open("/staff", person=world.nora)
    rows = nora.page.get_by_role("region", name="Queue").get_by_role("listitem")
    await expect(rows.first).to_contain_text("Sato")

    await world.olive.post_text(world.thread_id, "And the Harts again")

    await expect(rows.first).to_contain_text("Hart")
    await expect(rows.nth(1)).to_contain_text("Sato")


async def test_the_messages_tab_is_at_the_left(desktops: Desktops, world: World) -> None:
    """PPB-3"""
    nora = await desktops.open("/staff", person=world.nora)

    tab = await box_of(messages_tab(nora))

    assert tab["x"] + tab["width"] < 160
    await expect(messages_tab(nora)).to_have_attribute("aria-current", "page")


def _note(frame: str | bytes, has_frame: asyncio.Event) -> None:
    if "Meanwhile" in str(frame):
        has_frame.set()
