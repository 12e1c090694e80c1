"""Receiving a file without trusting its sender: never whole in memory, never over the limit, never left behind."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pawline.platform.errors import Invalid, TooLarge
from pawline.platform.files import FilesUnavailable

LONGEST_PAUSE_SECONDS = 60.0
PIECE_BYTES = 512 * 1024
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """``path`` is a temporary file, the caller's to delete; ``sha256`` is lower-case hex."""

    path: Path
    size_bytes: int
    sha256: str


async def receive_upload(chunks: AsyncIterator[bytes], *, limit_bytes: int, folder: Path) -> ReceivedFile:
    """Write ``chunks`` to a new file in ``folder``; on any failure or cancellation the file is gone again.

    Raises:
        TooLarge: more than ``limit_bytes``; nothing is read beyond the chunk that crossed it.
        Invalid: nothing was sent, or the sender paused for LONGEST_PAUSE_SECONDS.
        FilesUnavailable: the disk does not take it.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix="upload-")
    except OSError as error:
        raise FilesUnavailable from error
    path = Path(name)
    with ExitStack() as on_failure:
        on_failure.callback(path.unlink, missing_ok=True)
        size_bytes, sha256 = await _write(chunks, descriptor, limit_bytes=limit_bytes)
        require_within(size_bytes, limit_bytes)
        on_failure.pop_all()
    return ReceivedFile(path, size_bytes, sha256)


def require_within(size_bytes: int, limit_bytes: int) -> None:
    """Raises TooLarge or Invalid for what is no size of a file that we take."""
    if size_bytes <= 0:
        raise Invalid("This file is empty. Please choose another one.")
    _require_no_more(size_bytes, limit_bytes)


async def in_pieces(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in pieces of about PIECE_BYTES; when ``chunks`` fail, what had come until then is given first."""
    piece = bytearray()
    try:
        async for chunk in _without_long_pauses(chunks):
            piece += chunk
            if len(piece) >= PIECE_BYTES:
                yield bytes(piece)
                piece.clear()
    except Exception:
        if piece:
            yield bytes(piece)
        raise
    if piece:
        yield bytes(piece)


async def _write(chunks: AsyncIterator[bytes], descriptor: int, *, limit_bytes: int) -> tuple[int, str]:
    digest = hashlib.sha256()
    size_bytes = 0
    try:
        async for chunk in _without_long_pauses(chunks):
            size_bytes += len(chunk)
            _require_no_more(size_bytes, limit_bytes)
            digest.update(chunk)
            _write_all(descriptor, chunk)
    finally:
        os.close(descriptor)
    return size_bytes, digest.hexdigest()


def _write_all(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError as error:  # not to be taken for a sender who has gone
        raise FilesUnavailable from error


def _require_no_more(size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise TooLarge(f"This file is too large. The limit is {limit_bytes / _MEGABYTE:g} MB.")


async def _without_long_pauses(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    try:
        while True:
            async with asyncio.timeout(LONGEST_PAUSE_SECONDS):
                chunk = await anext(chunks, None)
            if chunk is None:
                return
            yield chunk
    except TimeoutError as error:
        raise Invalid("The upload stopped on its way. Please try again with a better connection.") from error
