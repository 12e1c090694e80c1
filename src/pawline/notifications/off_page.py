"""The page behind the link that switches e-mails off: without sign-in and script. Only pressing its button switches them off,
for programs that look into mails open every link in them."""

import base64
import hashlib
from typing import NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from litestar import Response
from markupsafe import Markup

from pawline.notifications.finding import FOLDER
from pawline.platform.errors import NotFound, Problem
from pawline.platform.languages import Language

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


class _Words(NamedTuple):
    asking: str
    why: str
    off: str
    done: str
    on_again: str
    broken: str
    sign_in: str
    open: str


_WORDS: dict[Language, _Words] = {
    "en": _Words(
        asking="No more e-mails?",
        why="We tell you by e-mail when you have not read a message from your vet after 3 minutes.",
        off="Switch them off",
        done="The e-mails are off.",
        on_again="You can switch them on again in Pawline, under You.",
        broken="This link does not work.",
        sign_in="Sign in to Pawline: under You you can switch e-mails off.",
        open="Open Pawline",
    ),
    "es": _Words(
        asking="¿No más correos?",
        why="Le avisamos por correo cuando pasan 3 minutos sin que haya leído un mensaje de su veterinario.",
        off="Desactivarlos",
        done="Los correos están desactivados.",
        on_again="Puede volver a activarlos en Pawline, en Perfil.",
        broken="Este enlace no funciona.",
        sign_in="Inicie sesión en Pawline: en Perfil puede desactivar los correos.",
        open="Abrir Pawline",
    ),
}


def asking_page(language: Language) -> Response[str]:
    words = _WORDS[language]
    return _page(language, words.asking, words.why, button=words.off)


def done_page(language: Language) -> Response[str]:
    words = _WORDS[language]
    return _page(language, words.done, words.on_again)


def refusal_page(problem: Problem, language: Language) -> Response[str]:
    words = _WORDS[language]
    if isinstance(problem, NotFound):
        return _page(language, words.broken, words.sign_in, status=404)
    return _page("en", problem.title, problem.detail, status=problem.status)


def _page(language: Language, heading: str, sentence: str, *, status: int = 200, button: str | None = None) -> Response[str]:
    shown = {"heading": heading, "sentence": sentence, "button": button, "open": _WORDS[language].open}
    style = Markup(_STYLE)  # noqa: S704 - our own file
    html = _environment.get_template("off.html").render(style=style, language=language, **shown)
    return Response(html, status_code=status, media_type="text/html; charset=utf-8", headers=_HEADERS)
