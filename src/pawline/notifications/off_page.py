"""The page behind the link that switches e-mails off and on: without sign-in and script. Only pressing its button does, for
programs that look into mails open every link in them."""

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


class OffWords(NamedTuple):
    """Of one kind of e-mails in one language. ``place``: where it is chosen otherwise, by whoever signs in."""

    language: Language
    asking: str
    why: str
    off: str
    done: str
    elsewhere: str
    on: str
    undone: str
    broken: str
    sign_in: str
    open: str
    place: str


OWNER_WORDS: dict[Language, OffWords] = {
    "en": OffWords(
        language="en",
        asking="No more e-mails?",
        why="We tell you by e-mail when you have not read a message from your vet after 3 minutes.",
        off="Switch them off",
        done="The e-mails are off.",
        elsewhere="You can change that in Pawline at any time, under You.",
        on="Switch them on again",
        undone="The e-mails are on again.",
        broken="This link does not work.",
        sign_in="Sign in to Pawline: under You you can switch e-mails off.",
        open="Open Pawline",
        place="/owner/you",
    ),
    "es": OffWords(
        language="es",
        asking="¿No más correos?",
        why="Le avisamos por correo cuando pasan 3 minutos sin que haya leído un mensaje de su veterinario.",
        off="Desactivarlos",
        done="Los correos están desactivados.",
        elsewhere="Puede cambiarlo en Pawline cuando quiera, en Perfil.",
        on="Volver a activarlos",
        undone="Los correos están activados de nuevo.",
        broken="Este enlace no funciona.",
        sign_in="Inicie sesión en Pawline: en Perfil puede desactivar los correos.",
        open="Abrir Pawline",
        place="/owner/you",
    ),
}
DAY_END_WORDS = OffWords(
    language="en",
    asking="No more lists at the end of the day?",
    why="When a clinic of yours closes, we tell you by e-mail which conversations are still open. Other e-mails go on.",
    off="Switch them off",
    done="The lists at the end of the day are off.",
    elsewhere="You can change that in Pawline at any time, under Your devices and e-mails.",
    on="Switch them on again",
    undone="The lists at the end of the day are on again.",
    broken="This link does not work.",
    sign_in="Sign in to Pawline: under Your devices and e-mails you can switch it off.",
    open="Open Pawline",
    place="/staff/devices",
)


def asking_page(words: OffWords) -> Response[str]:
    return _page(words, words.asking, words.why, button=words.off)


def off_page(words: OffWords, on_url: str) -> Response[str]:
    """``on_url``: where its button posts to."""
    return _page(words, words.done, words.elsewhere, button=words.on, action=on_url)


def on_page(words: OffWords) -> Response[str]:
    return _page(words, words.undone, words.elsewhere)


def refusal_page(problem: Problem, words: OffWords) -> Response[str]:
    if isinstance(problem, NotFound):
        return _page(words, words.broken, words.sign_in, status=404)
    return _page(words._replace(language="en"), problem.title, problem.detail, status=problem.status)


def _page(words: OffWords, heading: str, sentence: str, *, status: int = 200, **form: str) -> Response[str]:
    """``form``: the words on its ``button``, if it has one, and to which ``action`` that posts if not to its own address."""
    shown = {"heading": heading, "sentence": sentence, "words": words, "button": None, "action": None, **form}
    html = _environment.get_template("off.html").render(style=Markup(_STYLE), **shown)  # noqa: S704 - our own file
    return Response(html, status_code=status, media_type="text/html; charset=utf-8", headers=_HEADERS)
