"""How much room the disks have. Uploads stop while the database can still write: texts go on, and nothing stored is at risk."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

import structlog
from prometheus_client import Gauge

from pawline.platform.errors import Unavailable
from pawline.platform.file_urls import read_folder
from pawline.platform.settings import Settings

FULL = 0.9
BALLAST_BYTES = 256 * 2**20
_LEAST_BESIDE_BALLAST = 8 * 2**30
# A tenth of a large disk is room for years.
_AMPLE_BYTES = 20 * 2**30
_ASK_AGAIN_SECONDS = 600

_used = Gauge("pawline_disk_used_ratio", "How full the disk is on which uploads arrive or files are kept, the fuller of both")
_log = structlog.get_logger()


class StorageFull(Unavailable):
    """No file is taken until somebody has made room."""

    status = 507
    code = "storage_full"
    title = "No room left"

    def __init__(self) -> None:
        super().__init__("There is no room for photos and files right now. Messages without them still arrive.")
        self.retry_after_seconds = _ASK_AGAIN_SECONDS


def require_room(settings: Settings) -> None:
    """Raises StorageFull."""
    for folder in _folders(settings):
        if is_full(folder):
            _log.error("disk_full", folder=str(folder))
            raise StorageFull


def is_full(folder: Path) -> bool:
    disk = shutil.disk_usage(folder)
    return _used_share(folder) >= FULL and disk.free < _AMPLE_BYTES


def watch_room(settings: Settings) -> None:
    """Have the metrics tell of it whenever they are asked for."""
    _used.set_function(lambda: max(map(_used_share, _folders(settings)), default=0))


def keep_ballast(folder: Path) -> None:
    """A file without content: whoever deletes it on a full disk has room for the database to start and to be cleared up."""
    ballast = folder / "ballast"
    if ballast.exists() or shutil.disk_usage(folder).free < _LEAST_BESIDE_BALLAST:
        return
    with suppress(OSError), ballast.open("xb") as file:
        os.posix_fallocate(file.fileno(), 0, BALLAST_BYTES)


def _used_share(folder: Path) -> float:
    """Of what Pawline may use: the system keeps a part of some disks for itself."""
    disk = shutil.disk_usage(folder)
    return disk.used / max(1, disk.used + disk.free)


def _folders(settings: Settings) -> list[Path]:
    """The files' own is made with the first of them, and an object store has none."""
    places = (settings.data, read_folder(settings.files_url))
    return [place for place in places if place is not None and place.exists()]
