"""The text number of a clinic in its settings: asked for, verified, switched on and off."""

import pytest
from playwright.async_api import expect

from pawline.carriers.interface import Hosting, HostingVerdict, Verification, VerificationState
from pawline.texting.tests.number_scene import NumberScene, new_number
from pawline.texting.tests.test_numbers_toll_free import FORM
from tests.browser.settings_page import SECTIONS, section, settings_of, steps, switch
from tests.browser.windows import Desktops
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(world: World) -> NumberScene:
    return NumberScene(world)


async def test_the_number_stands_between_clinic_and_link(desktops: Desktops, world: World, scene: NumberScene) -> None:
    """PA-6, reached from the rail; whoever is no administrator has no Settings."""
    helen = await desktops.open("/staff", person=world.helen)
    await helen.page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    await helen.page.get_by_role("navigation", name="Clinics").get_by_role("link", name="Hill Street").click()
    await expect(section(helen, "Clinic information").get_by_label("Clinic name")).to_have_value("Hill Street")

    assert SECTIONS == await helen.page.get_by_role("heading", level=2).all_inner_texts()
    await expect(section(helen, "Link and poster").get_by_role("link")).to_contain_text(f"{world.product.url}/c/")
    await expect(helen.page).to_have_title("Settings · Northside Veterinary")
    nora = await desktops.open("/staff", person=world.nora)
    await expect(nora.heading("Inbox")).to_be_visible()
    await expect(nora.page.get_by_role("link", name="Settings")).to_have_count(0)


async def test_from_the_request_to_texting(desktops: Desktops, world: World, scene: NumberScene) -> None:
    """V2P-2..6, V2P-13, V2P-57, C18, PA-2: each step shows, and the switch comes with the number."""
    helen = await settings_of(desktops, scene)
    await expect(switch(helen)).to_have_count(0)
    await helen.button("Request a number").click()
    dialog = helen.page.get_by_role("dialog")
    await dialog.get_by_label("Harbour").check()
    await dialog.get_by_role("button", name="Request number").click()
    await expect(steps(helen).first).to_contain_text("Requested, under way")
    await expect(switch(helen)).to_have_count(0)

    await scene.work()

    await expect(steps(helen).nth(2)).to_contain_text("Assigned, done")
    number = (await scene.number())["number"]
    await expect(section(helen, "Text number")).to_contain_text(number)
    await expect(switch(helen)).to_be_disabled()
    await expect(section(helen, "Text number")).to_contain_text("The after-hours number is missing")

    await helen.page.get_by_label("After-hours number").fill("315 555 0199")
    await section(helen, "Automatic replies").get_by_role("button", name="Save").click()
    await expect(section(helen, "Text number")).not_to_contain_text("The after-hours number is missing")
    await helen.page.get_by_label("I have read this").check()
    await helen.button("Confirm").click()
    await expect(section(helen, "Texting policy")).to_contain_text("Helen Marsh confirmed it today")
    await switch(helen).click()

    await expect(switch(helen)).to_be_checked()
    await expect(steps(helen).last).to_contain_text("Enabled, done")
    assert ("enabled", "assigned") == (
        (await scene.number())["state"],
        (await scene.number(at=world.other_clinic_id))["state"],
    )


async def test_switching_off_asks_first(desktops: Desktops, scene: NumberScene) -> None:
    """V2P-7"""
    await scene.assign()
    await scene.prepare()
    await scene.act("POST", "/number/enable")
    helen = await settings_of(desktops, scene)
    await switch(helen).click()
    await helen.page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert "enabled" == (await scene.number())["state"]

    await switch(helen).focus()
    await helen.page.keyboard.press("Space")
    await helen.button("Switch off").click()

    await expect(switch(helen)).not_to_be_checked()
    assert "assigned" == (await scene.number())["state"]


