"""The photos people send in the demo, drawn here: nobody's real animal, and the same pixels every time."""

import io
import math
from collections.abc import Callable

from pawline.demo.animals import (
    BLACK,
    BROWN,
    GINGER,
    GREY,
    SAND,
    draw_cat_face,
    draw_dog_face,
    draw_paw,
    draw_rabbit,
    draw_tortoise,
)
from pawline.demo.canvas import Canvas, Colour

_WHITE = (250, 247, 242)
_RED = (196, 74, 70)


def draw_picture(name: str) -> bytes:
    """JPEG, 960 by 720 pixels."""
    canvas = PICTURES[name]()
    out = io.BytesIO()
    canvas.finished().save(out, "JPEG", quality=88)
    return out.getvalue()


def _dog() -> Canvas:
    canvas = _garden()
    draw_dog_face(canvas, BROWN)
    return canvas


def _cat() -> Canvas:
    canvas = Canvas((236, 220, 204), (196, 164, 140))
    canvas.polygon([(-4, 74), (124, 70), (124, 94), (-4, 94)], (112, 132, 150))
    canvas.polygon([(8, 76), (8, 40), (112, 40), (112, 76)], (128, 148, 166))
    draw_cat_face(canvas, GINGER)
    return canvas


def _rabbit() -> Canvas:
    canvas = _garden()
    draw_rabbit(canvas, SAND)
    for x in range(6, 30, 4):
        canvas.line([(x, 88), (x + 5, 76 + x % 3)], (206, 180, 106), thickness=0.9)
    return canvas


def _paw() -> Canvas:
    canvas = Canvas((206, 216, 214), (164, 180, 180))
    canvas.glow((64, 62), (36, 34), (90, 100, 100), strength=0.4)
    draw_paw(canvas, BLACK)
    canvas.glow((61, 38), (4, 3), _RED, strength=1)
    canvas.line([(59, 37), (63, 39.4)], _RED, thickness=0.9)
    return canvas


def _rash() -> Canvas:
    canvas = Canvas((228, 196, 172), (206, 164, 140))
    _fur(canvas, (150, 104, 66), rows=range(-4, 22, 4))
    _fur(canvas, (150, 104, 66), rows=range(74, 98, 4))
    canvas.glow((62, 48), (22, 15), (214, 104, 96), strength=0.75)
    for place in range(26):
        angle, distance = place * 2.4, 2.6 * math.sqrt(place)
        canvas.ellipse((62 + 1.4 * distance * math.cos(angle), 48 + distance * math.sin(angle)), (0.9, 0.8), (190, 70, 68))
    return canvas


def _tick() -> Canvas:
    canvas = Canvas((236, 238, 236), (208, 214, 212))
    canvas.glow((62, 50), (20, 14), (120, 130, 130), strength=0.4)
    for side in (-1, 1):
        for reach in (-9, -3, 4, 11):
            canvas.line([(60, 44), (60 + side * 13, 44 + reach), (60 + side * 18, 47 + reach * 1.4)], (74, 52, 44), thickness=1.3)
    canvas.ellipse((60, 47), (10, 13), (116, 74, 56))
    canvas.ellipse((60, 40), (6.5, 5), (74, 48, 40))
    canvas.ellipse((57, 44), (2.4, 3), (156, 112, 90))
    canvas.line([(60, 35), (60, 31)], (60, 40, 34), thickness=1.6)
    for mark in range(12):
        canvas.line([(24 + mark * 6.5, 84), (24 + mark * 6.5, 80 if mark % 2 else 77)], (90, 96, 96), thickness=0.5)
    canvas.line([(20, 84), (100, 84)], (90, 96, 96), thickness=0.6)
    return canvas


