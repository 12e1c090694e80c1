"""Files in texts: as links to a page that opens on any phone, until they expire or are taken back."""

import re
from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from pawline.texting import link_routes
from pawline.texting.link_tries import MOST, LinkTries
from pawline.texting.media_out import LASTS
from tests.photos import make_jpeg
from tests.texting_scene import OLIVE, Texting
from tests.videos import make_iphone_video
from tests.world import Caller, Json

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n"
)
GONE = "This link no longer works."


@pytest.fixture
async def phone(texting: Texting, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[httpx.AsyncClient]:
    """Olive's phone: a browser that is signed in nowhere."""
    monkeypatch.setattr(link_routes, "_tries", LinkTries())
    await texting.receive("Any news?", from_=OLIVE)
    async with httpx.AsyncClient(base_url=texting.world.product.url, timeout=30) as client:
        yield client


async def upload(texting: Texting, content: bytes, *, name: str = "IMG_1.jpg", by: Caller | None = None) -> str:
    thread = await texting.thread_of(OLIVE)
    response = await (by or texting.world.nora).http.post(
        f"/threads/{thread['thread_id']}/attachments",
        params={"file_name": name},
        content=content,
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert 201 == response.status_code, response.text
    return response.json()["id"]


async def text_out(texting: Texting, *files: str, body: str = "") -> Json:
    response = await texting.reply(OLIVE, body, attachment_ids=list(files))
    assert 201 == response.status_code, response.text
    return response.json()


async def last_text(texting: Texting) -> str:
    return (await texting.sent_to(OLIVE))[-1]


def links_in(words: str) -> list[str]:
    return [path.removesuffix(".") for path in re.findall(r"https?://\S+?(/f/\S+)", words)]


async def link_to(texting: Texting, content: bytes, *, name: str = "IMG_1.jpg") -> str:
    await text_out(texting, await upload(texting, content, name=name))
    [link] = links_in(await last_text(texting))
    return link


async def test_a_photo_goes_out_as_a_link(texting: Texting, phone: httpx.AsyncClient) -> None:
    """V2P-38, V2P-40, D18: word for word, and nothing is sent as MMS."""
    message = await text_out(texting, await upload(texting, make_jpeg(64, 48)))

    words = await last_text(texting)
    base = re.escape(texting.world.product.settings.public_url)
    assert re.fullmatch(rf"You've got a new photo/video message! {base}/f/[\w-]{{43}}\.", words)
    assert ("", "sms", "image/jpeg") == (message["body"], message["channel"], message["attachments"][0]["media_type"])


async def test_a_video_goes_out_with_the_same_words(texting: Texting, phone: httpx.AsyncClient) -> None:
    """V2P-39"""
    link = await link_to(texting, make_iphone_video(seconds=1), name="IMG_2.MOV")
    page = await phone.get(link)

    assert (await last_text(texting)).startswith("You've got a new photo/video message! ")
    assert f'<video class="shown" src="{link}/file" poster="{link}/thumbnail"' in page.text
    part = await phone.get(f"{link}/file", headers={"Range": "bytes=0-99", "Accept-Encoding": "gzip"})
    assert (206, "video/mp4", 100) == (part.status_code, part.headers["content-type"], len(part.content))
    assert "image/jpeg" == (await phone.get(f"{link}/thumbnail")).headers["content-type"]


async def test_two_photos_with_words(texting: Texting, phone: httpx.AsyncClient) -> None:
    files = [await upload(texting, make_jpeg(64, 48)), await upload(texting, make_jpeg(80, 48))]
    await text_out(texting, *files, body="Before and after")

    first, second, third = (await last_text(texting)).split("\n")
    assert "Before and after" == first
    assert second != third
    assert [[200], [200]] == [[(await phone.get(link)).status_code for link in links_in(line)] for line in (second, third)]


async def test_a_pdf_goes_out_with_its_name(texting: Texting, phone: httpx.AsyncClient) -> None:
    """V2P-41: on the page it is a file to download, never shown by us."""
    link = await link_to(texting, PDF, name="Pixel's bill.pdf")
    page, file = await phone.get(link), await phone.get(f"{link}/file")

    assert (await last_text(texting)).startswith("Pixel's bill.pdf http")
    assert all(words in page.text for words in ("Pixel&#39;s bill.pdf", "PDF, 1 KB", ">Download</a>"))
    assert file.content.startswith(b"%PDF-")
    assert file.headers["content-disposition"].startswith("attachment")
    assert 404 == (await phone.get(f"{link}/thumbnail")).status_code


async def test_the_page_says_who_it_is_from_and_until_when(texting: Texting, phone: httpx.AsyncClient) -> None:
    """V2P-42: without a sign-in, for a month."""
    link = await link_to(texting, make_jpeg(64, 48))
    page = await phone.get(link)

    assert 200 == page.status_code
    clinic = (await texting.thread_of(OLIVE))["clinic"]["name"]
    assert f"<h1>A photo from {clinic}</h1>" in page.text
    assert "This link works until Thursday, 17 December 2026." in page.text
    assert 'href="tel:+12125550142">+1 212-555-0142</a>' in page.text
    assert "<script" not in page.text


async def test_a_browser_that_asks_in_spanish_reads_the_page_in_spanish(texting: Texting, phone: httpx.AsyncClient) -> None:
    link = await link_to(texting, make_jpeg(64, 48))
    phone.headers["Accept-Language"] = "es-US,es;q=0.9"
    page, gone = await phone.get(link), await phone.get(f"{link}x")
    clinic = (await texting.thread_of(OLIVE))["clinic"]["name"]

    assert f"<h1>Una foto de {clinic}</h1>" in page.text
    assert "Este enlace funciona hasta el jueves, 17 de diciembre de 2026." in page.text
    assert '<html lang="es">' in page.text
    assert "Este enlace ya no funciona." in gone.text


async def test_browsers_are_told_to_keep_nothing_and_run_nothing(texting: Texting, phone: httpx.AsyncClient) -> None:
    link = await link_to(texting, make_jpeg(64, 48))
    page, file = await phone.get(link), await phone.get(f"{link}/file")

    for response in (page, file):
        assert ("no-store", "nosniff", "no-referrer", "noindex, nofollow, noarchive") == tuple(
            response.headers[name] for name in ("cache-control", "x-content-type-options", "referrer-policy", "x-robots-tag")
        )
        assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert file.headers["content-security-policy"].startswith("sandbox;")


async def test_the_file_name_is_only_ever_text(texting: Texting, phone: httpx.AsyncClient) -> None:
    link = await link_to(texting, PDF, name='"><script>alert(1)</script>.pdf')

    assert "<script>" not in (await phone.get(link)).text


async def test_opening_is_counted(texting: Texting, phone: httpx.AsyncClient) -> None:
    link = await link_to(texting, make_jpeg(64, 48))
    for path in (link, f"{link}.", f"{link}/file"):
        assert 200 == (await phone.get(path)).status_code

    [row] = await texting.rows("SELECT times_opened, opened_at FROM media_link WHERE practice_id = :practice_id")
    assert (2, texting.now) == (row.times_opened, row.opened_at)


async def test_a_link_expires(texting: Texting, phone: httpx.AsyncClient) -> None:
    """V2P-42: page, file and poster alike, at the same moment."""
    link = await link_to(texting, make_jpeg(64, 48))
    sent_at = texting.now
    texting.set_time(sent_at + LASTS - timedelta(minutes=1))
    assert 200 == (await phone.get(link)).status_code

    texting.set_time(sent_at + LASTS)

    assert [404] * 3 == [(await phone.get(link + part)).status_code for part in ("", "/file", "/thumbnail")]
    page = (await phone.get(link)).text
    assert GONE in page
    assert "on +1 212-555-0142." in page


async def test_the_team_takes_a_link_back(texting: Texting, phone: httpx.AsyncClient) -> None:
    message = await text_out(texting, await upload(texting, make_jpeg(64, 48)), await upload(texting, make_jpeg(80, 48)))
    links = links_in(await last_text(texting))
    thread_id = (await texting.thread_of(OLIVE))["thread_id"]
    path = f"/threads/{thread_id}/messages/{message['id']}/links/revoke"
    for outsider in (texting.world.olive, texting.world.kim, texting.world.rita, texting.world.hal):
        assert 404 == (await outsider.send("POST", path)).status_code, outsider.name
    assert [200, 200] == [(await phone.get(link)).status_code for link in links]

    counts = [(await texting.world.nora.send("POST", path)).json() for _ in range(2)]

    assert [{"count": 2}, {"count": 0}] == counts
    assert [404] * 4 == [(await phone.get(link + part)).status_code for link in links for part in ("", "/file")]


async def test_a_deleted_message_takes_its_links_along(texting: Texting, phone: httpx.AsyncClient) -> None:
    message = await text_out(texting, await upload(texting, make_jpeg(64, 48)))
    [link] = links_in(await last_text(texting))
    thread_id = (await texting.thread_of(OLIVE))["thread_id"]
    assert 200 == (await texting.world.nora.send("DELETE", f"/threads/{thread_id}/messages/{message['id']}")).status_code

    assert [404, 404] == [(await phone.get(link + part)).status_code for part in ("", "/file")]


async def test_links_that_lead_nowhere_look_alike(texting: Texting, phone: httpx.AsyncClient) -> None:
    """Unknown, of the wrong length, with odd characters: one page, which tells whom to call only to those who had a link."""
    pages = [await phone.get(f"/f/{token}") for token in ("A" * 43, "A" * 42, "%00", "é" * 43)]

    assert {404} == {page.status_code for page in pages}
    assert 1 == len({page.text for page in pages})
    assert all(words in pages[0].text for words in (GONE, "Call your practice."))
    assert "no-store" == pages[0].headers["cache-control"]


async def test_an_address_that_tries_many_links_has_to_wait(texting: Texting, phone: httpx.AsyncClient) -> None:
    link = await link_to(texting, make_jpeg(64, 48))
    tries = [(await phone.get(f"/f/{'A' * 43}")).status_code for _ in range(MOST)]
    refused = await phone.get(f"/f/{'A' * 43}/file")
    texting.advance(minutes=11)

    assert {404} == set(tries)
    assert (429, True) == (refused.status_code, "wait a few minutes" in refused.text)
    assert 200 == (await phone.get(link)).status_code


async def test_in_the_united_kingdom_files_stay_in_the_app(texting: Texting, phone: httpx.AsyncClient) -> None:
    """C5, PA-15: refused with the reason, and nothing is stored or sent."""
    photo = await upload(texting, make_jpeg(64, 48))
    await texting.rows("UPDATE clinic SET country = 'GB' WHERE practice_id = :practice_id RETURNING id")
    before = await texting.sent_to(OLIVE)
    response = await texting.reply(OLIVE, "Her X-ray", attachment_ids=[photo])

    assert 422 == response.status_code
    assert "continue in the app" in response.json()["detail"]
    assert before == await texting.sent_to(OLIVE)
    assert ["Any news?"] == [body for kind, _, body in await texting.entries(OLIVE) if kind == "text"]


async def test_links_count_towards_the_longest_text(texting: Texting, phone: httpx.AsyncClient) -> None:
    """What does not fit is refused; the photo can still go with fewer words."""
    photo = await upload(texting, make_jpeg(64, 48))
    response = await texting.reply(OLIVE, "x" * 1_590, attachment_ids=[photo])
    again = await texting.reply(OLIVE, "Shorter", attachment_ids=[photo])

    assert (422, "body") == (response.status_code, response.json()["errors"][0]["field"])
    assert "1600 characters" in response.json()["detail"]
    assert 201 == again.status_code


async def test_only_ones_own_new_files_can_be_sent(texting: Texting, phone: httpx.AsyncClient) -> None:
    of_vane = await upload(texting, make_jpeg(64, 48), by=texting.world.vane)
    sent = await upload(texting, make_jpeg(64, 48))
    await text_out(texting, sent)
    answers = [await texting.reply(OLIVE, "Look", attachment_ids=[each]) for each in (of_vane, sent, str(uuid4()))]

    assert [422] * 3 == [answer.status_code for answer in answers]
    assert 1 == len({answer.text for answer in answers})


async def test_a_clinic_words_it_in_its_own_way(texting: Texting, phone: httpx.AsyncClient) -> None:
    """D18"""
    await texting.rows("UPDATE texting_settings SET media_words = 'See: <link>' WHERE practice_id = :practice_id RETURNING 1")
    await text_out(texting, await upload(texting, make_jpeg(64, 48)))

    assert re.fullmatch(r"See: https?://\S+/f/[\w-]{43}", await last_text(texting))
