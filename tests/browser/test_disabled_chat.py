"""Settings > Chat: for whom chat is, for whom it is disabled, what they see of it, and how old an app may be."""

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from pawline.starting.tests.test_chat import join_app
from pawline.texting.tests.number_scene import NumberScene
from tests.browser.axe import grave_findings
from tests.browser.offline import POSTS, WAITING, bodies_of
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.settings_page import section, settings_of
from tests.browser.windows import Desktops
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(world: World) -> NumberScene:
    return NumberScene(world)


async def test_chat_is_disabled_for_one_client_who_is_told_at_once(desktops: Desktops, scene: NumberScene) -> None:
    """V2P-45, V2P-46: the history stays, the numbers to call take the place of the composer; enabling brings it back."""
    world = scene.world
    await _set_numbers(world)
    await world.nora.post_text(world.thread_id, "Bring her in")
    olive = await olive_at_pixel(desktops, world)
    ada = await settings_of(desktops, scene, person=world.ada)
    chat = section(ada, "Chat")
    await expect(chat).to_contain_text("Chat is disabled for nobody")

    await chat.get_by_role("button", name="Choose a client to disable chat for").click()
    dialog = ada.page.get_by_role("dialog", name="Disable chat for user")
    await dialog.get_by_role("searchbox").fill("olive")
    await expect(dialog.get_by_role("listitem")).to_have_count(1)
    assert [] == await grave_findings(ada.page)
    await dialog.get_by_role("button", name="Disable chat for Olive Hart").click()
    await expect(chat.get_by_role("listitem")).to_contain_text("by Ada Lind")

    await expect(olive.page.get_by_text("Northside Veterinary has switched chat off for you")).to_be_visible()
    await expect(olive.field).to_have_count(0)
    await expect(olive.message("Bring her in")).to_be_visible()
    numbers = [await link.get_attribute("href") for link in await olive.page.locator(".foot").get_by_role("link").all()]
    assert ["tel:+13155550199", "tel:+13155550100"] == numbers
    assert [] == await grave_findings(olive.page)

    await chat.get_by_role("link", name="Olive Hart").click()
    await expect(ada.page.get_by_role("note", name="Chat")).to_contain_text("Chat is disabled for this client, by Ada Lind")
    await ada.page.get_by_role("link", name="Settings > Chat > Disable chat for user").click()
    await chat.get_by_role("button", name="Enable chat for Olive Hart").click()
    await expect(olive.field).to_be_visible()
    await expect(chat).to_contain_text("Chat is disabled for nobody")


async def test_chat_is_for_chosen_clients_and_the_others_are_told_at_once(desktops: Desktops, scene: NumberScene) -> None:
    """V2P+12: confirmed with how many are kept from writing; history and numbers stay; what waits in a phone is not lost."""
    world = scene.world
    await _set_numbers(world)
    await join_app(world, world.olive, world.omar)
    await world.nora.post_text(world.thread_id, "Bring her in")
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("ERR_FAILED|status of 403")
    await olive.page.route(POSTS, lambda route: route.abort())
    await olive.write("Is four o'clock fine?")
    await expect(olive.message("Is four o'clock fine?")).to_contain_text(WAITING)
    ada = await settings_of(desktops, scene, person=world.ada)
    chat = section(ada, "Chat")
    only_chosen, everybody = (chat.get_by_role("radio", name=name) for name in ("Only clients you choose", "All app users"))

    await only_chosen.check()
    dialog = ada.page.get_by_role("dialog", name="Chat with chosen clients only?")
    await expect(dialog).to_contain_text("2 clients who use the app will no longer be able to write")
    assert [] == await grave_findings(ada.page)
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(everybody).to_be_checked()
    await only_chosen.check()
    await dialog.get_by_role("button", name="Only chosen clients").click()

    await expect(olive.page.get_by_text("Hill Street chats in the app with some of its clients only")).to_be_visible()
    await expect(olive.field).to_have_count(0)
    await expect(olive.message("Bring her in")).to_be_visible()
    numbers = [await link.get_attribute("href") for link in await olive.page.locator(".foot").get_by_role("link").all()]
    assert ["tel:+13155550199", "tel:+13155550100"] == numbers
    await olive.page.unroute(POSTS)
    refused = olive.message("Is four o'clock fine?").get_by_role("alert")
    await expect(refused).to_contain_text("Not sent. Hill Street chats in the app with some of its clients only.", timeout=60_000)

    await chat.get_by_role("button", name="Choose a client to chat with").click()
    dialog = ada.page.get_by_role("dialog", name="Chosen clients")
    await dialog.get_by_role("searchbox").fill("olive")
    await dialog.get_by_role("button", name="Choose Olive Hart").click()
    await expect(olive.field).to_be_visible()
    await olive.message("Is four o'clock fine?").get_by_role("button", name="Try again").click()
    await expect(olive.receipt("Is four o'clock fine?", "Sent")).to_be_visible()
    assert ["Bring her in", "Is four o'clock fine?"] == await bodies_of(world)

    await chat.get_by_role("button", name="Remove Olive Hart").click()
    await expect(olive.field).to_have_count(0)
    assert [] == await grave_findings(olive.page)
    await everybody.check()
    await expect(olive.field).to_be_visible()


