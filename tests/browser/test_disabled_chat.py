"""Settings > Chat: for whom chat is disabled, what they see of it, and how old an app may be."""

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from pawline.texting.tests.number_scene import NumberScene
from tests.browser.axe import grave_findings
from tests.browser.people import olive_at_pixel
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

    await chat.get_by_role("button", name="Choose a client").click()
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


async def test_the_version_that_clients_need_is_chosen(desktops: Desktops, scene: NumberScene) -> None:
    """D14, V2P-44"""
    ada = await settings_of(desktops, scene, person=scene.world.ada)
    needed = section(ada, "Chat").get_by_label("App version that clients need")
    await expect(needed).to_have_value("0")

    await needed.select_option("The latest version (1)")
    await expect(ada.page.get_by_text("Chat settings are saved")).to_be_visible()

    assert 1 == (await scene.page())["clinic"]["min_client_version"]


async def _set_numbers(world: World) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(
            text("UPDATE clinic SET phone = '+13155550100', emergency_number = '+13155550199' WHERE practice_id = :id"),
            {"id": world.practice_id},
        )
