"""Reading posters back: as a viewer shows them, a printer prints them and a phone scans them."""

from dataclasses import dataclass
from typing import Any

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
import zxingcpp
from PIL.Image import Image


@dataclass(frozen=True)
class Printed:
    """One page: its words in one line, its size in points, and how it looks at 144 dots an inch."""

    words: str
    size: tuple[int, int]
    picture: Image

    @property
    def scanned(self) -> list[str]:
        return texts_in(self.picture)

    def colour_at(self, x_mm: float, y_mm: float) -> str:
        pixel: Any = self.picture.convert("RGB").getpixel((round(x_mm / 25.4 * 144), round(y_mm / 25.4 * 144)))
        red, green, blue = pixel
        return f"#{red:02x}{green:02x}{blue:02x}"


def texts_in(picture: Image) -> list[str]:
    codes: list[Any] = zxingcpp.read_barcodes(picture)
    return [code.text for code in codes]


def read_poster(content: bytes) -> Printed:
    document = pypdfium2.PdfDocument(content)
    try:
        assert 1 == len(document)
        page: Any = document[0]
        width, height = page.get_size()
        words = " ".join(page.get_textpage().get_text_bounded().split())
        return Printed(words, (round(width), round(height)), page.render(scale=2).to_pil())
    finally:
        document.close()
