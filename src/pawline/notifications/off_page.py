"""The page behind the link that switches e-mails off: without sign-in and script. Only pressing its button switches them off,
for programs that look into mails open every link in them."""

import base64
import hashlib

from jinja2 import Environment, FunctionLoader, StrictUndefined
from litestar import Response
from markupsafe import Markup

from pawline.notifications.finding import FOLDER
from pawline.platform.errors import NotFound, Problem

_TEMPLATES = FOLDER.joinpath("templates")
_STYLE = _TEMPLATES.joinpath("off.css").read_text()
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
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


def asking_page() -> Response[str]:
    sentence = "We tell you by e-mail when you have not read a message from your vet after 3 minutes."
    return _page("No more e-mails?", sentence, asks=True)


def done_page() -> Response[str]:
    return _page("The e-mails are off.", "You can switch them on again in Pawline, under You.")


def refusal_page(problem: Problem) -> Response[str]:
    if isinstance(problem, NotFound):
        return _page("This link does not work.", "Sign in to Pawline: under You you can switch e-mails off.", status=404)
    return _page(problem.title, problem.detail, status=problem.status)


def _page(heading: str, sentence: str, *, status: int = 200, asks: bool = False) -> Response[str]:
    style = Markup(_STYLE)  # noqa: S704 - our own file
    html = _environment.get_template("off.html").render(style=style, heading=heading, sentence=sentence, asks=asks)
    return Response(html, status_code=status, media_type="text/html; charset=utf-8", headers=_HEADERS)
