"""How a pet stands with a clinic, shown, answered and ended on both sides, live."""

import pytest
from playwright.async_api import Locator, expect

from pawline.vets.tests.conftest import keyed
from tests.browser.axe import grave_findings
from tests.browser.offline import WAITING, olive_offline
from tests.browser.people import add_pet, nora_in_thread, olive_at_pixel
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser


def family_of(window: Window) -> Locator:
    return window.page.get_by_role("complementary", name="Family")


async def require_no_scrolling_sideways(window: Window) -> None:
    assert await window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def show_panel(window: Window) -> None:
    """On narrow screens the family is behind a button."""
    if not await family_of(window).is_visible():
        await window.button("Family details").click()


async def end_pixel(window: Window, family: Locator) -> None:
    await family.get_by_role("button", name="About Pixel", exact=True).click()
    await window.button("End connection").click()
    question = window.page.get_by_role("dialog", name="End the connection of Pixel with Hill Street?")
    await expect(question).to_contain_text("Everything that was written stays readable")
    assert [] == await grave_findings(window.page)
    await question.get_by_role("button", name="End connection").click()
    await expect(window.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
async def test_the_team_answers_and_ends_beside_the_conversation(desktops: Desktops, world: World, look: Look) -> None:
    """AL-10, AL-16, AL-17, AL-20: a pet that waits, is declined or was ended does not look like one that is treated."""
    nora = await nora_in_thread(desktops, world, look=look)
    await show_panel(nora)
    family = family_of(nora)
    biscuit = (await keyed(world.olive, "/family/pets", {"name": "Biscuit", "species": "dog"})).json()["id"]
    await expect(family).to_contain_text("Not treated here")
    await world.olive.send("PUT", f"/pets/{biscuit}/connections/{world.clinic_id}")
    await expect(family).to_contain_text("Waits for your answer since")
    assert [] == await grave_findings(nora.page)
    await family.get_by_role("button", name="Decline Biscuit").click()
    await expect(family).to_contain_text("Declined on")
    await family.get_by_role("button", name="Connect Biscuit").click()
    await expect(family.get_by_role("button", name="Connect Biscuit")).to_have_count(0)
    await end_pixel(nora, family)

    await expect(family).to_contain_text("No longer treated here, ended by Nora Ames on")
    await expect(family.get_by_role("button", name="Connect Pixel")).to_be_visible()
    await require_no_scrolling_sideways(nora)
    assert [] == await grave_findings(nora.page)


async def test_after_the_last_end_both_read_and_neither_writes(desktops: Desktops, world: World) -> None:
    """AL-10, AL-17, AL-52: on both open screens at once, and taken back the same way."""
    await world.nora.post_text(world.thread_id, "Pixel can go home")
    nora, olive = await nora_in_thread(desktops, world), await olive_at_pixel(desktops, world)
    await end_pixel(nora, family_of(nora))

    await expect(olive.page.get_by_text("Hill Street no longer looks after a pet of yours here.")).to_be_visible()
    await expect(olive.field).to_have_count(0)
    await expect(olive.message("Pixel can go home")).to_be_visible()
    await expect(nora.page.get_by_role("note")).to_contain_text("No pet of this family is treated at this clinic")
    assert [] == await grave_findings(olive.page) + await grave_findings(nora.page)
    await olive.visit("/owner")
    card = olive.page.get_by_role("article", name="Pixel")
    await expect(card).to_contain_text("Not connected to Hill Street any more.")
    await card.get_by_role("button", name="Read messages about Pixel").click()
    await expect(olive.message("Pixel can go home")).to_be_visible()
    await family_of(nora).get_by_role("button", name="Connect Pixel").click()
    await olive.write("We are back")
    await expect(nora.message("We are back")).to_be_visible()
    await expect(nora.page.get_by_role("note")).to_have_count(0)


@pytest.mark.parametrize("look", [PHONE, DARK_LAPTOP], ids=["phone", "dark"])
async def test_an_owner_leaves_a_clinic_at_the_pets_card(desktops: Desktops, world: World, look: Look) -> None:
    """AL-17, AL-20: the question says what stays; the team reads who ended it, and cannot undo it alone."""
    nora = await nora_in_thread(desktops, world)
    olive = await desktops.open("/owner", person=world.olive, look=look)
    card = olive.page.get_by_role("article", name="Pixel")
    await card.get_by_role("button", name="About Pixel", exact=True).click()
    assert [] == await grave_findings(olive.page)
    await olive.button("Disconnect from Hill Street").click()
    question = olive.page.get_by_role("dialog", name="Disconnect Pixel from Hill Street?")
    await expect(question).to_contain_text("Messages and pictures stay readable, for you and for them.")
    assert [] == await grave_findings(olive.page)
    await require_no_scrolling_sideways(olive)
    await question.get_by_role("button", name="Stay connected").click()
    await expect(card).to_contain_text("Hill Street · connected")
    await olive.button("Disconnect from Hill Street").click()
    await question.get_by_role("button", name="Disconnect", exact=True).click()

    await expect(card).to_contain_text("Not connected to Hill Street any more.")
    await expect(olive.button("Connect to Vet for Pixel")).to_be_visible()
    assert [] == await grave_findings(olive.page)
    await expect(family_of(nora)).to_contain_text("ended by Olive Hart on")
    await expect(family_of(nora)).to_contain_text("Only the family can ask again")
    await expect(family_of(nora).get_by_role("button", name="Connect Pixel")).to_have_count(0)


@pytest.mark.offline
async def test_what_waited_about_a_pet_that_was_ended_meanwhile_is_not_lost(desktops: Desktops, world: World) -> None:
    """AL-16, AL-20: refused in words; taken up again it goes out about another pet, or none."""
    misty = await add_pet(world, "Misty")
    olive = await olive_offline(desktops, world)
    olive.expect_error("409")
    await olive.write("Is she better?")
    await expect(olive.message("Is she better?")).to_contain_text(WAITING)
    ended = await world.nora.send("POST", f"/pets/{world.pixel_id}/connections/{world.clinic_id}/end")
    await olive.context.set_offline(offline=False)
    refused = olive.message("Is she better?")
    await expect(refused).to_contain_text("Pixel is not connected to Hill Street. Choose another pet or none")
    await refused.get_by_role("button", name="Edit").click()
    await expect(olive.field).to_have_value("Is she better?")
    await olive.button("about no pet in particular").click()
    await olive.page.get_by_role("menuitem", name="Misty").click()
    await olive.send_button.click()
    await expect(olive.receipt("Is she better?", "Sent")).to_be_visible()
    stored = (await world.nora.thread(world.thread_id))["messages"][-1]

    assert (204, "Is she better?", [misty]) == (ended.status_code, stored["body"], stored["pet_ids"])


@pytest.mark.offline
async def test_what_waited_for_a_clinic_that_ended_everything_can_be_copied(desktops: Desktops, world: World) -> None:
    """AL-10: where nothing can be written any more the words stay at hand."""
    olive = await olive_offline(desktops, world)
    olive.expect_error("403")
    await olive.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await olive.write("Where do I get her records?")
    await world.nora.send("POST", f"/pets/{world.pixel_id}/connections/{world.clinic_id}/end")
    await olive.context.set_offline(offline=False)
    refused = olive.message("Where do I get her records?")
    await expect(refused).to_contain_text("None of your pets is connected to this clinic any more")
    await expect(refused.get_by_role("button", name="Edit")).to_have_count(0)
    await refused.get_by_role("button", name="Copy").click()

    assert "Where do I get her records?" == await olive.page.evaluate("navigator.clipboard.readText()")
