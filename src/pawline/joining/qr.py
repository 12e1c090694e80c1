"""QR codes as shapes: sharp at every size, on paper and on screens."""

from collections.abc import Iterator
from itertools import groupby

import segno

from pawline.joining.views import QrPicture

Run = tuple[int, int, int]


def qr_picture(url: str) -> QrPicture:
    size, runs = qr_runs(url)
    return QrPicture(size=size, path="".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in runs))


def qr_runs(url: str) -> tuple[int, list[Run]]:
    """Modules on a side, and the dark ones from left to right as (x, y, width). The quiet zone around is not counted."""
    # "M" survives a torn corner or a coffee stain; more would make the modules too small to be read across a waiting room.
    rows = [[bool(module) for module in row] for row in segno.make_qr(url, error="m").matrix]
    return len(rows), [run for y, row in enumerate(rows) for run in _dark_runs(row, y)]


def _dark_runs(row: list[bool], y: int) -> Iterator[Run]:
    x = 0
    for is_dark, modules in groupby(row):
        width = len(list(modules))
        if is_dark:
            yield x, y, width
        x += width
