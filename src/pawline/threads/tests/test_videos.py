"""Videos travel as photos do; browsers fetch them in parts."""

from uuid import uuid4

from pawline.threads.tests.scene import fetch, page
from tests.videos import SECRET_WORDS, make_iphone_video, make_mp4
from tests.world import Caller, Json, World


async def upload_video(caller: Caller, thread_id: str, content: bytes, *, key: str = "") -> Json:
    headers = {"Idempotency-Key": key or str(uuid4())}
    response = await caller.http.post(
        f"/threads/{thread_id}/attachments?file_name=IMG_0042.MOV", content=content, headers=headers
    )
    assert response.status_code == 201, response.text
    return response.json()


async def test_a_video_is_shown_with_its_poster(world: World) -> None:
    """As an iPhone films it, and without the place where it was filmed."""
    video = await upload_video(world.olive, world.thread_id, make_iphone_video())
    await world.olive.post_text(world.thread_id, "She limps", attachment_ids=[video["id"]])
    [seen] = (await page(world.nora, world.thread_id))["messages"][0]["attachments"]
    film, poster = await fetch(world.nora, seen["url"]), await fetch(world.nora, seen["thumbnail_url"])

    assert ("video/mp4", "IMG_0042.mp4", 320, 180) == tuple(seen[key] for key in ("media_type", "file_name", "width", "height"))
    assert [(200, "video/mp4"), (200, "image/jpeg")] == [
        (each.status_code, each.headers["content-type"]) for each in (film, poster)
    ]
    assert (seen["size_bytes"], "bytes") == (len(film.content), film.headers["accept-ranges"])
    assert "sandbox" in film.headers["content-security-policy"]
    assert film.headers["content-disposition"].startswith("inline")
    assert not any(word in film.content + poster.content for word in SECRET_WORDS)


async def test_a_repeated_upload_is_prepared_once(world: World) -> None:
    key, film = str(uuid4()), make_mp4()

    assert await upload_video(world.olive, world.thread_id, film, key=key) == await upload_video(
        world.olive, world.thread_id, film, key=key
    )


async def test_a_browser_gets_the_part_it_asks_for(world: World) -> None:
    video = await upload_video(world.olive, world.thread_id, make_mp4())
    url, size = world.product.url + video["url"], video["size_bytes"]
    whole = (await world.olive.http.get(url)).content
    for asked, first, last in (("bytes=0-1", 0, 1), (f"bytes={size - 9}-", size - 9, size - 1), ("bytes=-5", size - 5, size - 1)):
        part = await world.olive.http.get(url, headers={"Range": asked, "Accept-Encoding": "gzip"})

        assert (206, f"bytes {first}-{last}/{size}") == (part.status_code, part.headers["content-range"])
        assert whole[first : last + 1] == part.content
        assert str(len(part.content)) == part.headers["content-length"]


async def test_a_part_that_is_not_there(world: World) -> None:
    video = await upload_video(world.olive, world.thread_id, make_mp4())
    url, size = world.product.url + video["url"], video["size_bytes"]
    beyond = await world.olive.http.get(url, headers={"Range": f"bytes={size}-"})
    several = await world.olive.http.get(url, headers={"Range": "bytes=0-1,4-5"})

    assert (416, f"bytes */{size}", "not_in_file") == (
        beyond.status_code,
        beyond.headers["content-range"],
        beyond.json()["code"],
    )
    assert (200, size) == (several.status_code, len(several.content)), "several parts at once are not given; the whole is"


async def test_parts_are_for_insiders_too(world: World) -> None:
    video = await upload_video(world.olive, world.thread_id, make_mp4())
    for outsider in (world.kim, world.rita):
        response = await outsider.http.get(world.product.url + video["url"], headers={"Range": "bytes=0-1"})

        assert 404 == response.status_code


async def test_a_video_too_long_is_refused_in_words(world: World) -> None:
    response = await world.olive.http.post(
        f"/threads/{world.thread_id}/attachments",
        content=make_mp4(64, 48, seconds=183, frames=5),
        headers={"Idempotency-Key": str(uuid4())},
    )

    assert (422, "This video is longer than 3 minutes. Please send a shorter one.") == (
        response.status_code,
        response.json()["detail"],
    )
