"""Where photos, videos and PDFs are kept: a folder or an object store, behind one small interface."""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from pawline.platform.byte_ranges import ByteRange
from pawline.platform.disk import flush_to_disk
from pawline.platform.errors import NotFound, Unavailable
from pawline.platform.file_urls import build_store, read_folder

if TYPE_CHECKING:  # exists in its type stubs only
    from obstore import GetResult

CHUNK_BYTES = 256 * 1024
# Keys are made by us from ids; anything else is a bug, and would be a path on somebody's disk.
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", re.ASCII)


class FileMissing(NotFound):
    """Nothing is stored under this key."""


class FilesUnavailable(Unavailable):
    """The store refuses, does not answer, or gave other bytes than were put; the cause is chained for the log."""

    def __init__(self, detail: str = "Photos and files cannot be reached right now. Please try again in a minute.") -> None:
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """``sha256`` is lower-case hex; keep it with the row, and give it to ``get``."""

    key: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileDownload:
    """``size_bytes`` is that of all ``chunks``, which can be read once; each is about CHUNK_BYTES.

    ``whole_bytes`` is the size of the file, of which ``part`` was asked for; None: all of it.
    """

    size_bytes: int
    chunks: AsyncIterator[bytes]
    whole_bytes: int
    part: ByteRange | None = None


class FileStore:
    """Files by key, like ``attachments/0199.../display``: lower case, digits, ``.``, ``_``, ``-`` and ``/``.

    The URL says where:

    - ``file:///var/lib/pawline/files``: a folder, made when missing;
    - ``s3://KEY:SECRET@bucket/folder?region=eu-west-1``: Amazon S3. Key and secret percent-encoded (``/`` is ``%2F``);
      without them obstore looks where Amazon's own tools do: environment, web identity, instance role;
    - ``...&endpoint=https://s3.example.org``: any other server that speaks S3;
    - ``gs://bucket/folder``, ``az://container/folder``: Google and Azure; credentials from their own tools' environment;
    - ``memory://``: gone with the process; for tests.

    A key needs the right to list the bucket, else S3 answers 403 for a missing file and it shows as FilesUnavailable.
    """

    def __init__(self, url: str) -> None:
        self._folder = read_folder(url)
        with _failures_shown():
            self._store: ObjectStore = build_store(url)

    async def put(self, key: str, data: bytes | Path) -> StoredFile:
        """Store all of ``data`` or nothing; on return it survives a power cut. Replaces what was there.

        Raises:
            FilesUnavailable: not stored.
        """
        _require_key(key)
        size_bytes, sha256 = await asyncio.to_thread(_measure, data)
        with _failures_shown():
            await obstore.put_async(self._store, key, data)
            if self._folder is not None:
                await asyncio.to_thread(_keep_whole, self._folder / key)
        return StoredFile(key, size_bytes, sha256)

    async def get(self, key: str, *, sha256: str | None = None) -> bytes:
        """The whole file; for small ones. With ``sha256`` the bytes are checked against it.

        Raises:
            FileMissing: nothing under this key.
            FilesUnavailable: the store failed, or the bytes are not those of ``sha256``.
        """
        _require_key(key)
        with _failures_shown(missing=FileMissing):
            result = await obstore.get_async(self._store, key)
            content = bytes(await result.bytes_async())
        if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
            raise FilesUnavailable("This file is damaged where it is stored. Please tell the practice.")
        return content

    async def find(self, key: str) -> bytes | None:
        """As ``get``, for what its reader can do without: None where it is missing or cannot be had now."""
        try:
            return await self.get(key)
        except (FileMissing, FilesUnavailable):
            return None

    async def open(self, key: str, part: ByteRange | None = None) -> FileDownload:
        """The file in chunks, never whole in memory. Raises as ``get`` does, before the first chunk whenever it can."""
        _require_key(key)
        with _failures_shown(missing=FileMissing):
            result = await obstore.get_async(self._store, key, options={"range": (part.first, part.last + 1)} if part else None)
        first, end = result.range
        return FileDownload(end - first, _chunks(result), result.meta["size"], ByteRange(first, end - 1) if part else None)

    async def delete(self, key: str) -> None:
        """Make sure nothing is stored under ``key``; repeating is harmless."""
        _require_key(key)
        try:
            with _failures_shown(missing=FileMissing):
                await obstore.delete_async(self._store, key)
        except FileMissing:
            return

    async def move(self, key: str, to: str) -> None:
        """Replaces what was there. Stores without a way to move copy and delete: broken off between, it is under both keys.

        Raises:
            FileMissing: nothing under this key.
        """
        _require_key(key)
        _require_key(to)
        with _failures_shown(missing=FileMissing):
            await obstore.rename_async(self._store, key, to)

    async def list(self, prefix: str) -> AsyncIterator[str]:
        """The keys below the folder ``prefix`` (whole names: ``a/b`` has ``a/b/c``, not ``a/bc``), in no order."""
        _require_key(prefix)
        with _failures_shown():
            async for page in obstore.list(self._store, prefix, chunk_size=200):  # pyright: ignore[reportUnknownMemberType] - of an Arrow form we do not use
                for entry in page:
                    yield entry["path"]


async def _chunks(result: "GetResult") -> AsyncIterator[bytes]:
    with _failures_shown(missing=FileMissing):
        async for chunk in result.stream(min_chunk_size=CHUNK_BYTES):
            yield bytes(chunk)


def _require_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of a stored file: {key!r}")


def _measure(data: bytes | Path) -> tuple[int, str]:
    if isinstance(data, bytes):
        return len(data), hashlib.sha256(data).hexdigest()
    with data.open("rb") as file:
        return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _keep_whole(path: Path) -> None:
    # obstore renames into place without fsync; a message must not outlive its photo in a power cut.
    for target in (path, path.parent):
        flush_to_disk(target)


@contextmanager
def _failures_shown(*, missing: type[FileMissing] | type[FilesUnavailable] = FilesUnavailable) -> Generator[None]:
    try:
        yield
    except FileNotFoundError as error:  # when writing, it is the bucket that is missing
        raise missing() from error
    except (BaseError, OSError) as error:
        raise FilesUnavailable from error
