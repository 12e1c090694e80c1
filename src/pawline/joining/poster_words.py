"""The words of a poster, in the languages that the owner's app speaks."""

from dataclasses import dataclass
from typing import Literal

PosterLanguage = Literal["en", "es", "both"]


@dataclass(frozen=True, slots=True)
class PosterWords:
    """``invitation``: its two lines where there is room for them. ``emergency`` is followed by the number."""

    invitation: tuple[str, str]
    steps: tuple[str, str, str]
    typed: str
    emergency: str


ENGLISH = PosterWords(
    invitation=("Scan to message us", "about your pet"),
    steps=(
        "Point your phone's camera at the square.",
        "Tell us who you are. We send you a code.",
        "Choose your pet and write. Send photos, too.",
    ),
    typed="No camera? Type this into your browser:",
    emergency="In an emergency, do not write. Call",
)
SPANISH = PosterWords(
    invitation=("Escanee para escribirnos", "sobre su mascota"),
    steps=(
        "Apunte la cámara de su teléfono al cuadrado.",
        "Díganos quién es. Le enviamos un código.",
        "Elija su mascota y escriba. Envíe fotos.",
    ),
    typed="¿Sin cámara? Escriba esto en su navegador:",
    emergency="En una emergencia, no escriba. Llame al",
)
WORDS: dict[PosterLanguage, tuple[PosterWords, ...]] = {"en": (ENGLISH,), "es": (SPANISH,), "both": (ENGLISH, SPANISH)}
