"""Headers under which a stranger's file may be shown by our own address."""

import unicodedata
from urllib.parse import quote

_LONGEST_NAME = 120

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
    # The address holds a random id and its bytes never change, so the browser that may see it may keep it.
    "Cache-Control": "private, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def safe_headers(media_type: str, file_name: str, *, is_download: bool) -> dict[str, str]:
    """``file_name`` may come from a stranger; ``media_type`` must be ours."""
    return {"Content-Type": media_type, "Content-Disposition": _disposition(file_name, is_download=is_download), **_ALWAYS}


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
