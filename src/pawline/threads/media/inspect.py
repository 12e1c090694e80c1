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
# ISO 14496-12 and -14, Apple's QuickTime, 3GPP TS 26.244: what phones write. Sound alone ("M4A ") is not among them.
_MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"hvc1", b"M4V ", b"MSNV", b"mmp4")


class MediaType(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    HEIC = "image/heic"
    MP4 = "video/mp4"
    QUICKTIME = "video/quicktime"
    THREE_GP = "video/3gpp"
    PDF = "application/pdf"

    @property
    def is_photo(self) -> bool:
        return self.startswith("image/")

    @property
    def is_video(self) -> bool:
        return self.startswith("video/")


_OURS_TO_TELL = {MediaType.HEIC, MediaType.MP4, MediaType.QUICKTIME, MediaType.THREE_GP}


def read_media_type(path: Path) -> MediaType:
    """Look at the first bytes only: whether the rest is whole shows when it is re-encoded.

    Raises:
        Unsupported: not one of MediaType.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if (told := _by_brand(head)) is not None:
        return told
    guess = cast("str | None", filetype.guess_mime(head))  # pyright: ignore[reportUnknownMemberType]
    if guess not in set(MediaType) - _OURS_TO_TELL or not _is_well_begun(MediaType(guess), head):
        raise Unsupported(
            "Pawline takes photos (JPEG, PNG, WebP, GIF, HEIC), videos (MP4, MOV, 3GP) and PDFs. This file is something else."
        )
    return MediaType(guess)


def _by_brand(head: bytes) -> MediaType | None:
    """Photos of iPhones and all videos begin with a box that names their kind."""
    if head[4:8] != b"ftyp":
        return None
    brand, others = head[8:12], head[16 : min(int.from_bytes(head[:4], "big"), 256)]
    compatible = {others[i : i + 4] for i in range(0, len(others), 4)}
    if brand in _HEIC_BRANDS or (brand in _HEIF_BRANDS and not compatible.isdisjoint(_HEIC_BRANDS)):
        return MediaType.HEIC
    if brand == b"qt  ":
        return MediaType.QUICKTIME
    if brand[:3] in (b"3gp", b"3g2"):
        return MediaType.THREE_GP
    return MediaType.MP4 if brand in _MP4_BRANDS else None


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
        case _:
            return False
