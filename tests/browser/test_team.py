"""The team page: changing somebody, ending their access, and letting them back in."""

import pytest
from playwright.async_api import Locator, expect

from pawline.team.tests.scene import may_sign_in, member
from tests.browser.axe import grave_findings
from tests.browser.windows import DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser


def line_of(window: Window, name: str) -> Locator:
    return window.page.get_by_role("listitem").filter(has_text=name)


async def choose(window: Window, name: str, item: str) -> Locator:
    await window.page.get_by_role("button", name=f"More for {name}").click()
    await window.page.get_by_role("menuitem", name=item).click()
    return window.page.get_by_role("dialog")


@pytest.mark.parametrize("look", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_practice_owner_changes_somebody_and_ends_and_returns_their_access(
    desktops: Desktops, world: World, look: Look
) -> None:
    """PPB-35 and 2.6: what it takes away is said first, and an open screen follows; who left is listed with the date."""
    await may_sign_in(world, world.helen, world.nora, world.toby)
    nora = await desktops.open("/staff", person=world.nora, look=look)
    await expect(nora.page.get_by_role("link", name="Clients")).to_be_visible()
    nora.expect_error("40[134]")  # what her screen asks for until it knows
    helen = await desktops.open("/staff/team", person=world.helen, look=look)
    dialog = await choose(helen, "Nora Ames", "Edit")
    await dialog.get_by_label("Job title").fill("Head nurse")
    await dialog.get_by_label("Role").select_option("basic")
    findings = await grave_findings(helen.page)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_contain_text("Nora Ames will no longer see the inbox")
    findings += await grave_findings(helen.page)
    await dialog.get_by_role("button", name="Change").click()
    await expect(line_of(helen, "Nora Ames")).to_contain_text("Head nurse")
    await expect(line_of(helen, "Nora Ames")).to_contain_text("Basic")
    await expect(nora.page.get_by_role("link", name="Your day")).to_be_visible()
    await expect(nora.page.get_by_role("link", name="Clients")).to_have_count(0)

    dialog = await choose(helen, "Nora Ames", "End access")
    await expect(dialog).to_contain_text("signed out everywhere")
    findings += await grave_findings(helen.page)
    await dialog.get_by_role("button", name="End access").click()
    await expect(nora.button("Sign in")).to_be_visible()
    before = helen.page.get_by_text("Worked here before (1)")
    await before.click()
    await expect(line_of(helen, "Nora Ames")).to_contain_text("Basic until")
    findings += await grave_findings(helen.page)
    await helen.button("Let back in").click()
    await dialog.get_by_role("button", name="Let back in").click()
    await expect(line_of(helen, "Nora Ames")).to_contain_text("Has not chosen a password yet")
    await expect(before).to_have_count(0)

    assert [] == findings
    stored = await member(world, world.nora)
    assert ("basic", None) == (stored["role"], stored["left_at"])


async def test_an_administrator_gives_no_roles_and_leaves_the_owner_alone(desktops: Desktops, world: World) -> None:
    """PPB-35: what cannot be done is not offered."""
    ada = await desktops.open("/staff/team", person=world.ada)
    await expect(line_of(ada, "Helen Marsh")).to_be_visible()
    of_helen = await ada.page.get_by_role("button", name="More for Helen Marsh").count()
    dialog = await choose(ada, "Nora Ames", "Edit")

    await expect(dialog).to_contain_text("Only a practice owner gives another one.")
    assert (0, 0) == (of_helen, await dialog.get_by_label("Role").count())
