"""The photos of the demo's year: each picture is drawn and made safe once, then kept for every message it was sent with."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from pawline.demo.casting import SEED
from pawline.demo.ids import Ids
from pawline.demo.pictures import draw_picture
from pawline.demo.talk import SentPhoto
from pawline.demo.year import ToldThread
from pawline.platform.files import FileStore
from pawline.threads.history import PastPhoto, PastThread, keep_photo_files
from pawline.threads.media.process import MediaProcessor, SafeImage  # imports: photos go the way of every upload

_WRITES_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class _Picture:
    sha256: bytes
    image: SafeImage


@asynccontextmanager
async def photos_kept(files: FileStore, told: Sequence[ToldThread]) -> AsyncGenerator[list[PastThread]]:
    """The threads with their photos, whose files are kept by then. Valid inside the block."""
    with tempfile.TemporaryDirectory(prefix="pawline-demo-") as folder:
        pictures = await _make_pictures({photo.picture for thread in told for photo in thread.photos}, Path(folder))
        threads = [_with_photos(thread, pictures) for thread in told]
        turns = asyncio.Semaphore(_WRITES_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for photo in (photo for thread in threads for photo in thread.photos):
                group.create_task(_keep(files, photo, turns))
        yield threads


async def _make_pictures(names: set[str], folder: Path) -> dict[str, _Picture]:
    async with MediaProcessor() as media, asyncio.TaskGroup() as group:
        tasks = {name: group.create_task(_make_picture(media, name, folder)) for name in sorted(names)}
        # Inside the processor's block: its children live as long as it does.
        return {name: await task for name, task in tasks.items()}


async def _make_picture(media: MediaProcessor, name: str, folder: Path) -> _Picture:
    drawn = await asyncio.to_thread(draw_picture, name)
    source, made = folder / f"{name}.jpg", folder / name
    source.write_bytes(drawn)
    made.mkdir()
    return _Picture(hashlib.sha256(drawn).digest(), await media.make_safe_image(source, made))


def _with_photos(thread: ToldThread, pictures: dict[str, _Picture]) -> PastThread:
    rng = Random(f"{SEED}: photos of {thread.past.id}")  # noqa: S311 - the same ids every time is the point
    return replace(thread.past, photos=[_photo(sent, pictures[sent.picture], rng) for sent in thread.photos])


def _photo(sent: SentPhoto, picture: _Picture, rng: Random) -> PastPhoto:
    ids = Ids(rng)
    return PastPhoto(
        id=ids.at(sent.sent_at),
        message_id=sent.message_id,
        sender_id=sent.sender_id,
        upload_key=ids.loose(),
        file_name=f"IMG_{rng.randint(1000, 9999)}.jpg",
        sha256=picture.sha256,
        image=picture.image,
        sent_at=sent.sent_at,
    )


async def _keep(files: FileStore, photo: PastPhoto, turns: asyncio.Semaphore) -> None:
    async with turns:
        await keep_photo_files(files, photo)
