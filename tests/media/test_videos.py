"""Videos from phones: played everywhere afterwards, and nothing left in them of where they were filmed."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PIL import Image

from pawline.platform.errors import Invalid, Unsupported
from pawline.threads.media.inspect import MediaType, read_media_type
from pawline.threads.media.process import MediaProcessor, NotPrepared, SafeVideo
from tests.media.test_bounds import children, endless, until, write
from tests.photos import make_jpeg
from tests.videos import SECRET_WORDS, make_3gp, make_iphone_video, make_mp4, read_notes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    return made


async def make_safe(content: bytes, tmp_path: Path, folder: Path) -> SafeVideo:
    async with MediaProcessor() as media:
        return await media.make_safe_video(write(tmp_path, content), folder)


@pytest.mark.parametrize(
    ("film_it", "kind"),
    [(make_iphone_video, MediaType.QUICKTIME), (make_3gp, MediaType.THREE_GP), (make_mp4, MediaType.MP4)],
)
async def test_what_phones_film_becomes_an_mp4(
    film_it: Callable[[], bytes], kind: MediaType, tmp_path: Path, folder: Path
) -> None:
    """V2P-37: HEVC from iPhones, H.263 with AMR from older phones."""
    film = film_it()
    assert kind == read_media_type(write(tmp_path, film))

    safe = await make_safe(film, tmp_path, folder)

    notes = read_notes(safe.display.read_bytes())
    assert MediaType.MP4 == read_media_type(safe.display)
    assert "Video: h264" in notes
    assert "yuv420p" in notes
    assert "Audio: aac" in notes


async def test_where_and_with_what_it_was_filmed_is_gone(tmp_path: Path, folder: Path) -> None:
    film = make_iphone_video()
    assert all(word in film for word in SECRET_WORDS[:3]), "there must be something to be removed"

    safe = await make_safe(film, tmp_path, folder)

    left = safe.display.read_bytes() + safe.thumbnail.read_bytes()
    assert [] == [word for word in SECRET_WORDS if word in left]
    assert "location" not in read_notes(safe.display.read_bytes())
    assert "creation_time" not in read_notes(safe.display.read_bytes())


async def test_it_is_shown_upright_and_no_larger_than_a_screen(tmp_path: Path, folder: Path) -> None:
    """A phone held upright films lying pictures and a note to turn them."""
    safe = await make_safe(make_iphone_video(1920, 1080, seconds=1, turned=90), tmp_path, folder)

    assert (720, 1280) == (safe.width, safe.height)
    with Image.open(io.BytesIO(safe.thumbnail.read_bytes())) as poster:
        assert ("JPEG", (270, 480)) == (poster.format, poster.size)
    assert (270, 480) == (safe.thumb_width, safe.thumb_height)
    assert "rotation" not in read_notes(safe.display.read_bytes())


@pytest.mark.parametrize("seconds", [0.2, 1.1])
async def test_a_very_short_one_without_sound(seconds: float, tmp_path: Path, folder: Path) -> None:
    safe = await make_safe(make_mp4(seconds=seconds, with_sound=False), tmp_path, folder)

    assert (320, 180) == (safe.width, safe.height)
    assert "Audio" not in read_notes(safe.display.read_bytes())


@pytest.mark.slow
async def test_three_minutes_are_the_most(tmp_path: Path, folder: Path) -> None:
    await make_safe(make_mp4(64, 48, seconds=180, frames=5), tmp_path, folder)

    with pytest.raises(Invalid, match="longer than 3 minutes"):
        await make_safe(make_mp4(64, 48, seconds=183, frames=5), tmp_path, folder)


async def test_frames_of_8k_are_refused_before_they_are_decoded(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(Invalid, match="video is too large"):
        await make_safe(make_mp4(7680, 4320, seconds=0.1, with_sound=False), tmp_path, folder)

    assert not (folder / "display").exists()


def _cut(film: bytes) -> bytes:
    return film[: len(film) // 3]


@pytest.mark.parametrize(
    "content",
    [
        _cut(make_mp4()),
        b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(500),
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"RIFF\x24\0\0\0AVI LIST",
        make_jpeg(64, 48),
    ],
    ids=["cut off", "empty", "playlist", "concat", "another container", "photo"],
)
async def test_what_only_claims_to_be_a_video(content: bytes, tmp_path: Path, folder: Path) -> None:
    """One container with one reader: a list of other files in a video's clothes leads nowhere."""
    with pytest.raises(Invalid, match="video could not be read"):
        await make_safe(content, tmp_path, folder)

    assert not (folder / "display").exists()


@pytest.mark.parametrize("brand", [b"avif", b"crx ", b"dash"])
def test_other_contents_of_the_same_box_are_no_videos(brand: bytes, tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="MP4, MOV, 3GP"):
        read_media_type(write(tmp_path, b"\0\0\0\x18ftyp" + brand + bytes(80)))


async def test_giving_up_ends_ffmpeg_too(tmp_path: Path, folder: Path) -> None:
    source = write(tmp_path, make_mp4(1280, 720, seconds=60))
    before, others = children(), _descendants()
    started: set[int] = set()
    async with MediaProcessor(video_timeout_seconds=3) as media:
        working = asyncio.create_task(media.make_safe_video(source, folder))
        # The first ffmpeg only counts, and may be gone at the next look.
        await until(lambda: started.update(_descendants() - others) or len(started) >= 2)
        with pytest.raises(NotPrepared):
            await working

    assert len(started) >= 2
    await until(lambda: not any(_is_running(pid) for pid in started))
    assert before == children()


async def test_photos_do_not_wait_for_videos(tmp_path: Path, folder: Path) -> None:
    photo = tmp_path / "photo"
    photo.write_bytes(make_jpeg(64, 48))
    async with MediaProcessor(video_timeout_seconds=4) as media:
        films = [asyncio.create_task(media.make_safe_video(endless(tmp_path / str(n)), folder)) for n in _folders(tmp_path)]
        await asyncio.sleep(0.5)
        safe = await media.make_safe_image(photo, folder)
        assert not any(film.done() for film in films)
        for film in films:
            film.cancel()
        await asyncio.gather(*films, return_exceptions=True)

    assert (64, 48) == (safe.width, safe.height)


def _folders(tmp_path: Path) -> list[int]:
    for number in range(3):
        (tmp_path / str(number)).mkdir()
    return [0, 1, 2]


def _descendants() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def _is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