def _eye() -> Canvas:
    canvas = Canvas(GREY.fur, GREY.dark)
    _fur(canvas, (130, 128, 136), rows=range(-4, 98, 5))
    canvas.glow((60, 47), (34, 22), (206, 120, 116), strength=0.6)
    canvas.ellipse((60, 46), (28, 17), (58, 50, 52))
    canvas.ellipse((60, 46), (25, 14.5), (184, 152, 84))
    canvas.ellipse((60, 46), (8, 13), (30, 26, 28))
    canvas.ellipse((66, 40), (3, 2.4), _WHITE)
    canvas.ellipse((60, 27), (34, 11), GREY.fur)
    canvas.arc((60, 27), (34, 11), GREY.dark, between=(15, 165))
    canvas.ellipse((38, 62), (2, 5), (206, 222, 232))
    return canvas


def _plant() -> Canvas:
    canvas = Canvas((182, 204, 168), (118, 142, 96))
    for angle in range(200, 341, 20):
        tip = (60 + 46 * math.cos(math.radians(angle)), 86 + 62 * math.sin(math.radians(angle)))
        canvas.line([(60, 88), tip], (70, 116, 70), thickness=3.4)
        canvas.ellipse(tip, (11, 5), (86, 140, 84), tilt=-angle)
    for x, y in ((42, 34), (60, 26), (79, 36), (68, 46), (50, 48)):
        for petal in range(5):
            angle = math.radians(petal * 72)
            canvas.ellipse((x + 3.4 * math.cos(angle), y + 3.4 * math.sin(angle)), (3, 3), (204, 120, 168))
        canvas.ellipse((x, y), (1.8, 1.8), (250, 220, 130))
    canvas.ellipse((24, 78), (6, 4), (118, 142, 96))
    return canvas


def _feather() -> Canvas:
    canvas = Canvas((244, 238, 228), (222, 208, 190))
    canvas.glow((66, 52), (34, 10), (140, 120, 100), strength=0.35)
    for step in range(46):
        along = step / 45
        x, y = 28 + 62 * along, 66 - 40 * along
        reach = 15 * math.sin(math.pi * (0.08 + 0.9 * along)) ** 0.8
        shade = (int(96 + 60 * along), int(104 + 46 * along), int(120 + 30 * along))
        canvas.line([(x, y), (x + reach * 0.9, y - reach * 0.3)], shade, thickness=1.7)
        canvas.line([(x, y), (x + reach * 0.25, y - reach * 0.9)], shade, thickness=1.7)
        canvas.line([(x, y), (x + reach * 0.8, y + reach * 0.15)], shade, thickness=1.7)
    canvas.line([(16, 74), (90, 26)], (238, 232, 222), thickness=0.8)
    return canvas


def _bandage() -> Canvas:
    canvas = Canvas((200, 214, 224), (160, 178, 192))
    canvas.polygon([(-6, 30), (70, 34), (100, 44), (108, 58), (96, 68), (66, 66), (-6, 72)], BROWN.fur)
    for x in (94, 101, 105):
        canvas.ellipse((x, 62 - (x - 94) * 0.5), (6, 5), BROWN.dark)
    canvas.polygon([(26, 29), (74, 33), (74, 68), (26, 72)], (238, 242, 244))
    for x in range(28, 74, 6):
        canvas.line([(x, 30), (x + 5, 69)], (206, 216, 222), thickness=0.8)
    canvas.polygon([(44, 44), (58, 45), (58, 55), (44, 55)], (92, 160, 190))
    canvas.ellipse((51, 51), (3, 2.4), _WHITE)
    for x, y in ((47.4, 47.6), (50, 46.6), (52.6, 46.8), (54.8, 48.4)):
        canvas.ellipse((x, y), (1, 1.2), _WHITE)
    return canvas


