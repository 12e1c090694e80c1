"""What the page behind a link in a text says. Whoever opens it is known by nothing but their browser."""

from dataclasses import dataclass
from datetime import datetime

from pawline.platform.languages import Language
from pawline.texting.media_out import SharedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkWords:
    language: Language
    headings: dict[SharedKind, str]
    photo: str
    video: str
    download: str
    until: str
    questions: str
    call: str
    call_whom: str
    call_on: str
    practice: str
    over: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    date: str

    def day(self, at: datetime) -> str:
        return self.date.format(weekday=self.days[at.weekday()], day=at.day, month=self.months[at.month - 1], year=at.year)


_ENGLISH = LinkWords(
    language="en",
    headings={SharedKind.PHOTO: "A photo from {}", SharedKind.VIDEO: "A video from {}", SharedKind.PDF: "A file from {}"},
    photo="Photo from {}",
    video="Video from {}",
    download="Download",
    until="This link works until {}.",
    questions="Questions? Call {} on",
    call="Call {}",
    call_whom="Call {}.",
    call_on="Call {} on {}.",
    practice="your practice",
    over="This link no longer works.",
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date="{weekday}, {day} {month} {year}",
)
_SPANISH = LinkWords(
    language="es",
    headings={SharedKind.PHOTO: "Una foto de {}", SharedKind.VIDEO: "Un vídeo de {}", SharedKind.PDF: "Un archivo de {}"},
    photo="Foto de {}",
    video="Vídeo de {}",
    download="Descargar",
    until="Este enlace funciona hasta el {}.",
    questions="¿Preguntas? Llame a {}:",
    call="Llamar al {}",
    call_whom="Llame a {}.",
    call_on="Llame a {}: {}.",
    practice="su clínica",
    over="Este enlace ya no funciona.",
    days=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    date="{weekday}, {day} de {month} de {year}",
)
LINK_WORDS: dict[Language, LinkWords] = {"en": _ENGLISH, "es": _SPANISH}
