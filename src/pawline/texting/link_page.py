"""The page behind a link in a text: one file, on any phone, with neither sign-in nor script."""

import base64
import hashlib
import re
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined
from litestar import Response
from markupsafe import Markup

from pawline.platform.errors import NotFound, Problem
from pawline.platform.languages import Language
from pawline.texting.link_words import LINK_WORDS, LinkWords
from pawline.texting.media_out import LinkGone, SharedFile

_TEMPLATES = files("pawline.texting").joinpath("templates")
_STYLE = _TEMPLATES.joinpath("link.css").read_text()
# The page may load its picture or video and apply this one style sheet; nothing else works on it.
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; img-src 'self'; media-src 'self'; style-src 'sha256-{_STYLE_HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_environment = Environment(
    loader=FunctionLoader(lambda name: _TEMPLATES.joinpath(name).read_text()),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


def file_page(file: SharedFile, token: str, language: Language) -> Response[str]:
    words = LINK_WORDS[language]
    facts = {
        "heading": words.headings[file.kind].format(file.clinic_name),
        "kind": file.kind,
        "address": f"/f/{token}",
        "size": _size_in_words(file.size_bytes),
        "until": words.day(file.expires_at.astimezone(ZoneInfo(file.timezone))),
        "dialled": _dialled(file.clinic_phone),
    }
    return _page("file.html", words, status=200, file=file, **facts)


def refusal_page(problem: Problem, language: Language) -> Response[str]:
    """The same for a link that has expired, one that was taken back, and one that never was."""
    words = LINK_WORDS[language]
    if not isinstance(problem, NotFound):
        facts = {"heading": problem.title, "sentence": problem.detail, "phone": None}
        return _page("refusal.html", LINK_WORDS["en"], status=problem.status, **facts)
    clinic = problem.clinic_name if isinstance(problem, LinkGone) else None
    phone = problem.clinic_phone if isinstance(problem, LinkGone) else None
    whom = clinic or words.practice
    call = words.call_on.format(whom, phone) if phone else words.call_whom.format(whom)
    facts = {"heading": words.over, "sentence": call, "phone": phone, "dialled": _dialled(phone)}
    return _page("refusal.html", words, status=problem.status, **facts)


def _page(template: str, words: LinkWords, *, status: int, **facts: Any) -> Response[str]:
    html = _environment.get_template(template).render(words=words, style=Markup(_STYLE), **facts)  # noqa: S704 - our own file
    return Response(html, status_code=status, media_type="text/html; charset=utf-8", headers=_HEADERS)


def _dialled(phone: str | None) -> str:
    return re.sub(r"[^+\d]", "", phone or "")


def _size_in_words(size_bytes: int) -> str:
    return f"{max(1, round(size_bytes / 1000))} KB" if size_bytes < 1_000_000 else f"{size_bytes / 1_000_000:.1f} MB"
