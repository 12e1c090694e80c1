"""Finding one's way on the settings page of a clinic."""

from playwright.async_api import Locator, expect

from pawline.texting.tests.number_scene import NumberScene
from tests.browser.windows import DESK, Desktops, Look, Window
from tests.world import Caller

SECTIONS = [
    "Clinic information",
    "Text number",
    "Link and poster",
    "Chat",
    "Conversation hours",
    "Automatic replies",
    "Texting policy",
    "Labels",
]


async def settings_of(desktops: Desktops, scene: NumberScene, *, person: Caller | None = None, look: Look = DESK) -> Window:
    path = f"/staff/settings/{scene.world.clinic_id}"
    window = await desktops.open(path, person=person or scene.world.helen, look=look)
    await expect(window.heading("Texting policy")).to_be_visible()
    return window


def section(window: Window, name: str) -> Locator:
    return window.page.get_by_role("region", name=name)


def steps(window: Window) -> Locator:
    return window.page.get_by_role("list", name="How far the number is").get_by_role("listitem")


def switch(window: Window) -> Locator:
    return window.page.get_by_role("switch", name="Enable 2-Way Texting")
