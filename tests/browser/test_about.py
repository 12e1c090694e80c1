"""Which pet a message of the family is about, where there are several."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.offline import WAITING, olive_offline, stored_of
from tests.browser.people import add_pet, nora_in_thread
from tests.browser.windows import PHONE, Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser


async def from_the_messages_tab(desktops: Desktops, world: World) -> Window:
    olive = await desktops.open("/owner/messages", person=world.olive, look=PHONE)
    await olive.page.get_by_role("listitem").get_by_role("button", name="Hill Street").click()
    await expect(olive.field).to_be_visible()
    return olive


async def tags_of(world: World) -> dict[str, list[str]]:
    return {message["body"]: message["pet_ids"] for message in (await world.nora.thread(world.thread_id))["messages"]}


async def test_an_answer_is_about_the_pet_of_what_it_answers(desktops: Desktops, world: World) -> None:
    """D15: the header says so, and the team's next answer takes it up in turn."""
    misty = await add_pet(world, "Misty")
    await world.nora.post_text(world.thread_id, "Does Misty eat?", pet_ids=[misty])
    nora = await nora_in_thread(desktops, world)
    olive = await from_the_messages_tab(desktops, world)

    await expect(olive.button("about Misty")).to_be_visible()
    await olive.write("A little")
    await expect(nora.message("A little")).to_be_visible()
    await nora.write("Good")
    await expect(olive.message("Good")).to_be_visible()

    assert {"Does Misty eat?": [misty], "A little": [misty], "Good": [misty]} == await tags_of(world)


async def test_an_answer_to_a_message_about_two_is_about_both(desktops: Desktops, world: World) -> None:
    """D15: and both are marked in the menu, from which one of them, or none, is chosen."""
    misty = await add_pet(world, "Misty")
    await world.nora.post_text(world.thread_id, "Both are due", pet_ids=[world.pixel_id, misty])
    olive = await from_the_messages_tab(desktops, world)
    await olive.write("We come on Friday")
    await expect(olive.receipt("We come on Friday", "Sent")).to_be_visible()
    await olive.button("about Pixel, Misty").click()
    await expect(olive.page.get_by_role("menuitem", name="chosen")).to_have_text(["Pixel", "Misty"])
    assert [] == await grave_findings(olive.page)
    await olive.page.get_by_role("menuitem", name="No pet in particular").click()
    await expect(olive.button("about no pet in particular")).to_be_visible()
    await olive.page.reload()
    await expect(olive.button("about no pet in particular")).to_be_visible()
    await olive.write("When do you close?")
    await expect(olive.receipt("When do you close?", "Sent")).to_be_visible()

    tags = await tags_of(world)
    assert ({world.pixel_id, misty}, []) == (set(tags["We come on Friday"]), tags["When do you close?"])


async def test_what_arrives_while_she_writes_does_not_change_what_it_is_about(desktops: Desktops, world: World) -> None:
    """D15: it answers what was there when she began; the next message answers the newer one."""
    misty = await add_pet(world, "Misty")
    await world.nora.post_text(world.thread_id, "Does Misty eat?", pet_ids=[misty])
    olive = await from_the_messages_tab(desktops, world)
    await olive.field.fill("A little")
    await world.nora.post_text(world.thread_id, "Pixel is due", pet_ids=[world.pixel_id])
    await expect(olive.message("Pixel is due")).to_be_visible()
    await expect(olive.button("about Misty")).to_be_visible()
    await olive.send_button.click()
    await expect(olive.receipt("A little", "Sent")).to_be_visible()

    assert [misty] == (await tags_of(world))["A little"]


@pytest.mark.offline
async def test_a_message_that_is_changed_stays_about_its_pet(desktops: Desktops, world: World) -> None:
    """D15: also where another pet is before the writer by then, who may still choose that one."""
    await add_pet(world, "Misty")
    olive = await olive_offline(desktops, world)
    await olive.write("Her left paw")
    await expect(olive.message("Her left paw")).to_contain_text(WAITING)
    await olive.button("about Pixel").click()
    await olive.page.get_by_role("menuitem", name="Misty").click()
    await expect(olive.button("about Misty")).to_be_visible()
    await olive.message("Her left paw").get_by_role("button", name="Edit").click()
    await expect(olive.button("about Pixel")).to_be_visible()
    await olive.write("Her right paw")
    await expect(olive.button("about Misty")).to_be_visible()
    await olive.context.set_offline(offline=False)
    await expect(olive.receipt("Her right paw", "Sent")).to_be_visible()

    assert [[world.pixel_id]] == [message["pet_ids"] for message in await stored_of(world)]
