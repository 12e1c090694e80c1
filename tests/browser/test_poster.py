"""A clinic's poster: printed by the practice, scanned by families with the phone's camera and with the app's own."""

import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, expect

from pawline.joining.tests.conftest import code_of, no_sign_ups_yet
from pawline.sign_in.tests.conftest import Postman, no_tries_yet, post_office, postman
from tests.browser.axe import grave_findings
from tests.browser.chromium import chromium
from tests.browser.settings_page import section
from tests.browser.whole_browser import browser
from tests.browser.windows import DARK_LAPTOP, PHONE, Desktops, Window
from tests.phones_demo import PhonesDemo, phones, phones_demo
from tests.posters import Printed, read_poster
from tests.world import World

__all__ = ["browser", "no_sign_ups_yet", "no_tries_yet", "phones", "phones_demo", "post_office", "postman"]

pytestmark = pytest.mark.browser

# What the browser's own detector would find in front of the camera, which here shows a beeping ball.
_SEES = """(() => {
  window.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => [{ rawValue: %r }];
  };
})()"""


async def test_the_practice_prints_a_poster_and_a_new_owner_scans_it(desktops: Desktops, world: World, postman: Postman) -> None:
    """AL-18, AL-19: in the clinic's colour; scanned with the phone's own camera, it connects without asking anybody."""
    ada = await desktops.open(f"/staff/settings/{world.clinic_id}", person=world.ada)
    information, card = section(ada, "Clinic information"), section(ada, "Link and poster")
    await information.get_by_label("Poster colour").fill("#7048e8")
    await information.get_by_role("button", name="Save").click()
    await expect(ada.page.get_by_text("Clinic information is saved")).to_be_visible()
    await expect(card.get_by_role("img", name="The QR code of the poster")).to_be_visible()
    await expect(card.get_by_label("US Letter")).to_be_checked()
    await card.get_by_label("A4").check()
    await card.get_by_label("Both").check()
    assert [] == await grave_findings(ada.page)
    poster = await _download(ada.page, "Download poster")
    email = f"june-{uuid4().hex[:12]}@example.com"
    june = await desktops.open(_path(world.product.url, poster), look=PHONE)
    await june.page.get_by_label("First name").fill("June")
    await june.page.get_by_label("Last name").fill("Park")
    await june.page.get_by_label("E-mail").fill(email)
    await june.button("Send me a code").click()
    await june.page.get_by_label("6-digit code").fill((await postman.letters(email))[0].code)
    await june.page.get_by_label("Name", exact=True).fill("Biscuit")
    await june.button("Connect").click()

    await expect(june.button("Message Vet about Biscuit")).to_be_visible()
    assert ((595, 842), "#7048e8") == (poster.size, poster.colour_at(20, 15))
    assert all(word in poster.words for word in ("Scan to message us", "Escanee para escribirnos"))


async def test_the_app_scans_a_poster_with_the_camera(world: World, tmp_path: Path) -> None:
    """AL-18, AL-20: by our own reader, for this browser has none; whoever is signed in only chooses pets."""
    path = f"/clinics/{world.other_clinic_id}/poster.pdf"
    poster = read_poster((await world.helen.get(path)).content)
    async with _camera_that_sees(poster, tmp_path) as browser:
        desktops = Desktops(browser, world.product)
        olive = await _at_pets(desktops, world)
        await olive.context.grant_permissions(["camera"])
        await olive.button("Scan a poster").click()
        await expect(olive.heading("Connect your pets to Harbour")).to_be_visible()
        await expect(olive.page.get_by_role("checkbox", name="Pixel")).to_be_checked()
        await olive.button("Connect").click()

        await expect(olive.button("Message Vet about Pixel Harbour")).to_be_visible()
        assert [] == await desktops.close()


