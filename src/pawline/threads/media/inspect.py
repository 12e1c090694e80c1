"""What a file is, by its content; its name and the sender's word count for nothing."""

import mmap
from enum import StrEnum
from pathlib import Path
from typing import cast

import filetype  # pyright: ignore[reportMissingTypeStubs] - it ships none

from pawline.platform.errors import Unsupported

_HEAD_BYTES = 4096
# ISO 23008-12: HEVC still pictures, 8 and 10 bit, single and collections. "avif" shares the box and is not among them.
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_HEIF_BRANDS = (b"mif1", b"msf1")
# ISO 14496-12 and -14, Apple's QuickTime, 3GPP TS 26.244: what phones write.
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
    M4A = "audio/mp4"
    WEBM = "audio/webm"
    OGG = "audio/ogg"
    PDF = "application/pdf"

    @property
    def is_photo(self) -> bool:
        return self.startswith("image/")

    @property
    def is_video(self) -> bool:
        return self.startswith("video/")

    @property
    def is_voice(self) -> bool:
        return self.startswith("audio/")


_GUESSED = {MediaType.JPEG, MediaType.PNG, MediaType.WEBP, MediaType.GIF, MediaType.PDF}


def read_media_type(path: Path) -> MediaType:
    """Look at how it begins: whether the rest is whole shows when it is re-encoded.

    Raises:
        Unsupported: not one of MediaType.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if (told := _by_brand(head) or _by_recorder(head)) is not None:
        return MediaType.M4A if told.is_video and _is_sound_alone(path) else told
    guess = cast("str | None", filetype.guess_mime(head))  # pyright: ignore[reportUnknownMemberType]
    if guess not in _GUESSED or not _is_well_begun(MediaType(guess), head):
        raise Unsupported(
            "Pawline takes photos (JPEG, PNG, WebP, GIF, HEIC), videos (MP4, MOV, 3GP), voice notes and PDFs. "
            "This file is something else."
        )
    return MediaType(guess)


def _by_brand(head: bytes) -> MediaType | None:
    """Photos of iPhones, all videos and some sound begin with a box that names their kind."""
    if head[4:8] != b"ftyp":
        return None
    brand, others = head[8:12], head[16 : min(int.from_bytes(head[:4], "big"), 256)]
    compatible = {others[i : i + 4] for i in range(0, len(others), 4)}
    if brand in _HEIC_BRANDS or (brand in _HEIF_BRANDS and not compatible.isdisjoint(_HEIC_BRANDS)):
        return MediaType.HEIC
    if brand == b"qt  ":
        return MediaType.QUICKTIME
    if brand == b"M4A ":
        return MediaType.M4A
    if brand[:3] in (b"3gp", b"3g2"):
        return MediaType.THREE_GP
    return MediaType.MP4 if brand in _MP4_BRANDS else None


def _by_recorder(head: bytes) -> MediaType | None:
    """Sound as browsers record it: Opus in WebM (RFC 8794's first bytes) or in Ogg (RFC 7845)."""
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return MediaType.WEBM
    return MediaType.OGG if head.startswith(b"OggS") and b"OpusHead" in head[:64] else None


def _is_sound_alone(path: Path) -> bool:
    """ISO 14496-12: every track has a box ``hdlr``, and 8 bytes into it the word for what the track is."""
    tracks: set[bytes] = set()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = content.find(b"hdlr")
        while at >= 0:
            tracks.add(content[at + 12 : at + 16])
            at = content.find(b"hdlr", at + 4)
    return b"soun" in tracks and b"vide" not in tracks


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
