"""What the team's browsers keep to show it at once: given up with the right to see it."""

import pytest
from playwright.async_api import expect

from pawline.team.tests.scene import change
from tests.browser.offline import until_given_up, until_kept
from tests.browser.windows import Desktops
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("is_open", [True, False])
async def test_who_may_see_less_keeps_no_copy_of_the_rest(desktops: Desktops, world: World, *, is_open: bool) -> None:
    """PPB-26: Vane becomes basic staff while his browser is open, or before it is opened again. What he wrote himself stays."""
    await world.olive.post_text(world.thread_id, "About her paw", pet_ids=[world.pixel_id])
    vane = await desktops.open(f"/staff/threads/{world.thread_id}", person=world.vane)
    await vane.field.fill("Bring her in")
    await until_kept(vane, "snapshots", "About her paw")
    await until_kept(vane, "answers", "About her paw")
    await until_kept(vane, "drafts", "Bring her in")
    vane.expect_error("status of 40[134]")
    path = vane.page.url
    if not is_open:
        await vane.visit("about:blank")
    await change(world, world.vane, role="basic")
    if not is_open:
        await vane.page.goto(path)

    await expect(vane.page.get_by_role("link", name="Your day").first).to_be_visible()
    await until_given_up(vane, "snapshots", "About her paw")
    await until_given_up(vane, "answers", "About her paw")
    await until_kept(vane, "drafts", "Bring her in")