async def test_the_fee_is_shown_and_agreed_to_before_the_request(desktops: Desktops, scene: NumberScene) -> None:
    """V2P-10, V2P-11, V2P-12"""
    helen = await settings_of(desktops, scene)
    await helen.button("Request a number").click()
    dialog = helen.page.get_by_role("dialog")
    await dialog.get_by_label("The number you have").check()
    ask = dialog.get_by_role("button", name="Request for $299")
    await expect(dialog).to_contain_text("$299 one-time setup fee")
    await expect(ask).to_be_disabled()
    await dialog.get_by_label("We agree to pay $299 once").check()
    helen.expect_error("status of 422")
    await dialog.get_by_label("Your clinic's number").fill("12")
    await ask.click()
    await expect(dialog).to_contain_text("is not a phone number")
    await dialog.get_by_label("Your clinic's number").fill(new_number())
    await ask.click()
    await expect(section(helen, "Text number")).to_contain_text("$299 one-time fee agreed")

    scene.shop.hosting = Hosting(HostingVerdict.NOT_ELIGIBLE, "Your phone company does not allow it")
    await scene.work()

    await expect(section(helen, "Text number")).to_contain_text("Your phone company does not allow it")
    await expect(steps(helen).nth(1)).to_contain_text("Not eligible")
    await expect(helen.button("Request another number")).to_be_visible()


async def test_the_verification_form_names_every_wrong_field(desktops: Desktops, scene: NumberScene) -> None:
    """C18: all at once, each beside its field; what was turned down is corrected."""
    await scene.assign()
    helen = await settings_of(desktops, scene)
    helen.expect_error("status of 422")
    await helen.button("Fill in the form").click()
    dialog = helen.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Hand in").click()
    await expect(dialog).to_contain_text("13 answers need correcting")
    await expect(dialog.get_by_label("Website")).to_be_focused()
    answers = {
        "Website": FORM["business_website"],
        "Registration number": FORM["registration_number"],
        "Street and number": FORM["street"],
        "City": FORM["city"],
        "State or province": FORM["region"],
        "ZIP or postal code": FORM["postal_code"],
        "First name": FORM["contact_first_name"],
        "Last name": FORM["contact_last_name"],
        "E-mail": FORM["contact_email"],
        "Phone": FORM["contact_phone"],
        "Picture of that form": FORM["opt_in_image_urls"][0],
        "Privacy policy": FORM["privacy_policy_url"],
        "Terms": FORM["terms_url"],
    }
    for label, value in answers.items():
        await dialog.get_by_label(label).fill(value)
    await dialog.get_by_role("button", name="Hand in").click()
    await expect(section(helen, "Text number")).to_contain_text("Verification: Being looked at")

    scene.shop.verdict = Verification("v1", VerificationState.REJECTED, "The website cannot be opened")
    await scene.work()

    await expect(section(helen, "Text number")).to_contain_text("The website cannot be opened")
    await helen.button("Correct the form").click()
    await expect(dialog.get_by_label("City")).to_have_value("Syracuse")


async def test_where_texting_is_not_to_be_had(desktops: Desktops, scene: NumberScene) -> None:
    """V2P-14, C6"""
    await scene.change_clinic(country="FR")
    helen = await settings_of(desktops, scene)

    await expect(section(helen, "Text number")).to_contain_text("texting is not available")
    await expect(helen.button("Request a number")).to_have_count(0)


async def test_a_british_clinic_is_told_about_files(desktops: Desktops, scene: NumberScene) -> None:
    """C5, C18: a local number without a fee; files are sent in the app."""
    await scene.change_clinic(country="GB")
    await scene.ask("local")
    await scene.work()
    helen = await settings_of(desktops, scene)

    await expect(section(helen, "Text number")).to_contain_text("continue in the app")


async def test_an_administrator_sees_the_number_and_leaves_it(desktops: Desktops, scene: NumberScene) -> None:
    """PA-6: numbers are the practice owner's."""
    await scene.assign()
    await scene.prepare()
    ada = await settings_of(desktops, scene, person=scene.world.ada)

    await expect(section(ada, "Text number")).to_contain_text("Only a practice owner can switch texting on and off")
    await expect(switch(ada)).to_be_disabled()
    await expect(ada.button("Fill in the form")).to_have_count(0)


async def test_without_an_answer_the_page_says_so(desktops: Desktops, scene: NumberScene) -> None:
    window = await desktops.open("/staff", person=scene.world.helen)
    await expect(window.heading("Inbox")).to_be_visible()
    window.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    await window.page.route("**/api/v1/clinics", lambda route: route.abort())
    await window.page.get_by_role("link", name="Settings").click()
    await expect(window.page.get_by_text("The settings could not be loaded")).to_be_visible()

    await window.page.unroute("**/api/v1/clinics")
    await window.button("Try again").click()

    await expect(window.heading("Clinic information")).to_be_visible()
