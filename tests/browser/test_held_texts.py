"""Blocking a number, and reading what it texts meanwhile."""

from typing import Any

import pytest
from playwright.async_api import expect

from pawline.carriers.interface import MediaLink
from tests.browser.axe import grave_findings
from tests.browser.windows import Desktops, Look
from tests.texting_scene import UNKNOWN, Texting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_administrator_blocks_a_number_and_reads_what_is_kept(desktops: Desktops, texting: Texting, scheme: Any) -> None:
    """C15: texts stand beside the block, also after it is lifted; no serious finding in light or dark."""
    ada = await desktops.open("/staff/reports", person=texting.world.ada, look=Look(1440, 900, scheme))
    await ada.button("Block a number").click()
    dialog = ada.page.get_by_role("dialog")
    await dialog.get_by_label("Phone number").fill("not a number")
    await dialog.get_by_label("Why?").fill("Sends insults")
    ada.expect_error("status of 422")
    await dialog.get_by_role("button", name="Block the number").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("is not a phone number")
    findings = await grave_findings(ada.page)
    await dialog.get_by_label("Phone number").fill("415 555 0134")
    await dialog.get_by_role("button", name="Block the number").click()
    await expect(ada.page.get_by_text("+1 415-555-0134 is blocked")).to_be_visible()

    await texting.receive("You are all useless", from_=UNKNOWN)
    await texting.receive("", from_=UNKNOWN, media=[MediaLink("https://media.example/1", "image/jpeg")])
    await ada.page.reload()
    await ada.button("2 texts kept from +1 415-555-0134").click()
    await expect(dialog).to_contain_text("You are all useless")
    await expect(dialog).to_contain_text("With 1 picture")
    findings += await grave_findings(ada.page)
    await dialog.get_by_role("button", name="Close").last.click()

    await ada.button("Lift the block of +1 415-555-0134").click()
    await expect(ada.page.get_by_text("Texts kept while blocked stay in this list")).to_be_visible()
    await expect(ada.button("2 texts kept from +1 415-555-0134")).to_be_visible()
    await expect(ada.button("Lift the block of +1 415-555-0134")).to_have_count(0)
    assert [] == findings + await grave_findings(ada.page)
