"""A stranger's file, handed out by our own address: in parts when asked for, under headers that keep it from doing harm."""

import unicodedata
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from litestar.response import Stream

from pawline.platform.files import FileDownload

_LONGEST_NAME = 120

_SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
# Opened in a tab of its own, a video or a voice note is fetched once more by the browser's player, which must be of our
# origin for that.
_PLAYING = "sandbox allow-same-origin; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Its bytes never change, but who may see them does: a browser shows its copy for five minutes before it asks again.
    "Cache-Control": "private, max-age=300",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser wants of a file: a ``part`` (``Range``), and nothing if it has it (``If-None-Match``)."""

    part: str | None = None
    known: str | None = None

    @staticmethod
    def by(headers: Mapping[str, str]) -> "Asked":
        return Asked(headers.get("range"), headers.get("if-none-match"))

    def is_known(self, headers: Mapping[str, str]) -> bool:
        """Is what goes out under ``headers`` there already?"""
        known = {tag.strip().removeprefix("W/") for tag in (self.known or "").split(",")}
        return headers["ETag"] in known


def tagged(headers: Mapping[str, str], name: object) -> dict[str, str]:
    """For a file that is never another one under the same ``name``."""
    return {**headers, "ETag": f'"{name}"'}


def safe_headers(media_type: str, file_name: str, *, is_download: bool) -> dict[str, str]:
    """``file_name`` may come from a stranger; ``media_type`` must be ours."""
    return {
        "Content-Type": media_type,
        "Content-Disposition": _disposition(file_name, is_download=is_download),
        "Content-Security-Policy": _PLAYING if media_type.startswith(("video/", "audio/")) else _SANDBOX,
        **_ALWAYS,
    }


def file_response(file: FileDownload | None, headers: Mapping[str, str]) -> Stream:
    """The whole file, or with status 206 the part of it that was opened. None: the browser has it, and may go on showing it."""
    if file is None:
        return Stream(_nothing(), status_code=304, headers=headers, media_type=headers["Content-Type"])
    sizes = {"Content-Length": str(file.size_bytes), "Accept-Ranges": "bytes"}
    if file.part is not None:
        sizes["Content-Range"] = f"bytes {file.part.first}-{file.part.last}/{file.whole_bytes}"
    status = 200 if file.part is None else 206
    return Stream(file.chunks, status_code=status, headers={**headers, **sizes}, media_type=headers["Content-Type"])


async def _nothing() -> AsyncIterator[bytes]:
    for nothing in ():
        yield nothing


def _disposition(file_name: str, *, is_download: bool) -> str:
    """RFC 6266: the plain name for old programs, the RFC 5987 form for every alphabet."""
    kind = "attachment" if is_download else "inline"
    name = _cleaned(file_name)
    plain = "".join(c if c.isascii() and c not in '"\\%' else "_" for c in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _cleaned(file_name: str) -> str:
    # Control and format characters go (line ends split headers, U+202E shows "exe.fdp" as "pdf.exe"), and so do folders.
    last = file_name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in last if not unicodedata.category(c).startswith("C")).strip(" .")
    stem, dot, ending = visible.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: _LONGEST_NAME - 9]}.{ending}"
    return visible[:_LONGEST_NAME] or "file"
