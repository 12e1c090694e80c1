"""Animals for the pictures, drawn with a few shapes."""

from dataclasses import dataclass

from pawline.demo.canvas import Canvas, Colour

_DARK = (44, 36, 34)
_WHITE = (250, 247, 242)
_PINK = (226, 150, 148)


@dataclass(frozen=True, slots=True)
class Coat:
    """Fur, its darker parts and its lighter ones."""

    fur: Colour
    dark: Colour
    light: Colour


BROWN = Coat((176, 122, 74), (138, 88, 50), (232, 208, 176))
BLACK = Coat((66, 62, 66), (44, 40, 44), (238, 234, 230))
GREY = Coat((152, 150, 156), (118, 116, 124), (226, 224, 226))
GINGER = Coat((226, 152, 84), (192, 116, 56), (252, 230, 204))
SAND = Coat((214, 184, 146), (178, 144, 106), (246, 234, 216))


def draw_dog_face(canvas: Canvas, coat: Coat) -> None:
    canvas.ellipse((60, 88), (27, 24), coat.fur)
    canvas.ellipse((60, 88), (14, 20), coat.light)
    canvas.ellipse((60, 46), (25, 26), coat.fur)
    canvas.polygon([(58, 22), (62, 22), (66, 44), (54, 44)], coat.light)
    for side in (-1, 1):
        canvas.ellipse((60 + side * 25, 46), (8, 18), coat.dark, tilt=side * 14)
        canvas.ellipse((60 + side * 10, 42), (3.4, 3.8), _DARK)
        canvas.ellipse((60 + side * 10 + 1, 40.6), (1.1, 1.1), _WHITE)
    canvas.ellipse((60, 57), (14, 11), coat.light)
    canvas.ellipse((60, 52.5), (5, 3.6), _DARK)
    canvas.ellipse((60, 66), (4, 5), _PINK)
    canvas.ellipse((60, 62), (6, 3), coat.light)
    for side in (-1, 1):
        canvas.arc((60 + side * 4.5, 58.5), (4.5, 4), _DARK, between=(10, 170))


def draw_cat_face(canvas: Canvas, coat: Coat) -> None:
    canvas.ellipse((60, 88), (22, 22), coat.fur)
    canvas.ellipse((60, 90), (11, 18), coat.light)
    for side in (-1, 1):
        canvas.polygon([(60 + side * 24, 38), (60 + side * 22, 13), (60 + side * 7, 26)], coat.fur)
        canvas.polygon([(60 + side * 20.5, 30), (60 + side * 19.5, 19), (60 + side * 12.5, 25)], _PINK)
    canvas.ellipse((60, 46), (26, 23), coat.fur)
    for shift in (-7, 0, 7):
        canvas.line([(60 + shift, 26), (60 + shift * 0.8, 33)], coat.dark, thickness=2.2)
    canvas.ellipse((60, 57), (12, 8.5), coat.light)
    for side in (-1, 1):
        canvas.ellipse((60 + side * 11, 45), (5.2, 4.6), (150, 182, 108))
        canvas.ellipse((60 + side * 11, 45), (1.7, 4.4), _DARK)
        canvas.ellipse((60 + side * 11 + 1, 43), (0.9, 0.9), _WHITE)
        canvas.arc((60 + side * 3.5, 56.5), (3.5, 3), _DARK, between=(10, 170))
        for rise in (-2, 0.5, 3):
            canvas.line([(60 + side * 15, 56 + rise * 0.5), (60 + side * 31, 55 + rise * 1.6)], coat.light, thickness=0.5)
    canvas.polygon([(57.8, 52.6), (62.2, 52.6), (60, 55)], _PINK)


def draw_rabbit(canvas: Canvas, coat: Coat) -> None:
    canvas.glow((60, 82), (34, 5), (70, 60, 40), strength=0.5)
    canvas.ellipse((66, 66), (26, 19), coat.fur)
    canvas.ellipse((91, 70), (6, 6), coat.light)
    for tilt, shift in ((12, -5), (-8, 5)):
        canvas.ellipse((44 + shift, 23), (4.6, 17), coat.fur, tilt=tilt)
        canvas.ellipse((44 + shift, 24), (2.2, 13), _PINK, tilt=tilt)
    canvas.ellipse((43, 50), (16, 14.5), coat.fur)
    canvas.ellipse((35, 56), (8, 6.5), coat.light)
    canvas.ellipse((40, 46), (2.6, 2.9), _DARK)
    canvas.ellipse((40.7, 45), (0.8, 0.8), _WHITE)
    canvas.ellipse((28.6, 52.5), (1.9, 1.4), _PINK)
    canvas.ellipse((78, 80), (14, 5), coat.dark)
    canvas.ellipse((46, 81), (8, 4), coat.light)


def draw_tortoise(canvas: Canvas) -> None:
    skin, shell, plate = (142, 150, 96), (122, 94, 58), (164, 130, 82)
    canvas.glow((60, 76), (38, 5), (60, 50, 30), strength=0.5)
    for x in (42, 76):
        canvas.ellipse((x, 70), (7, 8), skin)
    canvas.ellipse((27, 58), (9, 7.5), skin)
    canvas.line([(32, 61), (42, 65)], skin, thickness=8)
    canvas.ellipse((24, 56), (1.5, 1.7), _DARK)
    canvas.polygon([(34, 66), (40, 48), (52, 39), (66, 39), (79, 48), (86, 66)], shell)
    for points in (
        [(53, 43), (65, 43), (68, 53), (59, 58), (50, 53)],
        [(48, 46), (46, 53), (55, 61), (53, 64), (39, 64), (42, 52)],
        [(70, 46), (72, 53), (63, 61), (65, 64), (81, 64), (77, 52)],
    ):
        canvas.polygon(points, plate)


def draw_paw(canvas: Canvas, coat: Coat) -> None:
    """A front paw from below, held up."""
    canvas.polygon([(46, 95), (48, 60), (74, 60), (76, 95)], coat.fur)
    canvas.ellipse((61, 48), (24, 23), coat.fur)
    for x, y, tilt in ((42, 34, 18), (54, 24, 6), (68, 24, -6), (80, 34, -18)):
        canvas.ellipse((x, y), (8, 11), coat.fur, tilt=tilt)
        canvas.ellipse((x, y - 1), (4.8, 6.4), _DARK, tilt=tilt)
    canvas.polygon([(51, 56), (55, 46), (61, 43), (67, 46), (71, 56), (61, 58)], _DARK)
    canvas.ellipse((57, 48), (2.4, 1.4), (98, 86, 84))
