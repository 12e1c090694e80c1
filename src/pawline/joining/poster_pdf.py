"""A poster as a PDF: vectors and embedded letters, and the logo with all its dots, so that it prints sharp anywhere."""

from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from PIL import Image

from pawline.joining.poster_colours import BLACK, OWN_BRAND, WHITE, Colour, ink_on, read_colour
from pawline.joining.poster_facts import Paper, Poster
from pawline.joining.poster_words import WORDS, PosterLanguage
from pawline.joining.qr import qr_runs

# Latin, Greek, Cyrillic and Vietnamese. What fpdf2 has of its own ends at Latin-1.
_FONT_FILES = files("fontpkg_fira_sans") / "files"
_FONTS = {"": "FiraSans-Regular.ttf", "B": "FiraSans-Bold.ttf"}
_FONT = "Fira Sans"
_GREY = Colour(74, 90, 87)

# Millimetres. Nothing stands nearer to the edge: office printers leave that much white.
_MARGIN = 12
_QR_WIDTH = {"a4": 122, "letter": 106}
# Modules of white around the code, without which scanners do not find it (ISO/IEC 18004).
_QUIET = 4
# Of the box that the logo stands in, white as the logo may be made for it.
_LOGO_WIDTH, _LOGO_HEIGHT, _LOGO_BORDER = 46, 19, 2
# Points.
_SMALLEST = 6


class Space(NamedTuple):
    """Where a text has to fit, in millimetres."""

    x: float
    y: float
    width: float
    height: float


def print_poster(poster: Poster, paper: Paper, language: PosterLanguage = "en") -> bytes:
    sheet = _Sheet(poster, paper, language)
    sheet.draw_head()
    sheet.draw_qr()
    sheet.draw_steps()
    sheet.draw_foot()
    return sheet.finished()


