"""Who could read a family's thread on a day, and who did: the administrator's dialog."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread
from tests.browser.windows import Desktops, Window
from tests.world import World

pytestmark = pytest.mark.browser


def menu_of(window: Window) -> Locator:
    return window.page.locator("section.thread header").get_by_role("button", name="More", exact=True)


async def test_an_administrator_sees_who_has_access_and_who_opened_it(desktops: Desktops, world: World) -> None:
    """2.6 and P-16: today and a day before the record; downloaded as a table; senior staff are not offered it."""
    await world.olive.post_text(world.thread_id, "About her paw")
    nora = await nora_in_thread(desktops, world)
    await menu_of(nora).click()
    await expect(nora.page.get_by_role("menuitem", name="Why can I see this?")).to_be_visible()
    offered_to_nora = await nora.page.get_by_role("menuitem", name="Who has access").count()
    ada = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.ada)
    await expect(ada.message("About her paw")).to_be_visible()
    await menu_of(ada).click()
    await ada.page.get_by_role("menuitem", name="Who has access").click()
    dialog = ada.page.get_by_role("dialog", name="Who has access")
    await expect(dialog.get_by_role("listitem").filter(has_text="Dr Sam Vane")).to_contain_text("By their role")
    opened = dialog.locator("section", has_text="Opened by the team")
    await expect(opened.get_by_role("listitem")).to_have_text([re.compile("Ada Lind|Nora Ames")] * 2)
    findings = await grave_findings(ada.page)
    async with ada.page.expect_download() as download:
        await dialog.get_by_role("link", name="Download as a table").click()
    name = (await download.value).suggested_filename

    await dialog.get_by_label("Day, by the clinic's calendar").fill("2024-01-15")
    await expect(opened).to_contain_text("Nobody opened it.")
    await expect(dialog).to_contain_text("Known since")
    assert (0, []) == (offered_to_nora, findings)
    assert re.fullmatch(r"who-could-read-\d{4}-\d\d-\d\d\.csv", name)
