"""Drawing with soft edges: shapes in units of 120 by 90, drawn large and scaled down."""

# Pillow's types speak of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

import math
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 720
_UNIT = 12

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Canvas:
    def __init__(self, top: Colour, bottom: Colour) -> None:
        ramp = Image.linear_gradient("L").resize((120 * _UNIT, 90 * _UNIT))
        size = ramp.size
        self._image = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
        self._draw = ImageDraw.Draw(self._image)

    def ellipse(self, centre: Point, radii: Point, colour: Colour, *, tilt: float = 0) -> None:
        (x, y), (across, down) = centre, radii
        if not tilt:
            self._draw.ellipse(_scaled([(x - across, y - down), (x + across, y + down)]), fill=colour)
            return
        cosine, sine = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
        rim = [(across * math.cos(step * math.tau / 72), down * math.sin(step * math.tau / 72)) for step in range(72)]
        self._draw.polygon(_scaled([(x + a * cosine + b * sine, y - a * sine + b * cosine) for a, b in rim]), fill=colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """With rounded corners, as everything is that lives."""
        self._draw.polygon(_scaled(points), fill=colour)
        self.line([*points, points[0]], colour, thickness=2)

    def line(self, points: Sequence[Point], colour: Colour, *, thickness: float) -> None:
        self._draw.line(_scaled(points), fill=colour, width=round(thickness * _UNIT), joint="curve")
        for x, y in (points[0], points[-1]):
            self.ellipse((x, y), (thickness / 2, thickness / 2), colour)

    def arc(self, centre: Point, radii: Point, colour: Colour, *, between: tuple[float, float]) -> None:
        """A line along the rim, between two angles, clockwise from three o'clock."""
        (x, y), (across, down) = centre, radii
        box = _scaled([(x - across, y - down), (x + across, y + down)])
        self._draw.arc(box, *between, fill=colour, width=round(1.2 * _UNIT))

    def glow(self, centre: Point, radii: Point, colour: Colour, *, strength: float) -> None:
        """A soft stain of colour: a shadow, a flush, light."""
        small = Image.new("L", (240, 180))
        (x, y), (across, down) = centre, radii
        box = [round(value * 2) for value in (x - across, y - down, x + across, y + down)]
        ImageDraw.Draw(small).ellipse(box, fill=round(255 * strength))
        mask = small.filter(ImageFilter.GaussianBlur(8)).resize(self._image.size, Image.Resampling.BICUBIC)
        self._image.paste(colour, mask=mask)

    def finished(self) -> Image.Image:
        """Scaled down, a little darker towards the corners, with some grain: as from a phone indoors."""
        image = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        light = (
            ImageChops.invert(Image.radial_gradient("L"))
            .resize((WIDTH, HEIGHT))
            .point([min(255, 175 + value) for value in range(256)])
        )
        image = ImageChops.multiply(image, Image.merge("RGB", (light, light, light)))
        return Image.blend(image, _grain(), 0.035)


def _scaled(points: Sequence[Point]) -> list[tuple[int, int]]:
    return [(round(x * _UNIT), round(y * _UNIT)) for x, y in points]


@cache
def _grain() -> Image.Image:
    """Noise from a fixed linear congruence: equal on every machine."""
    side, state = 120, 7
    noise = bytearray(side * side)
    for index in range(len(noise)):
        state = (state * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
        noise[index] = state >> 16 & 0xFF
    tile = Image.frombytes("L", (side, side), bytes(noise))
    grain = Image.new("L", (WIDTH, HEIGHT))
    for left in range(0, WIDTH, side):
        for top in range(0, HEIGHT, side):
            grain.paste(tile, (left, top))
    return grain.convert("RGB")
