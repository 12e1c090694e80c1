"""Narrowing the queue to the animals that the practice really has."""

import pytest
from playwright.async_api import expect

from pawline.inbox.tests.scene import add_family
from pawline.inbox.tests.test_species import rename_species
from tests.browser.axe import grave_findings
from tests.browser.people import row_of
from tests.browser.windows import Desktops
from tests.world import World

pytestmark = pytest.mark.browser


async def test_an_animal_of_no_list_can_be_chosen(desktops: Desktops, world: World) -> None:
    """V2P+7: what the practice does not have is not offered; the address keeps the choice over a reload."""
    lund = await add_family(world, "Lund", "Nibbles")
    await rename_species(world, "Nibbles", "guinea pig")
    await world.nora.post_text(lund["thread_id"], "How is Nibbles?")
    await world.olive.post_text(world.thread_id, "Pixel limps")
    nora = await desktops.open("/staff", person=world.nora)
    await nora.button("Filter").click()
    pets = nora.page.get_by_role("group", name="Pets").get_by_role("button")
    await expect(pets).to_have_text(["Dogs", "Guinea pig"])
    findings = await grave_findings(nora.page)
    await pets.filter(has_text="Guinea pig").click()
    await nora.button("Show conversations").click()

    await expect(row_of(nora, "Hart")).to_have_count(0)
    await expect(row_of(nora, "Lund")).to_be_visible()
    await nora.page.reload()
    await expect(row_of(nora, "Lund")).to_be_visible()
    await expect(row_of(nora, "Hart")).to_have_count(0)
    assert [] == findings
