"""A hostile file costs its sender an error and us almost nothing."""

import asyncio
import io
import os
import resource
import zlib
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PIL import Image

from pawline.platform.errors import Invalid, Unavailable
from pawline.threads.media import child_processes
from pawline.threads.media.animation import MAX_FRAMES
from pawline.threads.media.child import MEMORY_BYTES
from pawline.threads.media.child_processes import ChildFailed, ChildProcesses
from pawline.threads.media.process import MOST_AT_ONCE, MediaProcessor, NotPrepared
from pawline.threads.media.saving import save_whole
from tests.photos import make_iphone_photo, make_jpeg


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    return made


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


def endless(tmp_path: Path) -> Path:
    """A pipe nobody writes to: reading it never ends."""
    path = tmp_path / "endless"
    os.mkfifo(path)
    return path


def build_png_bomb(side: int) -> bytes:
    """A black square of ``side`` by ``side`` pixels in a few hundred kilobytes, made without holding it."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side // 8)) for _ in range(side)) + packer.flush()
    header = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _png_part(kind, body) for kind, body in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def _png_part(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def build_gif(frames: int) -> bytes:
    first = io.BytesIO()
    Image.new("P", (1, 1)).save(first, "GIF")
    frame = b"\x21\xf9\x04\x00\x05\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return first.getvalue()[:-1] + frame * frames + b";"


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE}


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110 - the system's process table sends no events
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("content", [make_jpeg(800, 600)[:-3000], make_iphone_photo(640, 512)[:-3000]], ids=["jpeg", "heic"])
async def test_a_photo_cut_off_on_its_way_is_refused(content: bytes, tmp_path: Path, folder: Path) -> None:
    async with MediaProcessor() as media:
        with pytest.raises(Invalid, match="may be damaged"):
            await media.make_safe_image(write(tmp_path, content), folder)

    assert [] == list(folder.iterdir())


async def test_a_picture_of_400_megapixels_is_refused_before_it_is_decoded(tmp_path: Path, folder: Path) -> None:
    bomb = write(tmp_path, build_png_bomb(20_000))
    async with MediaProcessor() as media:
        with pytest.raises(Invalid, match="too large"):
            await media.make_safe_image(bomb, folder)

    assert bomb.stat().st_size < 100_000


async def test_a_picture_just_over_the_limit_is_refused_too(tmp_path: Path, folder: Path) -> None:
    async with MediaProcessor() as media:
        with pytest.raises(Invalid, match="too large"):
            await media.make_safe_image(write(tmp_path, build_png_bomb(10_008)), folder)


async def test_an_endless_animation_becomes_a_still(tmp_path: Path, folder: Path) -> None:
    async with MediaProcessor() as media:
        short = await media.make_safe_image(write(tmp_path, build_gif(MAX_FRAMES - 1)), folder)
        long = await media.make_safe_image(write(tmp_path, build_gif(200_000)), folder)

    assert ("image/gif", "image/jpeg") == (short.display_type, long.display_type)


async def test_a_child_that_takes_too_long_is_killed(tmp_path: Path, folder: Path) -> None:
    before = children()
    async with MediaProcessor(timeout_seconds=0.5) as media:
        with pytest.raises(NotPrepared, match="cannot be prepared right now"):
            await media.make_safe_image(endless(tmp_path), folder)

    assert before == children()
    assert [] == list(folder.iterdir())


async def test_giving_up_kills_the_child(tmp_path: Path, folder: Path) -> None:
    before = children()
    async with MediaProcessor() as media:
        waiting = asyncio.create_task(media.make_safe_image(endless(tmp_path), folder))
        await until(lambda: children() != before)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert before == children()


async def test_no_more_than_two_work_at_once(tmp_path: Path, folder: Path) -> None:
    before, most, stuck = children(), 0, endless(tmp_path)
    async with MediaProcessor(timeout_seconds=0.6) as media:
        jobs = [asyncio.create_task(media.make_safe_image(stuck, folder)) for _ in range(4)]
        while not all(job.done() for job in jobs):
            most = max(most, len(children() - before))
            await asyncio.sleep(0.02)
        assert all(isinstance(job.exception(), NotPrepared) for job in jobs)

    assert MOST_AT_ONCE <= most <= MOST_AT_ONCE + 1, "two at work, and one loading for the next photo"
    assert before == children()


async def test_the_next_photo_finds_a_child_loaded(tmp_path: Path, folder: Path) -> None:
    source = write(tmp_path, make_jpeg(64, 48))
    async with MediaProcessor() as media:
        before = children()
        await media.make_safe_image(source, folder)
        await until(lambda: children() != before)
        killed = (children() - before).pop()
        os.kill(killed, 9)  # the system took it: the next photo must not notice
        await until(lambda: not psutil.pid_exists(killed))
        await asyncio.sleep(0.05)
        safe = await media.make_safe_image(source, folder)

    assert (64, 48) == (safe.width, safe.height)


async def test_memory_is_bounded_by_the_system(tmp_path: Path, folder: Path) -> None:
    greedy = tmp_path / "greedy.py"
    greedy.write_text(_PROGRAM.format(work=f"bytearray({MEMORY_BYTES})"))

    answer = await _run(greedy, folder)

    assert b'{"refused": "too_large"}\n' == answer


@pytest.mark.parametrize(
    ("work", "answer"),
    [
        ("open(folder / 'out', 'wb').truncate(200_000_000)", b'{"refused": "unreadable"}\n'),
        ("[open('/dev/null') for _ in range(64)]", b'{"refused": "unreadable"}\n'),
        ("sorted(os.environ.keys() - {'LC_CTYPE'})", b'{"made": ["PYTHONDONTWRITEBYTECODE", "PYTHONPATH"]}\n'),
        ("os.getcwd() == str(folder)", b'{"made": true}\n'),
    ],
)
async def test_a_child_has_little_to_work_with(work: str, answer: bytes, tmp_path: Path, folder: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM.format(work=work))

    assert answer == await _run(program, folder)


@pytest.mark.parametrize("work", ["os.abort()", "open('/dev/full', 'wb', 0).write(b'x')"])
async def test_what_may_be_our_trouble_is_not_said_of_the_file(work: str, tmp_path: Path, folder: Path) -> None:
    """F-46: a child that was killed, or found the disk full, gives no answer instead of a wrong one."""
    program = tmp_path / "trouble.py"
    program.write_text(_PROGRAM.format(work=work))

    with pytest.raises(ChildFailed):
        await _run(program, folder)


async def test_a_child_that_cannot_start_is_our_fault(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(child_processes, "_ENVIRONMENT", {})

    with pytest.raises(Unavailable, match="cannot be prepared right now"):
        await ChildProcesses("no_such_program", keeps_spare=False).work(folder, folder, timeout_seconds=5)


async def test_a_machine_without_room_for_a_child_is_our_fault(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """F-46: the system has no process left to give."""
    monkeypatch.setattr(child_processes.sys, "executable", str(folder))

    with pytest.raises(Unavailable, match="cannot be prepared right now"):
        await ChildProcesses("pawline.threads.media.reencode", keeps_spare=False).work(folder, folder, timeout_seconds=5)


def test_a_picture_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """F-46: where the disk takes only the first part of a photo, as a full one does, half a photo is not what is kept."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, most))
    try:
        with pytest.raises(OSError, match="too large"):
            save_whole(Image.effect_noise((600, 600), 90), tmp_path / "picture", "JPEG", quality=82, progressive=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


async def test_a_large_photo_fits_the_bounds(tmp_path: Path, folder: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (9000, 9000), (140, 92, 50)).save(out, "PNG", compress_level=1)
    async with MediaProcessor() as media:
        safe = await media.make_safe_image(write(tmp_path, out.getvalue()), folder)

    assert (2048, 2048) == (safe.width, safe.height)


_PROGRAM = "import os\nfrom pawline.threads.media.child import serve_one_job\nserve_one_job(lambda source, folder: {work})\n"


async def _run(program: Path, folder: Path) -> bytes:
    """The real parent with another program in the child."""
    environment = child_processes._ENVIRONMENT  # pyright: ignore[reportPrivateUsage]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            child_processes, "_ENVIRONMENT", {**environment, "PYTHONPATH": f"{environment['PYTHONPATH']}:{program.parent}"}
        )
        return await ChildProcesses(program.stem, keeps_spare=False).work(folder, folder, timeout_seconds=10)
