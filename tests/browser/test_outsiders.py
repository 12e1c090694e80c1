"""People who may not see the Hart family's thread, and people who may no longer."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.people import nora_in_thread, olive_at_pixel, second_browser
from tests.browser.windows import Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser

SECRET = "Pixel must not eat before Thursday"
LEAVES_WITHIN_MS = 5_000


@pytest.mark.parametrize(("app", "heading"), [("staff", "Sign in to the inbox"), ("owner", "Message your vet")])
async def test_signed_out_a_thread_shows_the_sign_in_page(desktops: Desktops, world: World, app: str, heading: str) -> None:
    """And nothing of the thread."""
    await world.nora.post_text(world.thread_id, SECRET)

    window = await desktops.open(f"/{app}/threads/{world.thread_id}")

    await expect(window.heading(heading)).to_be_visible()
    await _expect_no_trace(window)


@pytest.mark.parametrize(
    ("outsider", "words"),
    [
        ("kim", "These messages could not be loaded"),
        ("rolf", "These messages could not be loaded"),
        ("otto", "Message your vet"),  # a contact of the third kind has no app to be signed in to
        ("rita", "These messages could not be loaded"),
        ("hal", "These messages could not be loaded"),
        ("toby", "This family is no longer on your schedule"),
    ],
)
async def test_an_outsider_meets_a_calm_page_without_data(desktops: Desktops, world: World, outsider: str, words: str) -> None:
    """PPB-11, PPB-12: another family's contact, another practice, another clinic, a role without the inbox."""
    await world.nora.post_text(world.thread_id, SECRET)
    person = world.callers[outsider]
    answer, of_nothing = await person.get(f"/threads/{world.thread_id}"), await person.get(f"/threads/{uuid4()}")
    assert answer.status_code in (403, 404), "an outsider"
    assert of_nothing.text == answer.text

    window = await desktops.open("/" + person.app, person=person)
    window.expect_error("status of 404")
    await window.visit(f"/{person.app}/threads/{world.thread_id}")

    await expect(window.page.get_by_text(words, exact=True)).to_be_visible()
    await expect(window.field).to_have_count(0)
    await _expect_no_trace(window)


async def test_a_nurse_signed_out_elsewhere_leaves_the_open_thread_within_seconds(desktops: Desktops, world: World) -> None:
    """She lost the laptop, and ends its session from the desk."""
    await world.olive.post_text(world.thread_id, SECRET)
    laptop = await nora_in_thread(desktops, world)
    await expect(laptop.message(SECRET)).to_be_visible()
    at_desk = await second_browser(world, world.nora, kind="staff", device="Desk")
    desk = await desktops.open("/staff/devices", person=at_desk)
    laptop.expect_error("status of 404|WebSocket")

    await desk.page.get_by_role("listitem").filter(has_not_text="this device").get_by_role("button", name="Sign out").click()

    await expect(laptop.heading("Sign in to the inbox")).to_be_visible(timeout=LEAVES_WITHIN_MS)
    await _expect_no_trace(laptop)


async def test_an_owner_signed_out_elsewhere_leaves_the_open_thread_within_seconds(desktops: Desktops, world: World) -> None:
    """The tablet in the living room, signed out from the phone."""
    await world.nora.post_text(world.thread_id, SECRET)
    tablet = await olive_at_pixel(desktops, world)
    await expect(tablet.message(SECRET)).to_be_visible()
    phone = await desktops.open("/owner/you", person=await second_browser(world, world.olive, kind="contact", device="Phone"))
    tablet.expect_error("status of 404|WebSocket")

    await phone.page.get_by_role("listitem").get_by_role("button", name="Sign out").click()

    await expect(tablet.heading("Message your vet")).to_be_visible(timeout=LEAVES_WITHIN_MS)
    await _expect_no_trace(tablet)


async def _expect_no_trace(window: Window) -> None:
    for word in (SECRET, "Pixel", "Hart"):
        await expect(window.page.locator("body")).not_to_contain_text(word)
