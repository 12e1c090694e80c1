"""A transcript as a PDF: what was written when and by whom, to be read, filed and attached to a medical record."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec
from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs] - has none
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from PIL import Image

from pawline.transcripts.line_breaks import break_lines
from pawline.transcripts.sheet import Entry, FileLine, Head
from pawline.transcripts.words import WORDS

_FONT_FILES = files("fontpkg_fira_sans") / "files"
_FONTS = {"": "FiraSans-Regular.ttf", "B": "FiraSans-SemiBold.ttf", "I": "FiraSans-Italic.ttf"}
_FONT = "Fira Sans"
_INK, _GREY, _BRAND, _NOTE = (20, 33, 31), (74, 90, 87), (15, 111, 102), (253, 245, 220)
# Millimetres.
_MARGIN, _TIME, _LINE, _PICTURE = 18, 16, 5.0, 42
_LOGO = (50, 16)
_UNPRINTABLE = "[?]"
_LONGEST_COMMON = 32
# What only says how the sign before it is to be shown: variation selectors, joiners, skin tones.
_MODIFIERS = {*range(0xFE00, 0xFE10), 0x200D, *range(0x1F3FB, 0x1F400)}


class Look(NamedTuple):
    """``size`` in points, ``line`` in millimetres; colours are 0 to 255 each."""

    size: float
    style: str = ""
    colour: tuple[int, int, int] = _INK
    fill: tuple[int, int, int] | None = None
    line: float = _LINE


def print_transcript(sheet: Path, folder: Path, to: Path) -> int:
    """Returns the number of pages. ``folder`` has the small pictures."""
    with sheet.open("rb") as file:
        document = _Document(msgspec.json.decode(file.readline(), type=Head), folder)
        document.add_head()
        for entry in _entries(file):
            document.add_entry(entry)
    document.finish(to)
    return document.page_no()


def _entries(lines: Iterator[bytes]) -> Iterator[Entry]:
    decoder = msgspec.json.Decoder(Entry)
    return (decoder.decode(line) for line in lines)


class _Document(FPDF):
    """Written from top to bottom; ``header`` and ``footer`` are called for each page."""

    def __init__(self, head: Head, folder: Path) -> None:
        super().__init__(format="a4")
        self._head = head
        self._words = WORDS[head.language]
        self._folder = folder
        self._day = ""
        self._has_unprintable = False
        for style, name in _FONTS.items():
            self.add_font(_FONT, style, str(_FONT_FILES / name))
        self._known = frozenset(_letters())
        self.set_title(f"{self._words.title}: {head.title}")
        self.set_lang(head.language)
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=20)
        self.add_page()

    def header(self) -> None:
        if self.page_no() == 1:
            return
        self._write(f"{self._head.title} · {self._head.clinic}", Look(size=9, colour=_GREY))
        self.ln(4)

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(_FONT, "", 9)
        self.set_text_color(*_GREY)
        # fpdf knows the number of all pages when it is done, and puts it there.
        self.cell(0, 5, self._words.page.format(page=self.page_no(), pages="{nb}"), align="R")

    def add_head(self) -> None:
        if self._head.logo is not None:
            self._picture(self._head.logo, *_LOGO)
            self.ln(2)
        place = self._head.clinic if self._head.clinic == self._head.practice else f"{self._head.practice} · {self._head.clinic}"
        self._write(place, Look(size=11, style="B", colour=_BRAND))
        self._write(self._head.title, Look(size=20, style="B", line=9))
        self._write(self._words.title, Look(size=11, colour=_GREY))
        if self._head.warning:
            self._write(self._head.warning, Look(size=11, style="B", fill=_NOTE))
        self.ln(3)
        for fact in self._head.facts:
            self._fact(fact.name, fact.value)
        self.ln(1)
        self._write(self._head.times, Look(size=9, colour=_GREY))

    def add_entry(self, entry: Entry) -> None:
        if entry.day != self._day:
            self._add_day(entry.day)
        # A name at the foot of a page and its words on the next one are hard to read.
        if self.will_page_break(3 * _LINE):
            self.add_page()
        self.set_font(_FONT, "", 9)
        self.set_text_color(*_GREY)
        self.cell(_TIME, _LINE, entry.time)
        self.set_left_margin(_MARGIN + _TIME)
        fill = _NOTE if entry.is_note else None
        self._author(entry)
        if entry.body:
            colour = _GREY if entry.is_deleted else _INK
            self._write(entry.body, Look(size=10.5, style="I" if entry.is_deleted else "", colour=colour, fill=fill))
        for file in entry.files:
            self._file(file)
        self.set_left_margin(_MARGIN)
        self.ln(2.5)

    def finish(self, to: Path) -> None:
        if self._has_unprintable:
            self.ln(3)
            self._write(self._words.unprintable, Look(size=9, colour=_GREY))
        self.output(str(to))

    def _fact(self, name: str, value: str) -> None:
        self.set_font(_FONT, "", 10)
        self.set_text_color(*_GREY)
        self.cell(30, _LINE, name)
        self.set_left_margin(_MARGIN + 30)
        self._write(value, Look(size=10))
        self.set_left_margin(_MARGIN)

    def _add_day(self, day: str) -> None:
        self._day = day
        if self.will_page_break(6 * _LINE):
            self.add_page()
        self.ln(4)
        self._write(day, Look(size=11, style="B", colour=_BRAND))
        self.set_draw_color(*_BRAND)
        self.line(_MARGIN, self.get_y() + 0.8, self.w - _MARGIN, self.get_y() + 0.8)
        self.ln(3)

    def _author(self, entry: Entry) -> None:
        self.set_font(_FONT, "B", 10)
        self.set_text_color(*(_BRAND if entry.is_of_team else _INK))
        name = self._printable(entry.author)
        self.cell(self.get_string_width(name) + 3, _LINE, name)
        self._write(entry.how, Look(size=9, colour=_GREY))

    def _file(self, file: FileLine) -> None:
        self._write(file.name, Look(size=9, colour=_GREY))
        if file.picture is None:
            return
        self._picture(file.picture, _PICTURE, _PICTURE)

    def _picture(self, name: str, widest: float, highest: float) -> None:
        path = self._folder / name
        with Image.open(path) as picture:
            scale = min(widest / picture.width, highest / picture.height)
            width, height = picture.width * scale, picture.height * scale
        if self.will_page_break(height):
            self.add_page()
        self.image(path, x=self.l_margin + self.c_margin, y=self.get_y(), w=width, h=height)
        self.set_y(self.get_y() + height + 1.5)

    def _write(self, words: str, look: Look) -> None:
        self.set_font(_FONT, look.style, look.size)
        self.set_text_color(*look.colour)
        if look.fill is not None:
            self.set_fill_color(*look.fill)
        width = self.w - self.r_margin - self.get_x()
        width_of = partial(_width_of, self, look.style, look.size)
        for line in break_lines(self._printable(words), width_of=width_of, longest=width - 2 * self.c_margin):
            self.cell(width, look.line, line, fill=look.fill is not None, new_x=XPos.LEFT, new_y=YPos.NEXT)
        self.set_x(self.l_margin)

    def _printable(self, words: str) -> str:
        """With the names of signs that our letters lack, and a box for letters of other scripts."""
        if words.isascii():
            return words
        return "".join(self._sign(character) for character in words)

    def _sign(self, character: str) -> str:
        if character in "\n\t" or ord(character) in self._known:
            return character
        shown = _named(character)
        self._has_unprintable = self._has_unprintable or shown == _UNPRINTABLE
        return shown


def _letters() -> Iterator[int]:
    """The code points that can be printed."""
    with TTFont(str(_FONT_FILES / _FONTS[""])) as font:
        yield from font.getBestCmap() or ()


def _width_of(document: FPDF, style: str, size: float, words: str) -> float:
    # What is longer comes once.
    is_common = len(words) <= _LONGEST_COMMON
    return _known_width(document, style, size, words) if is_common else document.get_string_width(words)


@lru_cache(maxsize=50_000)
def _known_width(document: FPDF, style: str, size: float, words: str) -> float:  # noqa: ARG001 - a width is one of a look
    return document.get_string_width(words)


@lru_cache(maxsize=1_000)
def _named(character: str) -> str:
    if ord(character) in _MODIFIERS:
        return ""
    is_picture = unicodedata.category(character) in ("So", "Sk", "Sm")
    return f"[{unicodedata.name(character, '').lower()}]" if is_picture else _UNPRINTABLE
