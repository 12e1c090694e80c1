"""Pictures and videos that come with a text: fetched from the carrier afterwards, made safe, and shown with it."""

from collections.abc import AsyncGenerator

import pytest

from pawline.carriers.interface import CarrierFailed, MediaLink
from pawline.platform.errors import Unavailable
from pawline.platform.files import FileStore
from pawline.texting.media_in import MediaFetcher, give_up_media
from pawline.threads.keeping import Workbench
from pawline.threads.media.process import MediaProcessor
from tests.photos import HTML, make_iphone_photo, make_jpeg
from tests.texting_scene import OLIVE, Texting
from tests.videos import SECRET_WORDS, make_3gp, make_iphone_video
from tests.world import Json

_WAITING = "SELECT id FROM inbound_media WHERE practice_id = :practice_id AND state = 'waiting' ORDER BY position"
_STATES = "SELECT position, state, problem FROM inbound_media WHERE practice_id = :practice_id ORDER BY position"


class Fetching:
    def __init__(self, texting: Texting, fetcher: MediaFetcher) -> None:
        self._texting = texting
        self._fetcher = fetcher

    async def receive(self, *files: bytes, body: str = "Look") -> None:
        """Olive texts files, which their carrier keeps for us under whatever type it likes."""
        links = [MediaLink(f"fake:{number}", "image/jpeg") for number in range(len(files))]
        self._texting.carrier.files |= {link.url: file for link, file in zip(links, files, strict=True)}
        await self._texting.receive(body, from_=OLIVE, media=links)

    async def waiting(self) -> list[str]:
        return [str(row.id) for row in await self._texting.rows(_WAITING)]

    async def fetch(self, media_id: str) -> None:
        await self._fetcher.fetch_inbound_media_now(practice_id=self._texting.world.practice_id, media_id=media_id)

    async def fetch_all(self) -> None:
        for media_id in await self.waiting():
            await self.fetch(media_id)

    async def states(self) -> list[tuple[int, str]]:
        return [(row.position, row.state) for row in await self._texting.rows(_STATES)]

    async def message(self) -> Json:
        return (await self._texting.thread_of(OLIVE))["messages"][0]

    async def shown(self) -> list[tuple[str, str]]:
        return [(each["media_type"], each["file_name"]) for each in (await self.message())["attachments"]]


@pytest.fixture
async def fetching(texting: Texting) -> AsyncGenerator[Fetching]:
    async with MediaProcessor() as media:
        workshop = Workbench(FileStore(texting.world.product.settings.files_url), media)
        yield Fetching(texting, MediaFetcher(texting.desk, workshop))


async def test_every_part_of_a_text_is_shown(texting: Texting, fetching: Fetching) -> None:
    """V2P-37: photos of every make and videos, in the order they came; what the carrier calls them counts for nothing."""
    await fetching.receive(make_jpeg(64, 48), make_iphone_photo(64, 64), make_3gp(1), make_iphone_video(seconds=1))
    before = await fetching.message()
    await fetching.fetch_all()

    assert (4, []) == (before["files_waiting"], before["attachments"]), "the words do not wait for the pictures"
    assert [
        ("image/jpeg", "photo-1.jpg"),
        ("image/jpeg", "photo-2.jpg"),
        ("video/mp4", "video-3.mp4"),
        ("video/mp4", "video-4.mp4"),
    ] == await fetching.shown()
    assert 0 == (await fetching.message())["files_waiting"]
    for each in (await fetching.message())["attachments"]:
        content = (await texting.world.nora.http.get(texting.world.product.url + each["url"])).content
        assert not any(word in content for word in SECRET_WORDS)


async def test_a_photo_without_words(fetching: Fetching) -> None:
    await fetching.receive(make_jpeg(64, 48), body="")
    await fetching.fetch_all()

    assert ("", [("image/jpeg", "photo-1.jpg")]) == ((await fetching.message())["body"], await fetching.shown())


async def test_a_part_that_cannot_be_shown_holds_up_none_of_the_others(texting: Texting, fetching: Fetching) -> None:
    """Too large, of another kind, or damaged: marked failed, with the reason; nobody waits for it."""
    limit = texting.world.product.settings.upload_limit_bytes
    await fetching.receive(HTML, b"\xff\xd8\xff" + bytes(limit), make_jpeg(640, 480)[:-4000], b"", make_jpeg(64, 48))
    await fetching.fetch_all()

    assert [(1, "failed"), (2, "failed"), (3, "failed"), (4, "failed"), (5, "stored")] == await fetching.states()
    assert [("image/jpeg", "photo-5.jpg")] == await fetching.shown()
    assert 0 == (await fetching.message())["files_waiting"]
    problems = [row.problem for row in await texting.rows(_STATES)]
    assert ["something else" in problems[0], "too large" in problems[1], "damaged" in problems[2]] == [True] * 3


