"""Texts that do not arrive: what the bubble says, trying again, and finding out why."""

import json
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from playwright.async_api import Locator, expect

from pawline.carriers.interface import ReceiptState
from tests.browser.axe import grave_findings
from tests.browser.texts import REASON, carry, fail, olive_texts, tell, text_thread
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.texting_scene import OLIVE, Texting

pytestmark = pytest.mark.browser
WORDS = "Bring him in at three"


@pytest.fixture(autouse=True)
async def first_text(texting: Texting) -> None:
    await olive_texts(texting)


def dialog_of(window: Window) -> Locator:
    return window.page.get_by_role("dialog", name="When a text does not arrive")


async def test_a_text_says_in_words_how_far_it_has_come(desktops: Desktops, texting: Texting) -> None:
    """C3: sending, sent, delivered; never "read", and its ticks are grey."""
    nora = await text_thread(desktops, texting)

    await nora.write(WORDS)
    await expect(nora.message(WORDS)).to_contain_text(re.compile("Sent via Text.*Sending"))
    await carry(texting)
    await expect(nora.message(WORDS)).to_contain_text(re.compile("Sent via Text.*Sent"))
    await tell(texting, (await texting.sent_to(OLIVE))[-1], ReceiptState.DELIVERED)

    await expect(nora.message(WORDS)).to_contain_text("Delivered")
    await expect(nora.message(WORDS)).not_to_contain_text(re.compile("read", re.IGNORECASE))
    ticks = nora.message(WORDS).get_by_text("Delivered", exact=True)
    time = nora.message(WORDS).get_by_role("time")
    colour = "(element) => getComputedStyle(element).color"
    assert await time.evaluate(colour) == await ticks.evaluate(colour)


async def test_a_failed_text_shows_why_and_goes_out_again_with_one_click(desktops: Desktops, texting: Texting) -> None:
    """V2P-85: the same message, a new attempt."""
    nora = await text_thread(desktops, texting)
    await nora.write(WORDS)
    await expect(nora.message(WORDS)).to_contain_text("Sent via Text")

    await fail(texting, (await texting.sent_to(OLIVE))[-1])
    await expect(nora.message(WORDS)).to_contain_text("Not delivered")
    await expect(nora.message(WORDS)).to_contain_text(REASON.words)
    await expect(nora.page.get_by_role("region", name="Queue")).to_contain_text("Not delivered")
    await nora.message(WORDS).get_by_role("button", name="Try again").click()

    await expect(nora.message(WORDS)).to_contain_text("Sending")
    await carry(texting)
    await expect(nora.message(WORDS)).to_contain_text(re.compile("Sent via Text.*Sent"))
    await expect(nora.message(WORDS)).to_have_count(1)


async def test_an_unknown_outcome_is_being_checked(desktops: Desktops, texting: Texting) -> None:
    await texting.reply(OLIVE, WORDS)
    await texting.rows("UPDATE delivery SET state = 'unknown' WHERE practice_id = :practice_id RETURNING id")
    nora = await text_thread(desktops, texting)

    await expect(nora.message(WORDS)).to_contain_text("Checking with the phone company")


async def test_the_four_steps_of_troubleshooting(desktops: Desktops, texting: Texting) -> None:
    """V2P-87, V2P-88, V2P-89, V2P-90, V2P-91: each with what is known, and all that happened to the text."""
    await texting.reply(OLIVE, WORDS)
    await fail(texting, (await texting.sent_to(OLIVE))[-1])
    nora = await text_thread(desktops, texting)

    await nora.message(WORDS).get_by_role("button", name="What to check").click()

    steps = dialog_of(nora).get_by_role("list").first.get_by_role("listitem")
    await expect(steps).to_have_count(4)
    await expect(steps.nth(0)).to_contain_text("All right")
    await expect(steps.nth(0)).to_contain_text("opts them in to messages again by itself")
    await expect(steps.nth(1)).to_contain_text("blocks or filters texts from unknown senders")
    await expect(steps.nth(2)).to_contain_text("your practice's name")
    await expect(steps.nth(3)).to_contain_text("support file")
    story = dialog_of(nora).get_by_role("list", name="What happened")
    await expect(story).to_contain_text("The phone company took it")
    await expect(story).to_contain_text("code 30003")


async def test_an_opt_out_is_found_as_the_first_step(desktops: Desktops, texting: Texting) -> None:
    """V2P-87"""
    await texting.reply(OLIVE, WORDS)
    await fail(texting, (await texting.sent_to(OLIVE))[-1])
    await texting.receive("STOP", from_=OLIVE)
    nora = await text_thread(desktops, texting)

    await nora.message(WORDS).get_by_role("button", name="What to check").click()

    await expect(dialog_of(nora).get_by_role("listitem").first).to_contain_text("Problem found")


async def test_the_support_file_carries_the_history(desktops: Desktops, texting: Texting) -> None:
    """V2P-91: without the words of the text."""
    await texting.reply(OLIVE, WORDS)
    await fail(texting, (await texting.sent_to(OLIVE))[-1])
    nora = await text_thread(desktops, texting)
    await nora.message(WORDS).get_by_role("button", name="What to check").click()

    async with nora.page.expect_download() as download:
        await dialog_of(nora).get_by_role("button", name="Download support file").click()

    path = await (await download.value).path()
    content = path.read_text()
    assert 1 == len(json.loads(content)["deliveries"][0]["attempts"])
    assert WORDS not in content


async def test_administrators_see_the_raw_exchange(desktops: Desktops, texting: Texting) -> None:
    await texting.reply(OLIVE, WORDS)
    await fail(texting, (await texting.sent_to(OLIVE))[-1])
    await _keep_exchange(texting)
    for person, many in ((texting.world.ada, 1), (texting.world.nora, 0)):
        window = await text_thread(desktops, texting, person=person)
        await window.message(WORDS).get_by_role("button", name="What to check").click()
        await expect(dialog_of(window).get_by_role("list", name="What happened")).to_be_visible()
        exchange = dialog_of(window).get_by_text("Raw exchange with the phone company")
        await expect(exchange).to_have_count(many)
        if many:
            await exchange.click()
            await expect(dialog_of(window)).to_contain_text("status 201")


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])
async def test_troubleshooting_is_accessible(desktops: Desktops, texting: Texting, look: Look) -> None:
    await texting.reply(OLIVE, WORDS)
    await fail(texting, (await texting.sent_to(OLIVE))[-1])
    nora = await text_thread(desktops, texting, look=look)

    assert [] == await grave_findings(nora.page)
    await nora.message(WORDS).get_by_role("button", name="What to check").click()
    await expect(dialog_of(nora).get_by_role("list", name="What happened")).to_be_visible()
    assert [] == await grave_findings(nora.page)


async def _keep_exchange(texting: Texting) -> None:
    [delivery] = await texting.rows("SELECT id FROM delivery WHERE practice_id = :practice_id AND state = 'failed'")
    statement = """
        INSERT INTO carrier_exchange (practice_id, id, delivery_id, carrier, method, url, request, status, answer, seconds, at)
        VALUES (:practice_id, :id, :delivery_id, 'fake', 'POST', '/texts', 'to=…', 201, '{}', 0.2, :at) RETURNING id"""
    await texting.rows(statement, delivery_id=delivery.id, id=UUID(int=7), at=datetime.now(UTC))
