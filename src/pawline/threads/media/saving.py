"""Pictures written whole or not at all. Pillow writes to a file without looking how much of it went there."""

# Pillow's types speak of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

import io
from pathlib import Path
from typing import Any

from PIL import Image


def save_whole(image: Image.Image, path: Path, kind: str, **options: Any) -> None:
    """As Pillow's ``save``. Raises OSError where the disk has no room for all of it, instead of leaving the first part there."""
    encoded = io.BytesIO()
    image.save(encoded, kind, **options)
    path.write_bytes(encoded.getbuffer())
