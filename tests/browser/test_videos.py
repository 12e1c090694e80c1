"""Videos: chosen on a phone, played at the clinic; and the page behind a link in a text, on a phone that has no app."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import FilePayload, Locator, expect

from tests.browser.axe import grave_findings
from tests.browser.people import nora_in_thread, olive_at_pixel
from tests.browser.windows import PHONE, Desktops, Look, Window, box_of
from tests.photos import make_jpeg
from tests.texting_scene import OLIVE, Texting, set_texting
from tests.videos import make_iphone_video, make_mp4
from tests.world import World

pytestmark = pytest.mark.browser

READY_WITHIN_MS = 60_000
DARK_PHONE = Look(390, 844, "dark", is_phone=True)
PLAY = """async (video) => {
  video.muted = true;
  await video.play();
  await new Promise((resolve) => { video.ontimeupdate = () => video.currentTime > 0.2 && resolve(); });
  video.pause();
  const seeked = new Promise((resolve) => { video.onseeked = resolve; });
  video.currentTime = video.duration - 0.5;
  await seeked;
  return [video.videoWidth, video.videoHeight, Math.round(video.duration), video.currentTime > 1];
}"""


@pytest.fixture
async def texting(world: World) -> Texting:
    return await set_texting(world)


async def test_a_video_from_a_phone_is_played_at_the_clinic(desktops: Desktops, world: World) -> None:
    """V2P-37: poster first; nothing of the film is fetched before somebody plays it, and any place in it can be reached."""
    nora = await nora_in_thread(desktops, world)
    olive = await olive_at_pixel(desktops, world)
    asked: list[str] = []
    nora.page.on("request", lambda request: asked.append(request.url) if "/file/" in request.url else None)

    await _choose(olive, make_iphone_video(640, 360, seconds=3))
    await expect(olive.page.get_by_role("progressbar")).to_have_count(0, timeout=READY_WITHIN_MS)
    await olive.write("She limps on the left")

    for window in (nora, olive):
        video = _video(window.message("She limps on the left"))
        await expect(video).to_be_visible()
        assert await video.get_attribute("poster")
    assert [] == asked
    assert [640, 360, 3, True] == await _video(nora.messages).evaluate(PLAY)
    assert [640, 360, 3, True] == await _video(olive.messages).evaluate(PLAY)


async def test_the_team_sends_a_video(desktops: Desktops, world: World) -> None:
    nora = await nora_in_thread(desktops, world)
    await nora.button("Add photos or videos").click()
    await nora.page.locator("input[data-photos]").set_input_files(
        FilePayload(name="exercise.mp4", mimeType="video/mp4", buffer=make_mp4(360, 640))
    )
    await expect(nora.page.get_by_role("progressbar")).to_have_count(0, timeout=READY_WITHIN_MS)
    await nora.write("Twice a day")

    box = await box_of(_video(nora.message("Twice a day")))
    assert box["height"] > box["width"], "it has the shape in which it was filmed"
    assert [] == await grave_findings(nora.page)


async def test_a_file_that_is_no_video_says_so_in_the_tray(desktops: Desktops, world: World) -> None:
    olive = await olive_at_pixel(desktops, world)
    olive.expect_error("422")
    await _choose(olive, make_mp4()[:2000])

    await expect(olive.tray.get_by_role("alert")).to_contain_text("could not be read")
    await expect(olive.send_button).to_be_disabled()


@pytest.mark.parametrize("look", [PHONE, DARK_PHONE], ids=["light", "dark"])
async def test_a_link_opens_on_any_phone(desktops: Desktops, texting: Texting, look: Look) -> None:
    """V2P-38..42: photo, video and PDF without a sign-in; afterwards a page that says whom to call."""
    photo, video, pdf = await _links(texting)
    phone = await desktops.open(photo, look=look)
    picture = phone.page.get_by_role("img", name=re.compile("^Photo from"))
    assert await picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 640
    await _expect_good_page(phone)

    await phone.visit(video)
    assert [640, 360, 3, True] == await phone.page.locator("video").evaluate(PLAY)
    await _expect_good_page(phone)

    await phone.visit(pdf)
    async with phone.page.expect_download() as downloading:
        await phone.page.get_by_role("link", name="Download").click()
    assert "Pixel's bill.pdf" == (await downloading.value).suggested_filename
    await _expect_good_page(phone)

    texting.advance(days=31)
    phone.expect_error("404")
    await phone.visit(photo)
    await expect(phone.heading("This link no longer works.")).to_be_visible()
    await expect(phone.page.get_by_role("link", name="Call +1 212-555-0142")).to_be_visible()
    await _expect_good_page(phone)


async def _choose(window: Window, film: bytes) -> None:
    await window.button("Add a photo").click()
    async with window.page.expect_file_chooser() as opening:
        await window.page.get_by_role("menuitem", name="Photos and videos").click()
    await (await opening.value).set_files(FilePayload(name="IMG_0042.MOV", mimeType="video/quicktime", buffer=film))


def _video(message: Locator) -> Locator:
    return message.locator("video").first


async def _links(texting: Texting) -> list[str]:
    await texting.receive("Any news?", from_=OLIVE)
    thread = await texting.thread_of(OLIVE)
    files = {"paw.jpg": make_jpeg(640, 480), "gait.mov": make_iphone_video(640, 360, seconds=3), "Pixel's bill.pdf": PDF}
    ids: list[str] = []
    for name, content in files.items():
        response = await texting.world.nora.http.post(
            f"/threads/{thread['thread_id']}/attachments",
            params={"file_name": name},
            content=content,
            headers={"Idempotency-Key": str(uuid4())},
        )
        ids.append(response.json()["id"])
    assert 201 == (await texting.reply(OLIVE, "Here they are", attachment_ids=ids)).status_code
    return [link.removesuffix(".") for link in re.findall(r"https?://\S+?(/f/\S+)", (await texting.sent_to(OLIVE))[-1])]


async def _expect_good_page(phone: Window) -> None:
    """It fits the screen, its style sheet applies, and axe finds nothing grave."""
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "14px" == await phone.page.locator(".card").evaluate("(card) => getComputedStyle(card).borderTopLeftRadius")
    assert [] == await grave_findings(phone.page)


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n"
)
