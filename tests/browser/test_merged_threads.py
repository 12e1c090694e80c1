"""Two families were made one while others had the thread of one of them open."""

import pytest
from playwright.async_api import expect

from tests.browser.windows import PHONE, Desktops
from tests.world import World

pytestmark = pytest.mark.browser


async def test_colleague_and_family_go_on_in_the_thread_that_is_kept(desktops: Desktops, world: World) -> None:
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    vane = await desktops.open(f"/staff/threads/{world.other_thread_id}", person=world.vane)
    kim = await desktops.open(f"/owner/threads/{world.other_thread_id}", person=world.kim, look=PHONE)
    for window in (vane, kim):
        window.expect_error("404")  # it may ask for the thread that is gone before it is told
        await expect(window.message("Mochi sneezes")).to_be_visible()
    await world.ada.send("POST", f"/families/{world.family_id}/merge", {"source_family_id": world.other_family_id})

    for window in (vane, kim):
        await window.page.wait_for_url(f"**/threads/{world.thread_id}*", timeout=60_000)
        await expect(window.message("Pixel is limping")).to_be_visible()
        await expect(window.message("Mochi sneezes")).to_be_visible()
    await expect(vane.page.get_by_text("Two families were made one.")).to_be_visible()
    await expect(vane.page.get_by_role("complementary", name="Family")).to_contain_text("Mochi")
