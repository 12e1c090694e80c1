"""Where files lie while they arrive and are made safe, or a transcript is printed: below the data folder, as what lies there may
tell where somebody lives.

A folder for each, held by whoever works in it. What a killed process leaves behind is held by nobody, and goes at the next start.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from pawline.platform.data_folder import DataFolderUnusable
from pawline.platform.disk import held
from pawline.platform.files import FilesUnavailable


@contextmanager
def arriving(data: Path) -> Generator[Path]:
    """A folder of one's own, gone after the block with all that is in it. Raises FilesUnavailable where none can be made."""
    try:
        folder, descriptor = _own_folder(data)
    except (OSError, DataFolderUnusable) as error:
        raise FilesUnavailable from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def clear_arriving(data: Path) -> None:
    """Remove what ended processes left, and nothing that another one works on. Raises DataFolderUnusable."""
    place = _place(data)
    with held(place):
        for folder in [each for each in place.iterdir() if each.is_dir()]:
            if not _is_held(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _place(data: Path) -> Path:
    place = data / "arriving"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderUnusable(
            f"The data folder {data} cannot be used: {error.strerror}. Give PAWLINE_DATA a folder this user can write to."
        ) from error
    return place


def _own_folder(data: Path) -> tuple[Path, int]:
    """And what holds it."""
    place = _place(data)
    with held(place):  # nobody clears away between its being made and its being held
        folder = Path(tempfile.mkdtemp(dir=place))
        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return folder, descriptor


def _is_held(folder: Path) -> bool:
    with suppress(FileNotFoundError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
    return False
