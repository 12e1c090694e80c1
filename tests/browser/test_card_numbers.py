"""Card numbers in the chat: whoever wrote one is told in place, and the team asks for the payment from there."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import PHONE, Desktops, Look
from tests.world import World

pytestmark = pytest.mark.browser
WRITTEN = "My card is 4242 4242 4242 4242"
TOLD = "For your safety we removed a card number. Ask the clinic for a payment link."
LOOKS = [Look(1440, 900, "light"), Look(1024, 768, "dark"), Look(390, 844, "dark", is_phone=True)]


@pytest.mark.parametrize("look", LOOKS)
async def test_olive_is_told_and_nora_requests_the_payment(desktops: Desktops, world: World, look: Any) -> None:
    """C14: the number is on nobody's screen any more, and the way to pay is beside where it was."""
    olive = await olive_at_pixel(desktops, world)
    nora = await nora_in_thread(desktops, world, look)
    await olive.write(WRITTEN)
    sent = olive.message("My card is")
    await expect(sent).to_contain_text(TOLD)
    await expect(sent).to_contain_text("4242")
    got = nora.message("My card is")
    await expect(got).to_contain_text("A card number was removed from this message.")
    findings = [*await grave_findings(olive.page), *await grave_findings(nora.page)]
    await got.get_by_role("button", name="Request a payment").click()
    await expect(nora.page.get_by_role("dialog", name="Request a payment")).to_be_visible()

    for window in (olive, nora):
        assert "4242 4242" not in (await window.page.locator("body").inner_text()).replace("\u00a0", " ")
    assert [] == findings


async def test_what_nora_wrote_offers_no_payment(desktops: Desktops, world: World) -> None:
    """C14: the number is gone there too."""
    nora = await nora_in_thread(desktops, world)
    await nora.write(WRITTEN)
    mine = nora.message("My card is")

    await expect(mine).to_contain_text("A card number was removed from this message.")
    await expect(mine.get_by_role("button", name="Request a payment")).to_have_count(0)


async def test_in_spanish(desktops: Desktops, world: World) -> None:
    """C14: told in the owner's language."""
    await world.olive.post_text(world.thread_id, WRITTEN)
    look = Look(PHONE.width, PHONE.height, is_phone=True, locale="es-ES")
    olive = await desktops.open(f"/owner/threads/{world.thread_id}", person=world.olive, look=look)

    await expect(olive.page.get_by_text("Por su seguridad eliminamos un número de tarjeta.")).to_be_visible()
