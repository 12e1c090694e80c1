"""A stranger's file, handed out by our own address: in parts when asked for, under headers that keep it from doing harm."""

import unicodedata
from collections.abc import Mapping
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
    # The address holds a random id and its bytes never change, so the browser that may see it may keep it.
    "Cache-Control": "private, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def safe_headers(media_type: str, file_name: str, *, is_download: bool) -> dict[str, str]:
    """``file_name`` may come from a stranger; ``media_type`` must be ours."""
    return {
        "Content-Type": media_type,
        "Content-Disposition": _disposition(file_name, is_download=is_download),
        "Content-Security-Policy": _PLAYING if media_type.startswith(("video/", "audio/")) else _SANDBOX,
        **_ALWAYS,
    }


def file_response(file: FileDownload, headers: Mapping[str, str]) -> Stream:
    """The whole file, or with status 206 the part of it that was opened."""
    sizes = {"Content-Length": str(file.size_bytes), "Accept-Ranges": "bytes"}
    if file.part is not None:
        sizes["Content-Range"] = f"bytes {file.part.first}-{file.part.last}/{file.whole_bytes}"
    status = 200 if file.part is None else 206
    return Stream(file.chunks, status_code=status, headers={**headers, **sizes}, media_type=headers["Content-Type"])


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
