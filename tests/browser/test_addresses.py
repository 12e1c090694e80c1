"""A staff member's address and profile: asked for on the team page or for oneself, and confirmed by a press in a browser."""

import os
from uuid import UUID, uuid4

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from pawline.sign_in.passwords import hash_password
from pawline.team.addresses import address_token
from tests.browser.axe import grave_findings
from tests.browser.test_team import choose, line_of
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, Window
from tests.world import World

pytestmark = pytest.mark.browser

LOOKS = pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["desk", "dark", "phone"])
PASSWORD = "nine brown dogs sleep"


async def shot(window: Window, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        size = window.page.viewport_size or {"width": 0}
        await window.page.screenshot(path=f"{folder}/{name}-{size['width']}.png")


async def link_for(world: World, email: str) -> str:
    """As the e-mail has it."""
    statement = text("SELECT id FROM staff_address_change WHERE practice_id = :practice_id AND email = :email")
    async with world.product.database.transaction() as uow:
        found = await uow.execute(statement, {"practice_id": UUID(world.practice_id), "email": email})
        return f"/staff/address#token={address_token(world.product.settings, found.scalar_one())}"


async def give_password(world: World, staff_id: str) -> None:
    statement = text("UPDATE staff_member SET password_hash = :hash WHERE practice_id = :practice_id AND id = :id")
    async with world.product.database.transaction() as uow:
        key = {"practice_id": UUID(world.practice_id), "id": UUID(staff_id)}
        await uow.execute(statement, {**key, "hash": await hash_password(PASSWORD)})


@LOOKS
async def test_a_colleagues_address_waits_until_it_is_confirmed(desktops: Desktops, world: World, look: Look) -> None:
    """PPB-35: what waits is on the team page and can be withdrawn; the link asks for a press, and works once."""
    email = f"nora-{uuid4().hex}@northside.example"
    ada = await desktops.open("/staff/team", person=world.ada, look=look)
    dialog = await choose(ada, "Nora Ames", "Change e-mail address")
    await dialog.get_by_label("New e-mail address").fill((await world.vane.get("/own-profile")).json()["email"])
    ada.expect_error("422")
    await dialog.get_by_role("button", name="Send the link").click()
    await expect(dialog).to_contain_text("somebody else who works at your practice, or did")
    findings = await grave_findings(ada.page)
    await shot(ada, "dialog")
    await dialog.get_by_label("New e-mail address").fill(email)
    await dialog.get_by_role("button", name="Send the link").click()
    waiting = line_of(ada, "Nora Ames").get_by_text(f"{email} has to be confirmed by")
    await expect(waiting).to_be_visible()
    findings += await grave_findings(ada.page)
    await shot(ada, "team")
    await line_of(ada, "Nora Ames").get_by_role("button", name="Withdraw").click()
    await expect(waiting).to_have_count(0)

    dialog = await choose(ada, "Nora Ames", "Change e-mail address")
    await dialog.get_by_label("New e-mail address").fill(email)
    await dialog.get_by_role("button", name="Send the link").click()
    await expect(waiting).to_be_visible()
    nora = await desktops.open(await link_for(world, email), look=look)
    findings += await grave_findings(nora.page)
    await shot(nora, "confirm")
    await nora.button("Confirm this address").click()
    await expect(nora.page.get_by_text(f"From now on you sign in at Northside Veterinary with {email}.")).to_be_visible()
    findings += await grave_findings(nora.page)
    await shot(nora, "confirmed")
    nora.expect_error("409")
    await nora.page.reload()
    await nora.button("Confirm this address").click()
    await expect(nora.page.get_by_role("alert")).to_contain_text("This link was used already, was withdrawn, or is too old.")
    await ada.page.reload()
    await expect(line_of(ada, "Nora Ames")).to_contain_text(email)
    await expect(waiting).to_have_count(0)

    assert [] == findings


@LOOKS
async def test_ones_own_profile(desktops: Desktops, world: World, look: Look) -> None:
    """V2P+5: everybody has one behind their own menu; a new address takes the password, and waits there."""
    await give_password(world, world.toby.id)
    email = f"toby-{uuid4().hex}@northside.example"
    toby = await desktops.open("/staff", person=world.toby, look=look)
    await toby.button("Toby Reyes, your menu").click()
    await toby.page.get_by_role("menuitem", name="Your profile").click()
    await expect(toby.heading("Your profile")).to_be_visible()
    await toby.page.get_by_label("Name, as families see it").fill("Tobias Reed")
    await toby.page.get_by_label("Job title").fill("Kennel hand")
    await toby.button("Save").click()
    await expect(toby.button("Tobias Reed, your menu")).to_be_visible()
    await toby.button("Change address").click()
    dialog = toby.page.get_by_role("dialog")
    await dialog.get_by_label("New e-mail address").fill(email)
    await dialog.get_by_label("Your password").fill("eight brown dogs")
    toby.expect_error("422")
    await dialog.get_by_role("button", name="Send the link").click()
    await expect(dialog).to_contain_text("is not yours; type the one you sign in with")
    findings = await grave_findings(toby.page)
    await shot(toby, "own-dialog")
    await dialog.get_by_label("Your password").fill(PASSWORD)
    await dialog.get_by_role("button", name="Send the link").click()
    waiting = toby.page.get_by_text(f"{email} has to be confirmed by")
    await expect(waiting).to_be_visible()
    findings += await grave_findings(toby.page)
    await shot(toby, "profile")
    await toby.page.reload()
    await expect(waiting).to_be_visible()
    await toby.button("Withdraw").click()
    await expect(waiting).to_have_count(0)

    assert [] == findings
    kept = (await world.toby.get("/own-profile")).json()
    assert ("Tobias Reed", "Kennel hand", None) == (kept["name"], kept["job_title"], kept["new_email"])


async def test_a_link_that_is_cut_off(desktops: Desktops, world: World) -> None:
    stranger = await desktops.open("/staff/address", look=PHONE)

    await expect(stranger.heading("This link is not complete")).to_be_visible()
