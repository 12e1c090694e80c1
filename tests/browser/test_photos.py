"""Photos: chosen, pasted or dropped; seen on the other side, and stripped of where they were taken."""

import asyncio
import base64
import io
import re

import pytest
from PIL import ExifTags, Image
from playwright.async_api import FilePayload, Locator, Route, expect

from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import Desktops, Window
from tests.photos import make_iphone_photo, make_jpeg
from tests.world import World

pytestmark = pytest.mark.browser

HEIC_WITHIN_MS = 60_000
UPLOADS = re.compile(r"/attachments\?")
# As a browser hands over what somebody pastes or drops.
GIVE = """(field, {kind, base64}) => {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], "pasted.jpg", { type: "image/jpeg" }));
  const how = { bubbles: true, cancelable: true };
  if (kind === "paste") field.dispatchEvent(new ClipboardEvent("paste", { ...how, clipboardData: transfer }));
  else for (const name of ["dragenter", "dragover", "drop"]) {
    field.dispatchEvent(new DragEvent(name, { ...how, dataTransfer: transfer }));
  }
}"""


@pytest.fixture(scope="session")
async def iphone_photo() -> bytes:
    """Twelve megapixels with the place in it; made once, for it takes seconds."""
    return await asyncio.to_thread(make_iphone_photo, 4032, 3024)


def jpeg(name: str) -> FilePayload:
    return FilePayload(name=name, mimeType="image/jpeg", buffer=make_jpeg(320, 240))


async def test_several_photos_and_a_text_arrive_as_one_message(desktops: Desktops, world: World) -> None:
    """AL-28, AL-29, AL-30: chosen from the library in one go."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)

    await _choose(olive, [jpeg("left.jpg"), jpeg("right.jpg")])
    await expect(olive.tray.get_by_role("listitem")).to_have_count(2)
    await olive.write("Her paw from both sides")

    arrived = nora.message("Her paw from both sides")
    await expect(_photos(arrived)).to_have_count(2)
    await _expect_drawn(_photos(arrived).first)
    await expect(nora.messages).to_have_count(1)


async def test_a_photo_needs_no_text(desktops: Desktops, world: World) -> None:
    """AL-29, AL-26: a photo alone may be sent."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)

    await _choose(olive, [jpeg("paw.jpg")])
    await expect(olive.send_button).to_be_enabled()
    await olive.send_button.click()

    await expect(_photos(nora.messages)).to_have_count(1)


async def test_progress_shows_while_a_photo_uploads(desktops: Desktops, world: World) -> None:
    """AL-28: held back on its way, the upload shows how far it has come; arrived, it does not."""
    olive = await olive_at_pixel(desktops, world)
    may_go_on = asyncio.Event()

    async def hold(route: Route) -> None:
        await may_go_on.wait()
        await route.continue_()

    await olive.page.route(UPLOADS, hold)
    await _choose(olive, [jpeg("paw.jpg")])

    await expect(olive.page.get_by_role("progressbar", name="Uploading paw.jpg")).to_be_visible()
    may_go_on.set()
    await expect(olive.page.get_by_role("progressbar")).to_have_count(0)
    await expect(olive.tray.get_by_role("listitem")).to_have_count(1)


async def test_a_failed_upload_is_tried_again_and_the_text_stays(desktops: Desktops, world: World) -> None:
    """AL-29, AL-30: the network fails for a while; nothing written or chosen is lost."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("ERR_CONNECTION_RESET")
    await olive.page.route(UPLOADS, lambda route: route.abort("connectionreset"))
    await olive.field.fill("The rash since Monday")

    await _choose(olive, [jpeg("rash.jpg")])
    await expect(olive.tray).to_contain_text("Waiting for the network")
    await expect(olive.button("Try rash.jpg again")).to_be_visible()
    await expect(olive.field).to_have_value("The rash since Monday")
    await olive.page.unroute(UPLOADS)  # from here it succeeds, by itself or by the button
    await expect(olive.tray).not_to_contain_text("Waiting for the network")
    await expect(olive.page.get_by_role("progressbar")).to_have_count(0)
    await olive.send_button.click()

    await expect(_photos(nora.message("The rash since Monday"))).to_have_count(1)


@pytest.mark.parametrize("kind", ["paste", "drop"])
async def test_staff_paste_or_drop_a_photo(desktops: Desktops, world: World, kind: str) -> None:
    """AL-28: at a desk a photo comes from the clipboard or is dragged in."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)

    photo = base64.b64encode(make_jpeg(320, 240)).decode()
    await nora.field.evaluate(GIVE, {"kind": kind, "base64": photo})
    await expect(nora.tray.get_by_role("listitem")).to_have_count(1)
    await nora.write("Her X-ray")

    await _expect_drawn(_photos(olive.message("Her X-ray")))


@pytest.mark.slow
async def test_an_iphone_photo_is_shown_and_tells_nobody_where_it_was_taken(
    desktops: Desktops, world: World, iphone_photo: bytes
) -> None:
    """AL-28, AL-30: HEIC with a GPS position goes in; what the clinic gets is drawn and carries neither EXIF nor place."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("status of 409")  # sent while it uploads: the part that was let go may just have been kept
    assert b"Exif" in iphone_photo

    await _choose(olive, [FilePayload(name="IMG_0001.HEIC", mimeType="image/heic", buffer=iphone_photo)])
    await olive.write("Taken at home")
    await expect(_photos(nora.message("Taken at home"))).to_have_count(1, timeout=HEIC_WITHIN_MS)

    await _expect_drawn(_photos(nora.message("Taken at home")))
    [attachment] = (await world.nora.thread(world.thread_id))["messages"][-1]["attachments"]
    for path in (attachment["url"], attachment["thumbnail_url"]):
        await _expect_nothing_but_the_picture(world, path)


async def _expect_nothing_but_the_picture(world: World, path: str) -> None:
    response = await world.nora.http.get(world.product.url + path)
    assert 200 == response.status_code
    for trace in (b"Exif", b"GPS", b"iPhone", b"http://ns.adobe.com"):
        assert trace not in response.content
    with Image.open(io.BytesIO(response.content)) as picture:
        assert {} == dict(picture.getexif())
        assert {} == dict(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))


async def _choose(window: Window, files: list[FilePayload]) -> None:
    await window.button("Add a photo").click()
    async with window.page.expect_file_chooser() as opening:
        await window.page.get_by_role("menuitem", name="Photos and videos").click()
    await (await opening.value).set_files(files)


def _photos(message: Locator) -> Locator:
    return message.get_by_role("button", name=re.compile("^Photo from")).locator("img")


async def _expect_drawn(photo: Locator) -> None:
    await expect(photo).to_have_js_property("complete", value=True)
    assert await photo.evaluate("(image) => image.naturalWidth") > 0