def _bowl() -> Canvas:
    canvas = Canvas((230, 214, 190), (196, 168, 134))
    for y in (18, 40, 66):
        canvas.line([(-4, y), (124, y)], (184, 154, 120), thickness=0.5)
    canvas.glow((62, 54), (44, 32), (90, 66, 40), strength=0.5)
    canvas.ellipse((60, 46), (40, 34), (70, 140, 136))
    canvas.ellipse((60, 45), (35, 29), (92, 168, 162))
    for ring in (26, 17, 8):
        canvas.arc((60, 45), (ring, ring * 0.82), (60, 124, 120), between=(ring * 9, ring * 9 + 270))
    for place in range(30):
        angle, distance = place * 2.4, 4.8 * math.sqrt(place)
        canvas.ellipse((60 + distance * math.cos(angle), 45 + 0.82 * distance * math.sin(angle)), (2, 1.8), (150, 96, 54))
    return canvas


def _home() -> Canvas:
    canvas = Canvas((224, 206, 172), (188, 152, 104))
    canvas.glow((92, 12), (34, 30), (255, 240, 190), strength=0.9)
    canvas.polygon([(82, -2), (102, -2), (108, 12), (76, 12)], (60, 60, 66))
    canvas.ellipse((14, 78), (22, 12), (128, 120, 110))
    canvas.ellipse((10, 70), (12, 8), (150, 142, 132))
    for x in (100, 106, 112):
        canvas.line([(x, 80), (x - 2 + x % 5, 62)], (96, 142, 80), thickness=2)
    draw_tortoise(canvas)
    return canvas


def _xray() -> Canvas:
    canvas = Canvas((18, 24, 32), (10, 14, 20))
    soft, bone, bright = (58, 70, 82), (176, 190, 200), (214, 224, 230)
    canvas.glow((60, 46), (30, 46), soft, strength=0.9)
    for side in (-1, 1):
        x = 60 + side * 13
        canvas.glow((x + side * 3, 66), (12, 34), soft, strength=0.8)
        canvas.polygon([(60 + side * 3, 8), (60 + side * 16, 14), (60 + side * 20, 30), (60 + side * 8, 34)], bone)
        canvas.ellipse((x + side * 3, 30), (6.5, 6.5), (110, 124, 136))
        canvas.ellipse((x + side * 3, 31), (5, 5), bright)
        canvas.line([(x + side * 4, 33), (x + side * 5, 76)], bone, thickness=6)
        canvas.line([(x + side * 4, 36), (x + side * 5, 74)], (120, 134, 146), thickness=2.4)
        canvas.ellipse((x + side * 5, 79), (6, 5), bone)
        canvas.line([(x + side * 5, 86), (x + side * 5, 96)], bone, thickness=5)
    for y in range(-2, 40, 6):
        canvas.polygon([(57, y), (63, y), (64, y + 3), (56, y + 3)], bright)
    canvas.line([(8, 10), (8, 20)], bright, thickness=1)
    canvas.line([(8, 20), (13, 20)], bright, thickness=1)
    return canvas


def _garden() -> Canvas:
    canvas = Canvas((188, 218, 226), (226, 232, 206))
    canvas.glow((96, 14), (20, 18), (255, 246, 214), strength=0.9)
    canvas.ellipse((14, 84), (52, 34), (158, 190, 128))
    canvas.ellipse((104, 92), (62, 36), (138, 174, 110))
    canvas.polygon([(-4, 74), (124, 76), (124, 94), (-4, 94)], (126, 164, 98))
    return canvas


def _fur(canvas: Canvas, colour: Colour, *, rows: range) -> None:
    for row in rows:
        for x in range(-4, 126, 3):
            lean = 3 * math.sin(x * 0.7 + row)
            canvas.line([(x, row), (x + lean, row + 7)], colour, thickness=0.8)


PICTURES: dict[str, Callable[[], Canvas]] = {
    "dog": _dog,
    "cat": _cat,
    "rabbit": _rabbit,
    "paw": _paw,
    "rash": _rash,
    "tick": _tick,
    "eye": _eye,
    "plant": _plant,
    "feather": _feather,
    "bandage": _bandage,
    "bowl": _bowl,
    "home": _home,
    "xray": _xray,
}
