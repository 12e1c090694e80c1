"""What a clinic tells of itself, its conversation hours and automatic words, and the settings page as a whole."""

import re

import pytest
from playwright.async_api import expect

from pawline.texting.tests.number_scene import NumberScene
from tests.browser.axe import grave_findings
from tests.browser.people import olive_at_pixel
from tests.browser.settings_page import SECTIONS, section, settings_of, switch
from tests.browser.windows import DARK_LAPTOP, DESK, PHONE, Desktops, Look, box_of
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(world: World) -> NumberScene:
    return NumberScene(world)


async def test_the_away_reply_is_previewed_word_for_word(desktops: Desktops, scene: NumberScene) -> None:
    """V2P-49, V2P-50, V2P-57"""
    ada = await settings_of(desktops, scene, person=scene.world.ada)
    preview = section(ada, "Automatic replies").get_by_role("figure").first
    await expect(preview).to_contain_text("The after-hours number is missing")

    await ada.page.get_by_label("After-hours number").fill("3155550199")
    await expect(preview).to_contain_text(
        "This is an auto-reply. We're sorry we aren't available to chat at the moment. If this is an emergency, please call "
        "(315) 555-0199 for after-hours instructions. Your message will be received by our practice during business hours."
    )
    words = ada.page.get_by_label("When you are closed")
    await words.fill("We are closed.")
    await expect(preview).to_contain_text("does not contain <phone number>")
    ada.expect_error("status of 422")
    await section(ada, "Automatic replies").get_by_role("button", name="Save").click()
    await expect(section(ada, "Automatic replies").get_by_role("alert")).to_contain_text("does not contain <phone number>")
    assert "" == (await scene.page())["settings"]["after_hours_number"]

    await ada.button("Use the standard words").first.click()
    await section(ada, "Automatic replies").get_by_role("button", name="Save").click()
    await expect(ada.page.get_by_text("Automatic replies are saved")).to_be_visible()
    assert "(315) 555-0199" == (await scene.page())["settings"]["after_hours_number"]


async def test_conversation_hours_by_the_week(desktops: Desktops, scene: NumberScene) -> None:
    """V2P-48, D17: two spans a day, a night, a holiday, in the clinic's zone, which is said."""
    ada = await settings_of(desktops, scene, person=scene.world.ada)
    hours = section(ada, "Conversation hours")
    await expect(hours).to_contain_text("open round the clock")
    await expect(hours).to_contain_text(re.compile(r"Times are those of Hill Street, where it is \d\d:\d\d now"))
    add = hours.get_by_role("button", name="Add hours to Monday")
    await add.click()
    await hours.get_by_label("Monday closes at").fill("12:30")
    await add.click()
    await hours.get_by_role("button", name="Tuesday to Friday like Monday").click()
    await hours.get_by_role("button", name="Add hours to Saturday").click()
    await hours.get_by_label("Saturday opens at").fill("20:00")
    await hours.get_by_label("Saturday closes at").fill("02:00")
    await expect(hours).to_contain_text("closes the next day")
    await hours.get_by_role("button", name="Add a date").click()
    await hours.get_by_label("Date").fill("2026-12-25")
    await hours.get_by_label("Name of the day").fill("Christmas Day")
    await hours.get_by_role("button", name="Save").click()
    await expect(ada.page.get_by_text("Conversation hours are saved")).to_be_visible()

    read = (await scene.world.ada.get(f"{scene.path}/hours")).json()
    day = [{"opens_at": "08:00", "closes_at": "12:30"}, {"opens_at": "13:30", "closes_at": "15:30"}]
    assert [day] * 5 == [each["spans"] for each in read["days"][:5]]
    assert [{"opens_at": "20:00", "closes_at": "02:00"}] == read["days"][5]["spans"]
    assert [{"on_date": "2026-12-25", "label": "Christmas Day", "spans": []}] == read["holidays"]

    ada.expect_error("status of 422")
    await hours.get_by_label("Monday closes at").first.fill("14:00")
    await hours.get_by_role("button", name="Save").click()
    await expect(hours).to_contain_text("overlap on Monday")


async def test_the_emergency_number_goes_from_the_settings_to_an_open_chat(desktops: Desktops, scene: NumberScene) -> None:
    """AL-38, AL-41: a typing error is told beside the field, and nobody removes the number without being asked."""
    world = scene.world
    closed = await world.nora.send("PUT", f"{scene.path}/availability", {"state": "off_duty"})
    assert 200 == closed.status_code, closed.text
    olive = await olive_at_pixel(desktops, world)
    call = olive.page.get_by_role("link", name=re.compile("^Emergency"))
    await expect(olive.page.get_by_text("call an animal hospital near you")).to_be_visible()
    ada = await settings_of(desktops, scene, person=world.ada)
    clinic = section(ada, "Clinic information")
    save, emergency = clinic.get_by_role("button", name="Save"), clinic.get_by_label("Emergency number")
    await expect(save).to_be_disabled()

    ada.expect_error("status of 422")
    await clinic.get_by_label("Phone").fill("315 555 0100")
    await emergency.fill("911")
    await save.click()
    await expect(clinic.get_by_role("alert")).to_contain_text("It is not a phone number; write it with its area code")
    await expect(emergency).to_have_attribute("aria-invalid", "true")
    assert [] == await grave_findings(ada.page)
    await emergency.fill("315 555 0199")
    await save.click()
    await expect(ada.page.get_by_text("Clinic information is saved")).to_be_visible()
    await expect(emergency).to_have_value("(315) 555-0199")
    await expect(save).to_be_disabled()
    await expect(call).to_have_attribute("href", "tel:+13155550199", timeout=4000)

    await emergency.fill("")
    await save.click()
    dialog = ada.page.get_by_role("dialog", name="Remove the emergency number?")
    await expect(dialog).to_contain_text("Families will be shown the clinic's phone instead.")
    assert [] == await grave_findings(ada.page)
    await dialog.get_by_role("button", name="Cancel").click()
    assert "(315) 555-0199" == (await scene.page())["clinic"]["emergency_number"]
    await save.click()
    await dialog.get_by_role("button", name="Remove and save").click()
    await expect(dialog).to_have_count(0)
    await expect(call).to_have_attribute("href", "tel:+13155550100", timeout=4000)


