"""What a file is, by its content; its name and the sender's word count for nothing."""

from enum import StrEnum
from pathlib import Path
from typing import cast

import filetype  # pyright: ignore[reportMissingTypeStubs] - it ships none

from pawline.platform.errors import Unsupported

_HEAD_BYTES = 4096
# ISO 23008-12: HEVC still pictures, 8 and 10 bit, single and collections. "avif" shares the box and is not among them.
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_HEIF_BRANDS = (b"mif1", b"msf1")


class MediaType(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    HEIC = "image/heic"
    PDF = "application/pdf"

    @property
    def is_photo(self) -> bool:
        return self is not MediaType.PDF


def read_media_type(path: Path) -> MediaType:
    """Look at the first bytes only: whether the rest is whole shows when it is re-encoded.

    Raises:
        Unsupported: not one of MediaType.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if _is_heic(head):
        return MediaType.HEIC
    guess = cast("str | None", filetype.guess_mime(head))  # pyright: ignore[reportUnknownMemberType]
    if guess not in set(MediaType) - {MediaType.HEIC} or not _is_well_begun(MediaType(guess), head):
        raise Unsupported("Pawline takes photos (JPEG, PNG, WebP, GIF, HEIC) and PDF files. This file is something else.")
    return MediaType(guess)


def _is_heic(head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    brand, others = head[8:12], head[16 : min(int.from_bytes(head[:4], "big"), 256)]
    compatible = {others[i : i + 4] for i in range(0, len(others), 4)}
    return brand in _HEIC_BRANDS or (brand in _HEIF_BRANDS and not compatible.isdisjoint(_HEIC_BRANDS))


def _is_well_begun(guess: MediaType, head: bytes) -> bool:
    """Stricter than the library, which is content with two or four bytes of some formats."""
    match guess:
        case MediaType.JPEG:
            return head.startswith(b"\xff\xd8\xff")
        case MediaType.PNG:
            return head.startswith(b"\x89PNG\r\n\x1a\n")
        case MediaType.GIF:
            return head[:6] in (b"GIF87a", b"GIF89a")
        case MediaType.WEBP:
            return head[:4] == b"RIFF" and head[8:12] == b"WEBP"
        case MediaType.PDF:
            return head.startswith(b"%PDF-")
        case MediaType.HEIC:
            return True
