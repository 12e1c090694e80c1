"""Omar's phone is told of what his other practice writes, and leads there."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import grave_findings
from tests.browser.test_notifications import PUSH_SERVICE, SHOWN, deliver
from tests.browser.test_vets import SESSION_CHANGES, two_practices
from tests.browser.whole_browser import browser
from tests.browser.windows import PHONE, Desktops
from tests.world import World

__all__ = ["browser", "two_practices"]

pytestmark = [pytest.mark.browser, pytest.mark.offline]


async def test_what_the_other_practice_writes_is_shown_and_leads_there(
    desktops: Desktops, world: World, two_practices: None
) -> None:
    """AL-20: also while he looks at the app, which shows Northside; its address goes on at Riverside, as does being told."""
    omar = await desktops.open("/owner/you", person=world.omar, look=PHONE)
    omar.expect_error(SESSION_CHANGES)
    await omar.context.grant_permissions(["notifications"], origin=world.product.url)
    await omar.page.reload()
    await omar.page.evaluate(PUSH_SERVICE)
    await omar.button("Tell me about new messages").click()
    told = omar.page.get_by_role("switch", name="Tell me about new messages on this device")
    await expect(told).to_be_checked()
    await omar.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    path = f"/owner/threads/{world.riverside_thread_id}"
    words = {"title": "Riverside Vets", "body": "New message about Rex", "thread_id": world.riverside_thread_id, "path": path}
    await deliver(omar.page, world, {**words, "is_elsewhere": True})
    await omar.page.wait_for_function(f"{SHOWN}.then((all) => all.length > 0)")
    shown = await omar.page.evaluate(SHOWN)
    await omar.visit(path)
    await expect(omar.message("Rex may eat again")).to_be_visible()
    findings = await grave_findings(omar.page)
    await omar.page.wait_for_function(f"{SHOWN}.then((all) => all.length === 0)")
    await omar.visit("/owner/you")

    assert [["Riverside Vets", "New message about Rex", world.riverside_thread_id]] == shown
    assert [] == findings
    await expect(told).to_be_checked()


async def test_an_address_of_nobodys_thread_leads_nowhere(desktops: Desktops, world: World, two_practices: None) -> None:
    """Neither here nor at his other practice: it says so, and he stays where he was."""
    omar = await desktops.open(f"/owner/threads/{world.other_thread_id}", person=world.omar, look=PHONE)
    omar.expect_error("404 .*/threads/")

    await expect(omar.page.get_by_text("This does not exist, or you are not signed in to see it.")).to_be_visible()
