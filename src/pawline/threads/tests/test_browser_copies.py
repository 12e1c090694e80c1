"""What a browser keeps of files that it was shown, and where they lie while they come."""

from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import uuid4

import httpx

from pawline.threads.tests.scene import delete, fetch, upload_photo
from tests.faults.waiting import HANG_SECONDS, until
from tests.photos import make_jpeg
from tests.world import Caller, Json, World


async def posted_photo(world: World) -> tuple[Json, list[str]]:
    """Olive's message, and where its file, its thumbnail and the pet's picture are."""
    photo = await upload_photo(world.olive, world.thread_id)
    message = await world.olive.post_text(world.thread_id, "This paw", attachment_ids=[photo["id"]])
    portrait = await world.olive.http.put(f"/pets/{world.pixel_id}/portrait", content=make_jpeg(700, 500))
    return message, [photo["url"], photo["thumbnail_url"], portrait.json()["url"]]


async def ask_again(caller: Caller, url: str, tag: str, **headers: str) -> httpx.Response:
    return await caller.http.get(f"{caller.product.url}{url}", headers={"If-None-Match": tag, **headers})


async def test_a_browser_shows_its_copy_for_five_minutes_and_then_asks(world: World) -> None:
    """P-11: what was shown once is no longer shown five minutes after access to it ended."""
    _, urls = await posted_photo(world)
    for url in urls:
        first = await fetch(world.nora, url)
        tag = first.headers["ETag"]
        again = [await ask_again(world.nora, url, given) for given in (tag, f'"other", W/{tag}')]
        other = await ask_again(world.nora, url, '"other"')

        assert "private, max-age=300" == first.headers["Cache-Control"]
        assert [(304, b"", tag, first.headers["Cache-Control"])] * 2 == [
            (each.status_code, each.content, each.headers["ETag"], each.headers["Cache-Control"]) for each in again
        ]
        assert (200, first.content) == (other.status_code, other.content)


async def test_a_part_that_is_known_is_not_sent_again(world: World) -> None:
    _, [url, *_] = await posted_photo(world)
    tag = (await fetch(world.nora, url)).headers["ETag"]
    known = await ask_again(world.nora, url, tag, Range="bytes=0-9")
    part = await ask_again(world.nora, url, '"other"', Range="bytes=0-9")

    assert (304, 206, 10) == (known.status_code, part.status_code, len(part.content))


async def test_a_copy_is_good_only_as_long_as_its_file_may_be_seen(world: World) -> None:
    """P-11: whoever may not see it learns nothing by knowing its tag; a deleted photo is gone for all."""
    message, urls = await posted_photo(world)
    tags = [(await fetch(world.olive, url)).headers["ETag"] for url in urls]
    by_rita = [(await ask_again(world.rita, url, tag)).status_code for url, tag in zip(urls, tags, strict=True)]
    await delete(world.olive, world.thread_id, message)
    after = [(await ask_again(world.nora, url, tag)).status_code for url, tag in zip(urls, tags, strict=True)]

    assert [404, 404, 404] == by_rita
    assert [404, 404, 304] == after


async def test_signing_out_clears_what_the_browser_has_kept(world: World) -> None:
    """P-11: whoever sits down next opens no photo from its cache."""
    answers = [await caller.send("DELETE", "/session") for caller in (world.nora, world.olive)]

    assert [(204, '"cache"')] * 2 == [(each.status_code, each.headers["Clear-Site-Data"]) for each in answers]


async def test_what_comes_lies_below_the_data_folder_and_nowhere_else(world: World) -> None:
    """A photo as it comes may tell where somebody lives; what a killed process leaves of it is found again there."""
    folder: Path = world.product.settings.data / "arriving"
    content = make_jpeg(900, 700)

    async def slowly() -> AsyncGenerator[bytes]:
        yield content[:100]
        await until(lambda: any(folder.glob("*/upload-*")), seconds=HANG_SECONDS)
        yield content[100:]

    path, headers = f"/threads/{world.thread_id}/attachments", {"Idempotency-Key": str(uuid4())}
    response = await world.olive.http.post(path, content=slowly(), headers=headers)

    assert 201 == response.status_code
    assert 0o700 == folder.stat().st_mode & 0o777
    assert [] == list(folder.iterdir())
