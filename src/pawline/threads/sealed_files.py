"""The files of deleted messages: each is stored anew, sealed under the key of its message, and the plain one removed."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

from pawline.platform.byte_ranges import ByteRange
from pawline.platform.files import FileDownload, FileMissing, FileStore
from pawline.platform.sealing import PART_BYTES, SEALED_PART_BYTES, Seal, count_parts, cut
from pawline.threads.attachments import storage_keys
from pawline.threads.file_links import VARIANTS, storage_key


def sealed_storage_key(attachment_id: UUID, variant: str) -> str:
    return f"sealed/{attachment_id}/{variant}"


async def seal_files(files: FileStore, attachment_id: UUID, key: bytes, *, folder: Path) -> None:
    """Store the sealed ones; the plain ones stay until ``remove_plain_files``. May be broken off and done again."""
    for variant in VARIANTS:
        try:
            plain = await files.open(storage_key(attachment_id, variant))
        except FileMissing:  # no thumbnail of this kind of file, or removed already
            continue
        path = folder / f"{attachment_id}-{variant}"
        await _write_sealed(plain, _seal_of(key, attachment_id, variant), path)
        await files.put(sealed_storage_key(attachment_id, variant), path)
        path.unlink()


async def remove_plain_files(files: FileStore, attachment_id: UUID) -> None:
    for stored in storage_keys(attachment_id):
        await files.delete(stored)


async def remove_all_files(files: FileStore, attachment_id: UUID) -> None:
    await remove_plain_files(files, attachment_id)
    for variant in VARIANTS:
        await files.delete(sealed_storage_key(attachment_id, variant))


async def find_sealed_thumbnail(files: FileStore, attachment_id: UUID, key: bytes) -> bytes | None:
    """None where it is missing or cannot be had now."""
    sealed = await files.find(sealed_storage_key(attachment_id, "thumbnail"))
    if sealed is None:
        return None
    seal, parts = _seal_of(key, attachment_id, "thumbnail"), -(-len(sealed) // SEALED_PART_BYTES)
    cuts = (sealed[number * SEALED_PART_BYTES : (number + 1) * SEALED_PART_BYTES] for number in range(parts))
    return b"".join(seal.of_part(number, of=parts).open(each) for number, each in enumerate(cuts))


async def open_sealed_file(
    files: FileStore, attachment_id: UUID, key: bytes, *, size_bytes: int, part: ByteRange | None
) -> FileDownload:
    """``size_bytes`` and ``part`` are those of the plain file."""
    many = count_parts(size_bytes)
    first, last = (part.first, part.last) if part else (0, size_bytes - 1)
    begin = first // PART_BYTES
    end = min(last // PART_BYTES + 1, many)
    # Past the end of the file nothing is sent; the last sealed part may be shorter than this.
    sealed_size = size_bytes + many * (SEALED_PART_BYTES - PART_BYTES)
    asked = ByteRange(begin * SEALED_PART_BYTES, min(end * SEALED_PART_BYTES, sealed_size) - 1)
    sealed = await files.open(sealed_storage_key(attachment_id, "file"), asked)
    seal = _seal_of(key, attachment_id, "file")

    async def chunks() -> AsyncIterator[bytes]:
        number = begin
        async for each in cut(sealed.chunks, SEALED_PART_BYTES):
            plain = seal.of_part(number, of=many).open(each)
            start = number * PART_BYTES
            yield plain[max(first - start, 0) : last + 1 - start]
            number += 1

    return FileDownload(last + 1 - first, chunks(), size_bytes, part)


def _seal_of(key: bytes, attachment_id: UUID, variant: str) -> Seal:
    return Seal(key, f"file:{attachment_id}/{variant}")


async def _write_sealed(plain: FileDownload, seal: Seal, path: Path) -> None:
    parts = count_parts(plain.size_bytes)
    number = 0
    with path.open("wb") as file:
        async for part in cut(plain.chunks, PART_BYTES):
            file.write(seal.of_part(number, of=parts).close(part))
            number += 1