async def test_without_a_camera_the_code_is_typed(desktops: Desktops, world: World) -> None:
    """And what is no code says so."""
    code = await code_of(world)
    olive = await _at_pets(desktops, world)
    await olive.button("Scan a poster").click()
    dialog = olive.page.get_by_role("dialog", name="Scan a poster")
    await expect(dialog.get_by_role("alert")).to_contain_text("Pawline may not use the camera")
    await dialog.get_by_label("Type the code").fill("biscuit")
    await dialog.get_by_role("button", name="Continue").click()
    await expect(dialog.get_by_text("This is not a clinic's code.")).to_be_visible()
    assert [] == await grave_findings(olive.page)
    await olive.page.set_viewport_size({"width": 320, "height": 700})
    assert await olive.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await dialog.get_by_label("Type the code").fill(f" {code[:10]} {code[10:].upper()}")
    await dialog.get_by_label("Type the code").press("Enter")

    await expect(olive.heading("You are connected to Hill Street")).to_be_visible()


async def test_an_address_of_another_site_is_shown_and_not_opened(desktops: Desktops, world: World) -> None:
    """By the browser's own reader, where there is one."""
    olive = await desktops.open("about:blank", person=world.olive, look=DARK_LAPTOP)
    address = f"https://elsewhere.example/c/{await code_of(world)}"
    await olive.context.add_init_script(_SEES % address)
    await olive.context.grant_permissions(["camera"])
    await olive.visit("/owner")
    await olive.button("Scan a poster").click()

    await expect(olive.page.get_by_role("alert")).to_contain_text(address)
    assert [] == await grave_findings(olive.page)
    assert olive.page.url.endswith("/owner")
    await olive.page.keyboard.press("Escape")
    await expect(olive.page.get_by_role("dialog")).to_have_count(0)


async def test_whoever_tries_the_demo_scans_its_poster(browser: Browser, phones: PhonesDemo) -> None:
    """From the start page; Olive signs in and chooses pets."""
    desktops = Desktops(browser, phones.product)
    start = await desktops.open("/")
    async with start.page.expect_download() as downloading:
        await start.page.get_by_role("link", name="the poster of Northside Harbour").click()
    poster = read_poster((await (await downloading.value).path()).read_bytes())
    path = _path(phones.product.url, poster)
    await expect(start.page.get_by_role("link", name=path)).to_be_visible()
    olive = await desktops.open(path, look=PHONE)
    await expect(olive.heading("Message your vet here")).to_be_visible()
    await olive.visit("/owner")
    await olive.button("Olive Hart").click()
    await expect(olive.heading("My pets")).to_be_visible()
    await olive.visit(path)

    await expect(olive.heading("Connect your pets to Northside Harbour")).to_be_visible()
    await expect(olive.page.get_by_role("checkbox", name="Pixel")).to_be_visible()
    assert [] == await desktops.close()


async def _at_pets(desktops: Desktops, world: World) -> Window:
    olive = await desktops.open("/owner", person=world.olive, look=PHONE)
    await expect(olive.button("Scan a poster")).to_be_visible()
    return olive


async def _download(page: Page, button: str) -> Printed:
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name=button).click()
    return read_poster((await (await downloading.value).path()).read_bytes())


def _path(url: str, poster: Printed) -> str:
    """What the phone's camera would open."""
    [address] = poster.scanned
    assert address.startswith(f"{url}/c/")
    return address.removeprefix(url)


@asynccontextmanager
async def _camera_that_sees(poster: Printed, folder: Path) -> AsyncGenerator[Browser]:
    """A browser of its own: what its camera films is a file that Chromium reads when it starts."""
    film = folder / "poster.mjpeg"
    film.write_bytes(_frame(poster) * 4)
    async with chromium(f"--use-file-for-fake-video-capture={film}", is_whole=True) as browser:
        yield browser


def _frame(poster: Printed) -> bytes:
    """The whole poster, filmed from so far that it fills the height."""
    picture = poster.picture.convert("RGB")
    picture.thumbnail((640, 480))
    scene = Image.new("RGB", (640, 480), "#998877")
    scene.paste(picture, (150, 0))
    content = io.BytesIO()
    scene.save(content, "JPEG", quality=90)
    return content.getvalue()