class _Sheet:
    """Drawn from top to bottom; ``_y`` is how far it has come."""

    def __init__(self, poster: Poster, paper: Paper, language: PosterLanguage) -> None:
        self._poster = poster
        self._words = WORDS[language]
        self._qr_width = _QR_WIDTH[paper]
        self._ground = read_colour(poster.brand_colour or OWN_BRAND)
        self._ink = ink_on(self._ground)
        self._pdf = FPDF(format=paper)
        for style, name in _FONTS.items():
            self._pdf.add_font(_FONT, style, str(_FONT_FILES / name))
        self._pdf.set_title(f"{' '.join(self._words[0].invitation)}: {poster.clinic_name}")
        self._pdf.set_lang("es" if language == "es" else "en")
        self._pdf.set_auto_page_break(False)
        self._pdf.add_page()
        self._width = self._pdf.w - 2 * _MARGIN
        self._y: float = _MARGIN

    def finished(self) -> bytes:
        return bytes(self._pdf.output())

    def draw_head(self) -> None:
        """Who is it, and what is it for."""
        height, inner = 70, self._width - 20
        self._pdf.set_fill_color(*self._ground)
        self._pdf.rect(_MARGIN, self._y, self._width, height, style="F", round_corners=True, corner_radius=6)
        top = self._y + 8
        practice = self._poster.practice_name if self._poster.practice_name != self._poster.clinic_name else None
        below = " · ".join(filter(None, [practice, self._poster.address]))
        name_space = 11.5 if below else 18
        taken = self._draw_logo(_MARGIN + 8, top)
        self._write(
            self._poster.clinic_name, Space(_MARGIN + 10 + taken, top, inner - taken, name_space), size=26, colour=self._ink
        )
        if below:
            self._write(below, Space(_MARGIN + 10 + taken, top + 12, inner - taken, 7), size=14, colour=self._ink, style="")
        first, share, between = (22, 36, "\n") if len(self._words) == 1 else (26, 15, " ")
        for place, words in enumerate(self._words):
            space = Space(_MARGIN + 10, top + first + place * share, inner, share)
            self._write(between.join(words.invitation), space, size=40, colour=self._ink)
        self._y += height

    def _draw_logo(self, left: float, top: float) -> float:
        """How much of the width it takes."""
        if self._poster.logo is None:
            return 0
        with Image.open(BytesIO(self._poster.logo)) as picture:
            widest, highest = _LOGO_WIDTH - 2 * _LOGO_BORDER, _LOGO_HEIGHT - 2 * _LOGO_BORDER
            scale = min(widest / picture.width, highest / picture.height)
            width, height = picture.width * scale, picture.height * scale
        box = width + 2 * _LOGO_BORDER
        self._pdf.set_fill_color(*WHITE)
        self._pdf.rect(left, top, box, _LOGO_HEIGHT, style="F", round_corners=True, corner_radius=3)
        place = (left + _LOGO_BORDER, top + (_LOGO_HEIGHT - height) / 2)
        self._pdf.image(BytesIO(self._poster.logo), *place, w=width, h=height)
        return box + 2

    def draw_qr(self) -> None:
        size, runs = qr_runs(self._poster.scan_url)
        module = self._qr_width / (size + 2 * _QUIET)
        left, top = (self._pdf.w - self._qr_width) / 2 + _QUIET * module, self._y + _QUIET * module
        self._pdf.set_fill_color(*BLACK)
        for x, y, width in runs:
            self._pdf.rect(left + x * module, top + y * module, width * module, module, style="F")
        self._y += self._qr_width - 3
        typed = " · ".join(words.typed for words in self._words)
        self._write(typed, Space(_MARGIN, self._y, self._width, 5.5), size=11, colour=_GREY, style="")
        self._write(self._poster.typed_url, Space(_MARGIN, self._y + 5.5, self._width, 8), size=16, colour=BLACK)
        self._y += 19

    def draw_steps(self) -> None:
        gap, radius = 12, 5.5
        steps = list(zip(*(words.steps for words in self._words), strict=True))
        width = (self._width - gap * (len(steps) - 1)) / len(steps)
        for place, said in enumerate(steps):
            left = _MARGIN + place * (width + gap)
            middle = left + width / 2
            self._pdf.set_fill_color(*self._ground)
            self._pdf.ellipse(middle - radius, self._y, 2 * radius, 2 * radius, style="F")
            self._write(str(place + 1), Space(middle - radius, self._y + 1.75, 2 * radius, 7.5), size=16, colour=self._ink)
            for line, words in enumerate(said):
                space = Space(left, self._y + 2 * radius + 2 + 13 * line, width, 13)
                self._write(words, space, size=13, colour=BLACK, style="")

    def draw_foot(self) -> None:
        number = self._poster.emergency_number
        if number is None:
            return
        height = 6 + 7 * len(self._words)
        top = self._pdf.h - _MARGIN - height
        self._pdf.set_draw_color(*BLACK)
        self._pdf.set_line_width(0.5)
        self._pdf.rect(_MARGIN, top, self._width, height, style="D", round_corners=True, corner_radius=4)
        for place, words in enumerate(self._words):
            space = Space(_MARGIN + 4, top + 3 + 7 * place, self._width - 8, 8)
            self._write(f"{words.emergency} {number}", space, size=17, colour=BLACK)

    def _write(self, words: str, space: Space, *, size: int, colour: Colour, style: str = "B") -> None:
        """In the middle, over several lines where it is long, and smaller until it fits."""
        while self._height_of(words, space.width, size, style) > space.height and size > _SMALLEST:
            size -= 1
        self._pdf.set_text_color(*colour)
        self._pdf.set_xy(space.x, space.y)
        self._pdf.multi_cell(space.width, _line(size), words, align=Align.C, new_x=XPos.LEFT, new_y=YPos.NEXT)

    def _height_of(self, words: str, width: float, size: int, style: str) -> float:
        self._pdf.set_font(_FONT, style, size)
        lines = self._pdf.multi_cell(width, _line(size), words, align=Align.C, dry_run=True, output=MethodReturnValue.LINES)
        return len(lines) * _line(size) if isinstance(lines, list) else 0.0


def _line(size: int) -> float:
    """Millimetres from line to line of ``size`` points."""
    return size * 0.3528 * 1.2