async def test_a_job_that_runs_twice_stores_once(texting: Texting, fetching: Fetching) -> None:
    await fetching.receive(make_jpeg(64, 48))
    [media_id] = await fetching.waiting()
    await fetching.fetch(media_id)
    await fetching.fetch(media_id)

    assert 1 == len(await fetching.shown())
    assert ["fake:0"] == texting.carrier.fetched


async def test_two_jobs_at_the_same_moment_store_once(
    texting: Texting, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one has read "waiting" before the first has stored."""
    await fetching.receive(make_jpeg(64, 48))
    [media_id] = await fetching.waiting()
    fetch = texting.carrier.fetch_media

    async def overtaken(link: MediaLink) -> AsyncGenerator[bytes]:
        monkeypatch.setattr(texting.carrier, "fetch_media", fetch)
        await fetching.fetch(media_id)
        async for chunk in fetch(link):
            yield chunk

    monkeypatch.setattr(texting.carrier, "fetch_media", overtaken)
    await fetching.fetch(media_id)

    assert 1 == len(await fetching.shown())
    assert 0 == (await fetching.message())["files_waiting"]


async def test_nothing_is_fetched_but_from_the_carrier(texting: Texting, fetching: Fetching) -> None:
    """The carrier's adapter knows its hosts and refuses all others; the job tries again, and the message stays as it is."""
    await texting.receive("Look", from_=OLIVE, media=[MediaLink("http://169.254.169.254/secrets", "image/jpeg")])
    [media_id] = await fetching.waiting()
    with pytest.raises(CarrierFailed, match="Not an address of this carrier"):
        await fetching.fetch(media_id)

    assert ["http://169.254.169.254/secrets"] == texting.carrier.fetched
    assert [(1, "waiting")] == await fetching.states()


async def test_a_file_that_is_not_there_yet_is_asked_for_again(texting: Texting, fetching: Fetching) -> None:
    await fetching.receive(make_jpeg(64, 48))
    photo = texting.carrier.files.pop("fake:0")
    with pytest.raises(CarrierFailed):
        await fetching.fetch_all()
    texting.carrier.files["fake:0"] = photo
    await fetching.fetch_all()

    assert [("image/jpeg", "photo-1.jpg")] == await fetching.shown()


async def test_what_we_cannot_keep_just_now_is_fetched_again(
    texting: Texting, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """V2P-37: a store or a helper of ours that is away for a while loses no picture; the message says that one is on its way."""
    await fetching.receive(make_jpeg(64, 48))
    with monkeypatch.context() as away:
        away.setattr("pawline.texting.media_in.keep_arrived_file", _is_away)
        with pytest.raises(Unavailable):
            await fetching.fetch_all()
    meanwhile = (await fetching.message())["files_waiting"]
    texting.advance(hours=1)
    await give_up_media(texting.desk.database)
    await fetching.fetch_all()

    assert 1 == meanwhile
    assert [("image/jpeg", "photo-1.jpg")] == await fetching.shown()


async def _is_away(*_: object) -> None:
    raise Unavailable


async def test_after_a_day_it_is_not_waited_for_any_longer(texting: Texting, fetching: Fetching) -> None:
    await fetching.receive(make_jpeg(64, 48))
    texting.carrier.files.clear()
    texting.advance(hours=23)
    await give_up_media(texting.desk.database)
    early = await fetching.states()
    texting.advance(hours=2)
    await give_up_media(texting.desk.database)
    await give_up_media(texting.desk.database)

    assert ([(1, "waiting")], [(1, "failed")]) == (early, await fetching.states())
    assert (0, []) == ((await fetching.message())["files_waiting"], await fetching.shown())


async def test_screens_follow_when_a_picture_arrives(texting: Texting, fetching: Fetching) -> None:
    """A snapshot and the changes after it equal a fresh snapshot."""
    await fetching.receive(make_jpeg(64, 48))
    before = await texting.thread_of(OLIVE)
    await fetching.fetch_all()
    changes = await texting.world.nora.get(f"/threads/{before['thread_id']}/changes", after=before["revision"])

    assert [await fetching.message()] == changes.json()["messages"]
