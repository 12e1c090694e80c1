"""Files of deleted messages: sealed in parts, opened whole and in part."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from pawline.platform.byte_ranges import ByteRange
from pawline.platform.files import FileMissing, FileStore
from pawline.platform.sealing import PART_BYTES, SealBroken, new_key
from pawline.threads.file_links import storage_key
from pawline.threads.sealed_files import (
    find_sealed_thumbnail,
    open_sealed_file,
    remove_all_files,
    remove_plain_files,
    seal_files,
    sealed_storage_key,
)

SIZES = [1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES + 77]


def video_of(size: int) -> bytes:
    return bytes(number * 7 % 251 for number in range(size))


@pytest.fixture
async def files() -> FileStore:
    return FileStore("memory://")


async def sealed(files: FileStore, content: bytes, folder: Path) -> tuple[UUID, bytes]:
    attachment_id, key = uuid4(), new_key()
    await files.put(storage_key(attachment_id, "file"), content)
    await files.put(storage_key(attachment_id, "thumbnail"), content[:100_000])
    await seal_files(files, attachment_id, key, folder=folder)
    await remove_plain_files(files, attachment_id)
    return attachment_id, key


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_whole_and_at_any_part(files: FileStore, tmp_path: Path, size: int) -> None:
    """C14: an administrator looks at a video from its middle, as before it was sealed."""
    content = video_of(size)
    attachment_id, key = await sealed(files, content, tmp_path)
    edges = {0, 1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, size // 2, size - 1}
    asked = [ByteRange(first, last) for first in edges for last in edges if first <= last < size]
    whole = await open_sealed_file(files, attachment_id, key, size_bytes=size, part=None)
    parts = [await open_sealed_file(files, attachment_id, key, size_bytes=size, part=each) for each in asked]

    assert content == b"".join([chunk async for chunk in whole.chunks])
    for each, part in zip(asked, parts, strict=True):
        shown = b"".join([chunk async for chunk in part.chunks])
        assert content[each.first : each.last + 1] == shown
        assert (len(shown), size, each) == (part.size_bytes, part.whole_bytes, part.part)
    assert content[:100_000] == await find_sealed_thumbnail(files, attachment_id, key)


async def test_nothing_plain_is_left(files: FileStore, tmp_path: Path) -> None:
    """C14 and P-17: neither in the store nor on the way there."""
    content = b"CANARY-7731" * 9_000
    attachment_id, _ = await sealed(files, content, tmp_path)
    keys = [key async for key in files.list("sealed")]
    stored = [await files.get(key) for key in keys]

    assert {sealed_storage_key(attachment_id, variant) for variant in ("file", "thumbnail")} == set(keys)
    assert [] == [key async for key in files.list("attachments")]
    assert not any(b"CANARY" in each for each in stored)
    assert [] == list(tmp_path.iterdir())


async def test_it_may_be_sealed_again_and_removed_twice(files: FileStore, tmp_path: Path) -> None:
    """C14: a job that died comes again, whatever it has done before."""
    attachment_id, key = await sealed(files, video_of(500), tmp_path)
    await seal_files(files, attachment_id, key, folder=tmp_path)
    again = await open_sealed_file(files, attachment_id, key, size_bytes=500, part=None)
    shown = b"".join([chunk async for chunk in again.chunks])
    for _ in range(2):
        await remove_all_files(files, attachment_id)

    assert video_of(500) == shown
    assert await find_sealed_thumbnail(files, attachment_id, key) is None
    with pytest.raises(FileMissing):
        await open_sealed_file(files, attachment_id, key, size_bytes=500, part=None)


async def test_another_key_opens_nothing(files: FileStore, tmp_path: Path) -> None:
    """C14: the files go with the key of their message."""
    attachment_id, _ = await sealed(files, video_of(500), tmp_path)
    opened = await open_sealed_file(files, attachment_id, new_key(), size_bytes=500, part=None)

    with pytest.raises(SealBroken):
        [chunk async for chunk in opened.chunks]
