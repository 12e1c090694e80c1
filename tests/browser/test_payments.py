"""Asking for a payment and paying it, on both sides (PA-18)."""

import re

import pytest
from playwright.async_api import Locator, expect

from pawline.payments.tests.scene import ask, checkout, pay
from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel, row_of
from tests.browser.texts import olive_texts, text_thread
from tests.browser.windows import PHONE, Desktops, Look, Window
from tests.texting_scene import Texting
from tests.world import World

pytestmark = pytest.mark.browser

SPANISH_PHONE = Look(PHONE.width, PHONE.height, "dark", is_phone=True, locale="es-ES")


def card(window: Window, amount: str = "$45.50") -> Locator:
    return window.page.get_by_role("region", name=re.compile(re.escape(amount)))


async def test_nora_asks_olive_pays_and_both_see_it(desktops: Desktops, world: World) -> None:
    """PA-18: typed, sent, paid on the provider's page, back in the conversation; the queue says what was asked."""
    olive = await olive_at_pixel(desktops, world)
    nora = await nora_in_thread(desktops, world)
    await nora.write("Here is the deposit we spoke of")
    await nora.button("Request a payment").click()
    await nora.page.get_by_role("button", name="Request", exact=True).click()
    await expect(nora.page.get_by_role("alert")).to_have_count(2)
    await nora.page.get_by_label("Amount in USD").fill("45,5")
    await nora.page.get_by_label("What for").fill("Deposit for the dental cleaning")
    findings = await grave_findings(nora.page)
    await nora.button("Request $45.50").click()
    await expect(card(nora)).to_contain_text("Not paid yet")
    await expect(row_of(nora, "Hart")).to_contain_text("Payment request: $45.50")
    findings += await grave_findings(olive.page)
    await olive.button("Pay $45.50").click()
    await olive.button("Pay, and lose the message").click()

    await expect(card(olive)).to_contain_text(re.compile(r"Paid, \d\d:\d\d"))
    await expect(card(nora)).to_contain_text(re.compile(r"Paid, \d\d:\d\d"))
    await expect(card(nora).get_by_role("button")).to_have_count(0)
    await expect(olive.page).to_have_url(f"{world.product.url}/owner/threads/{world.thread_id}")
    assert [] == findings


async def test_coming_back_without_paying_leaves_it_to_be_paid(desktops: Desktops, world: World) -> None:
    """PA-18: the way back leads into the conversation, and the page can be opened again."""
    await ask(world.nora, world.thread_id, payment={"amount_minor": 45_50, "currency": "USD"})
    olive = await olive_at_pixel(desktops, world)
    await olive.button("Pay $45.50").click()
    await olive.page.get_by_role("link", name="Cancel and go back").click()

    await expect(card(olive)).to_contain_text("Not paid yet")
    await expect(olive.button("Pay $45.50")).to_be_enabled()


async def test_nora_cancels_after_she_was_asked_and_olives_button_goes(desktops: Desktops, world: World) -> None:
    """PA-18: what was asked for stays to be seen, and cannot be paid."""
    await ask(world.nora, world.thread_id, payment={"amount_minor": 45_50, "currency": "USD"})
    olive = await olive_at_pixel(desktops, world)
    nora = await nora_in_thread(desktops, world)
    await card(nora).get_by_role("button", name="Cancel request").click()
    findings = await grave_findings(nora.page)
    await nora.page.get_by_role("dialog").get_by_role("button", name="Cancel request").click()

    await expect(card(olive)).to_contain_text("Cancelled, ")
    await expect(card(olive).get_by_role("button")).to_have_count(0)
    assert [] == findings


async def test_olive_reads_it_in_spanish(desktops: Desktops, world: World) -> None:
    """PA-18: amount and words as her language has them."""
    asked = await ask(world.nora, world.thread_id)
    olive = await desktops.open(f"/owner/threads/{world.thread_id}", person=world.olive, look=SPANISH_PHONE)
    await expect(olive.button("Pagar 45,00")).to_be_visible()
    await pay(await checkout(world.omar, world, asked))

    await expect(card(olive, "45,00")).to_contain_text(re.compile(r"Pagada, \d\d:\d\d"))


async def test_in_a_text_the_button_is_off_and_says_why(desktops: Desktops, texting: Texting) -> None:
    """PA-15, C5: payments are asked for in the app, where the conversation can go on."""
    await olive_texts(texting, "Can I pay the deposit?")
    nora = await text_thread(desktops, texting)
    await expect(nora.button("Request a payment")).to_be_disabled()
    await expect(nora.button("Request a payment")).to_have_accessible_description("Payments can be requested in the app only.")
    await nora.button("Continue in the app").click()
    await expect(nora.button("Request a payment")).to_be_enabled()
