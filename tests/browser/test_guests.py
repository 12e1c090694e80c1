"""Whoever has only texted so far, in the app: what was texted is there, and the way to writing is, too."""

import pytest
from playwright.async_api import expect

from pawline.joining.tests.conftest import no_sign_ups_yet, texted_code
from pawline.sign_in.tests.conftest import no_tries_yet
from tests.browser.axe import grave_findings
from tests.browser.texts import carry
from tests.browser.windows import DARK_LAPTOP, PHONE, Desktops, Look
from tests.texting_scene import UNKNOWN, Texting
from tests.world import World

__all__ = ["no_sign_ups_yet", "no_tries_yet"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", [PHONE, DARK_LAPTOP], ids=["phone", "dark"])
async def test_a_guest_who_signs_in_by_text_finds_the_way_to_writing(
    desktops: Desktops, world: World, texting: Texting, look: Look
) -> None:
    """PA-16, PA-17: nothing says that a clinic which never treated a pet of theirs no longer does."""
    await texting.receive("Biscuit ate a sock", from_=UNKNOWN)
    june = await desktops.open("/owner", look=look)
    await june.page.get_by_label("E-mail or mobile number").fill("(415) 555-0134")
    await june.button("Send me a code").click()
    await carry(texting)
    await june.page.get_by_label("6-digit code").fill(await texted_code(texting, UNKNOWN))
    await expect(june.heading("My pets")).to_be_visible()
    thread_id = (await texting.thread_of(UNKNOWN))["thread_id"]
    await june.visit(f"/owner/threads/{thread_id}")
    chat = june.page.get_by_role("region", name="Conversation")
    await expect(june.message("Biscuit ate a sock")).to_be_visible()
    await expect(chat).to_contain_text("To write to Hill Street here, add your pet and connect it.")
    await expect(chat).not_to_contain_text("no longer")
    await expect(chat.get_by_role("link", name="Call +1 212-555-0142")).to_be_visible()
    found = await grave_findings(june.page)
    await chat.get_by_role("button", name="Add a pet").click()
    await june.page.get_by_label("Name", exact=True).fill("Biscuit")
    await june.page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()
    await chat.get_by_role("button", name="Connect Biscuit").click()
    await expect(chat).to_contain_text("Hill Street has been asked to look after your pet.")
    found += await grave_findings(june.page)
    [connection] = (await world.nora.get(f"/threads/{thread_id}")).json()["connections"]
    accepted = await world.nora.send("POST", f"/connections/{connection['id']}/accept")

    assert accepted.status_code in (200, 201), accepted.text
    await expect(june.button("Read it now")).to_be_visible()
    assert [] == found
