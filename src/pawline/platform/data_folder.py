"""One process on a data folder at a time."""

import errno
import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


class DataFolderInUse(Exception):
    """Another Pawline works on the folder."""

    def __init__(self, folder: Path, pid: str) -> None:
        super().__init__(
            f"Another Pawline (process {pid}) already uses the data folder {folder}. Stop it, or give PAWLINE_DATA another."
        )


class DataFolderUnusable(Exception):
    """The folder cannot be made or written to. The text says why."""


@contextmanager
def locked(folder: Path) -> Generator[None]:
    """Hold the folder until the block or the process ends, however it ends.

    Raises:
        DataFolderInUse: another process holds it.
        DataFolderUnusable: it cannot be made or written to.
    """
    descriptor = _open_lock(folder)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataFolderInUse(folder, os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "unknown") from None
        _note_holder(folder, descriptor)
        yield
    finally:
        # The file stays: who removes it could remove the lock of the next one.
        os.close(descriptor)


def _open_lock(folder: Path) -> int:
    with _failures_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / "pawline.lock", os.O_RDWR | os.O_CREAT, 0o600)


def _note_holder(folder: Path, descriptor: int) -> None:
    with _failures_told(folder):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


@contextmanager
def _failures_told(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        advice = "Make room there" if error.errno == errno.ENOSPC else "Give PAWLINE_DATA a folder this user can write to"
        raise DataFolderUnusable(f"The data folder {folder} cannot be used: {error.strerror}. {advice}.") from error