async def test_the_address_goes_from_the_settings_to_the_maps_of_a_phone(desktops: Desktops, scene: NumberScene) -> None:
    """In the menu of the chat; where it is leads out of the app only when it is pressed."""
    ada = await settings_of(desktops, scene, person=scene.world.ada)
    clinic = section(ada, "Clinic information")
    for label, words in {"Street and number": "120 Hill Street", "Town or city": "Syracuse", "Postcode": "13202"}.items():
        await clinic.get_by_label(label).fill(words)
    await clinic.get_by_label("Phone").fill("315 555 0100")
    await clinic.get_by_role("button", name="Save").click()
    await expect(ada.page.get_by_text("Clinic information is saved")).to_be_visible()
    olive = await olive_at_pixel(desktops, scene.world)
    await olive.button("Call").click()
    way = olive.page.get_by_role("menuitem", name="The way there")

    await expect(way).to_contain_text("120 Hill Street, Syracuse, 13202")
    await expect(way).to_have_attribute("href", re.compile("query=120%20Hill%20Street%2C%20Syracuse%2C%2013202$"))
    assert [] == await grave_findings(olive.page)


async def test_the_name_and_app_chat_of_a_clinic(desktops: Desktops, scene: NumberScene) -> None:
    """C9, V2P-2: the new name shows at once wherever it stands, and what app chat is about is said beside the switch."""
    helen = await settings_of(desktops, scene)
    clinic = section(helen, "Clinic information")
    await clinic.get_by_label("Clinic name").fill("Hill Road")
    await clinic.get_by_role("switch", name="App chat").click()
    await clinic.get_by_role("button", name="Undo").click()
    await expect(clinic.get_by_label("Clinic name")).to_have_value("Hill Street")
    await clinic.get_by_label("Clinic name").fill("Hill Road")
    await clinic.get_by_role("switch", name="App chat").click()
    await clinic.get_by_role("button", name="Save").click()

    await expect(helen.page.get_by_role("navigation", name="Clinics").get_by_role("link", name="Hill Road")).to_be_visible()
    await expect(section(helen, "Conversation hours")).to_contain_text("Times are those of Hill Road")
    await expect(clinic.get_by_role("switch", name="App chat")).to_have_attribute("aria-checked", "false")
    stored = (await scene.page())["clinic"]
    assert ("Hill Road", False) == (stored["name"], stored["is_app_chat_enabled"])


@pytest.mark.parametrize("look", [DESK, DARK_LAPTOP, PHONE], ids=["wide", "dark", "phone"])
async def test_everybody_can_use_it(desktops: Desktops, scene: NumberScene, look: Look) -> None:
    """No grave accessibility finding in any of its states, and nothing wider than the screen."""
    helen = await settings_of(desktops, scene, look=look)
    findings = {"empty": await grave_findings(helen.page)}
    await helen.button("Request a number").click()
    findings["request"] = await grave_findings(helen.page)
    await helen.page.keyboard.press("Escape")
    await scene.assign()
    await scene.act("PUT", "/hours", _HOURS)
    helen = await settings_of(desktops, scene, look=look)
    await expect(switch(helen)).to_be_visible()
    await helen.page.get_by_text("More words and rules").click()
    await expect(section(helen, "Conversation hours").get_by_text("closes the next day").first).to_be_visible()
    findings["assigned"] = await grave_findings(helen.page)
    await helen.button("Fill in the form").click()
    findings["form"] = await grave_findings(helen.page)
    await helen.page.keyboard.press("Escape")

    assert {} == {screen: found for screen, found in findings.items() if found}
    for name in SECTIONS:
        box = await box_of(section(helen, name))
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= look.width
        assert await section(helen, name).evaluate("(part) => part.scrollWidth <= part.clientWidth + 1"), name


_HOURS = {
    "timezone": "America/New_York",
    "days": [{"weekday": 5, "spans": [{"opens_at": "08:00", "closes_at": "12:00"}, {"opens_at": "20:00", "closes_at": "02:00"}]}],
    "holidays": [{"on_date": "2026-12-24", "label": "Christmas Eve", "spans": [{"opens_at": "08:00", "closes_at": "12:00"}]}],
}
