"""What leaves Olive's phone: small, without where she lives, and going on where the network let it down."""

from typing import Any

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.offline import WAITING, another_page, stored_of
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import Desktops, Window
from tests.photos import make_jpeg
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.offline]

# Playwright does not show what a request took from a blob, so the page itself writes it down.
WATCH = """() => {
window.sent = [];
const { open, send, setRequestHeader } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (method, url) { this.about = { method, url, at: null }; open.call(this, method, url); };
XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
  if (name === "Upload-Offset") this.about.at = Number(value);
  setRequestHeader.call(this, name, value);
};
XMLHttpRequest.prototype.send = function (body) {
  if (body instanceof Blob) body.text().then((text) => window.sent.push({
    ...this.about, size: body.size, tells: /Exif|GPS|iPhone|ns.adobe.com|Pixel at home/.test(text) }));
  send.call(this, body);
};
}"""
HALF_WAY = """() => new Promise((resolve) => {
  const look = () => document.querySelector("progress")?.value > 0.4 ? resolve() : setTimeout(look, 50);
  look();
})"""
SLOW_LINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}


async def test_a_photo_is_made_small_and_forgets_its_place_before_it_leaves(desktops: Desktops, world: World) -> None:
    """AL-28: twelve megapixels with the place in them; what is sent has neither, and stands upright."""
    original = make_jpeg(4032, 3024, orientation=6)
    olive = await _watched(desktops, world)
    await choose(olive, original)
    await olive.write("Taken at home")
    await expect(olive.receipt("Taken at home", "Sent")).to_be_visible()

    sent = await _sent(olive)
    assert sent
    assert not any(each["tells"] for each in sent)
    assert sum(each["size"] for each in sent) < len(original) / 2
    [attachment] = (await stored_of(world))[0]["attachments"]
    assert (1536, 2048) == (attachment["width"], attachment["height"])


async def test_airplane_mode_in_the_middle_of_a_photo(desktops: Desktops, world: World) -> None:
    """AL-30: sent while it was on its way; back in the network it goes on from where it was, and arrives once."""
    nora = await nora_in_thread(desktops, world)
    olive = await _watched(desktops, world)
    olive.expect_error("ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 409")
    line: Any = await olive.context.new_cdp_session(olive.page)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", SLOW_LINE)
    await choose(olive, make_jpeg(2048, 1536))
    await _until_half_way(olive)
    await olive.write("The rash since Monday")
    await olive.context.set_offline(offline=True)
    await expect(olive.message("The rash since Monday")).to_contain_text(WAITING)
    await line.detach()
    await olive.context.set_offline(offline=False)

    await expect(nora.message("The rash since Monday").locator("img")).to_be_visible()
    assert [1] == [len(each["attachments"]) for each in await stored_of(world)]
    parts = [each for each in await _sent(olive) if each["method"] == "PATCH"]
    assert 0 == parts[0]["at"]
    assert all(0 < each["at"] and each["size"] < parts[0]["size"] for each in parts[1:])
    assert parts[1:]


async def test_a_chosen_photo_outlives_the_app(desktops: Desktops, world: World) -> None:
    """AL-29: the app is killed before the message is sent; photo and text are there when it opens again."""
    olive = await olive_at_pixel(desktops, world)
    await choose(olive, make_jpeg(320, 240))
    await olive.field.fill("Half a sentence")
    await olive.page.close()

    olive = await another_page(olive)
    await expect(olive.tray.get_by_role("listitem")).to_have_count(1)
    await expect(olive.field).to_have_value("Half a sentence")
    await expect(olive.page.get_by_role("progressbar")).to_have_count(0)
    await olive.send_button.click()
    await expect(olive.receipt("Half a sentence", "Sent")).to_be_visible()
    await olive.page.reload()
    await expect(olive.message("Half a sentence")).to_be_visible()

    await expect(olive.tray).to_have_count(0)
    assert [("Half a sentence", 1)] == [(each["body"], len(each["attachments"])) for each in await stored_of(world)]


async def choose(window: Window, photo: bytes, *, name: str = "paw.jpg") -> None:
    await window.button("Add a photo").click()
    async with window.page.expect_file_chooser() as opening:
        await window.page.get_by_role("menuitem", name="Photos and videos").click()
    await (await opening.value).set_files([FilePayload(name=name, mimeType="image/jpeg", buffer=photo)])
    await expect(window.tray.get_by_role("listitem")).to_have_count(1)


async def _watched(desktops: Desktops, world: World) -> Window:
    olive = await olive_at_pixel(desktops, world)
    await olive.page.evaluate(WATCH)
    return olive


async def _sent(window: Window) -> list[dict[str, Any]]:
    return await window.page.evaluate("window.sent")


async def _until_half_way(window: Window) -> None:
    await window.page.evaluate(HALF_WAY)