async def test_chat_is_switched_off_and_both_sides_are_told_at_once(desktops: Desktops, scene: NumberScene) -> None:
    """V2P-18: what was written stays on both sides, with whom to call for Olive and a way by text for Nora."""
    world = scene.world
    await _set_numbers(world)
    await join_app(world, world.olive, world.omar)
    await world.nora.post_text(world.thread_id, "Bring her in")
    olive = await olive_at_pixel(desktops, world)
    ada = await settings_of(desktops, scene, person=world.ada)
    information = section(ada, "Clinic information")
    await information.get_by_role("switch", name="App chat").click()
    await information.get_by_role("button", name="Save").click()

    await expect(olive.page.get_by_text("Hill Street has switched off its chat in the app.")).to_be_visible()
    await expect(olive.field).to_have_count(0)
    await expect(olive.message("Bring her in")).to_be_visible()
    numbers = [await link.get_attribute("href") for link in await olive.page.locator(".foot").get_by_role("link").all()]
    nora = await nora_in_thread(desktops, world)
    notice = nora.page.get_by_role("note").filter(has_text="Chat not available")
    await expect(notice).to_contain_text("App chat is switched off at this clinic")
    assert ["tel:+13155550199", "tel:+13155550100"] == numbers
    assert [] == await grave_findings(olive.page) + await grave_findings(nora.page)

    await information.get_by_role("switch", name="App chat").click()
    await information.get_by_role("button", name="Save").click()
    await expect(olive.field).to_be_visible()
    await nora.page.reload()
    await expect(nora.field).to_be_visible()
    await expect(notice).to_have_count(0)


async def test_the_version_that_clients_need_is_chosen(desktops: Desktops, scene: NumberScene) -> None:
    """D14, V2P-44"""
    ada = await settings_of(desktops, scene, person=scene.world.ada)
    needed = section(ada, "Chat").get_by_label("App version that clients need")
    await expect(needed).to_have_value("0")

    await needed.select_option("The latest version (1)")
    await expect(ada.page.get_by_text("Chat settings are saved")).to_be_visible()

    assert 1 == (await scene.page())["clinic"]["min_client_version"]


async def test_nora_reads_why_nothing_can_be_sent_in_the_app_and_where_to_go_instead(desktops: Desktops, world: World) -> None:
    """V2P-45 and V2P-47: in a thread that is there already; a note is still saved, and a text is offered."""
    await world.olive.post_text(world.thread_id, "About her paw")
    for person in (world.olive, world.omar):
        assert (await world.ada.send("PUT", f"/contacts/{person.id}/disabled-chat")).is_success
    nora = await nora_in_thread(desktops, world)
    notice = nora.page.get_by_role("note").filter(has_text="Chat not available")
    await expect(notice).to_contain_text("Chat has been disabled for this specific client in Settings > Chat")
    await nora.field.fill("Bring her in")
    await expect(nora.page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    findings = await grave_findings(nora.page)
    await notice.get_by_role("button", name="Text instead").click()
    await expect(nora.page.get_by_role("dialog", name="Start New Conversation")).to_be_visible()
    await nora.page.keyboard.press("Escape")
    await nora.button("Internal note").click()

    await expect(notice).to_have_count(0)
    assert [] == findings


async def _set_numbers(world: World) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(
            text("UPDATE clinic SET phone = '+13155550100', emergency_number = '+13155550199' WHERE practice_id = :id"),
            {"id": world.practice_id},
        )
