# Pillow's types speak of numpy, which is not installed.
# pyright: reportUnknownMemberType=false

import io

import pytest
from PIL import Image, ImageStat

from pawline.demo.pictures import PICTURES, draw_picture


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_a_photo_with_something_on_it(name: str) -> None:
    with Image.open(io.BytesIO(draw_picture(name))) as picture:
        assert ("JPEG", (960, 720)) == (picture.format, picture.size)
        assert max(ImageStat.Stat(picture).stddev) > 10


def test_picture_is_the_same_every_time() -> None:
    assert draw_picture("paw") == draw_picture("paw")
