"""Photos in, safe pictures out."""

# Pillow's types speak of numpy, which is not installed.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image, ImageCms

from pawline.platform.errors import Invalid
from pawline.threads.media.inspect import MediaType, read_media_type
from pawline.threads.media.process import MediaProcessor
from tests.photos import HTML, SVG, draw_dog, encoded, make_iphone_photo, make_jpeg


class MakePhoto(Protocol):
    def __call__(self, width: int, height: int, *, orientation: int = 1, with_location: bool = True) -> bytes: ...


RED = (220, 20, 30)


@pytest.fixture
async def media() -> AsyncIterator[MediaProcessor]:
    async with MediaProcessor() as processor:
        yield processor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    return made


def write(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


def is_reddish(image: Image.Image, at: tuple[int, int]) -> bool:
    pixel = image.convert("RGB").getpixel(at)
    return isinstance(pixel, tuple) and all(abs(a - b) < 40 for a, b in zip(pixel, RED, strict=True))


def assert_carries_nothing(path: Path) -> None:
    content = path.read_bytes()
    with Image.open(path) as image:
        assert {} == dict(image.getexif())
        assert {} == dict(image.getexif().get_ifd(0x8825))
        assert not {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp"} & set(image.info)
    assert not any(
        mark in content for mark in (b"Exif", b"adobe", b"ICC_PROFILE", b"Apple", b"iPhone", b"Pixel at home", b"xpacket")
    )


@pytest.mark.parametrize("make", [make_iphone_photo, make_jpeg])
async def test_a_phones_photo_comes_out_upright_and_without_its_place(
    make: MakePhoto, media: MediaProcessor, tmp_path: Path, folder: Path
) -> None:
    source = write(tmp_path, make(1216, 912, orientation=6, with_location=True))
    assert source.read_bytes().count(b"Apple") == 1

    safe = await media.make_safe_image(source, folder)

    assert ("image/jpeg", 912, 1216, 360, 480) == (
        safe.display_type,
        safe.width,
        safe.height,
        safe.thumb_width,
        safe.thumb_height,
    )
    for path, size in ((safe.display, (912, 1216)), (safe.thumbnail, (360, 480))):
        assert_carries_nothing(path)
        with Image.open(path) as image:
            assert size == image.size
            assert is_reddish(image, (image.width - 8, 8)), "the sensor's top left corner is at the top right once turned"
            assert not is_reddish(image, (8, 8))


async def test_a_photo_of_12_megapixels_is_shown_at_no_more_than_2048(
    media: MediaProcessor, tmp_path: Path, folder: Path
) -> None:
    safe = await media.make_safe_image(write(tmp_path, make_jpeg(4032, 3024)), folder)

    assert (2016, 1512) == (safe.width, safe.height)
    assert safe.display.stat().st_size < 1_000_000
    assert safe.thumbnail.stat().st_size < 60_000


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF"])
async def test_what_is_see_through_becomes_white(form: str, media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    image = draw_dog(60, 40).convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    options: dict[str, object] = {"lossless": True} if form == "WEBP" else {}

    safe = await media.make_safe_image(write(tmp_path, encoded(image, form, **options)), folder)

    with Image.open(safe.display) as shown:
        assert "image/jpeg" == safe.display_type
        assert (255, 255, 255) == shown.getpixel((30, 20))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
async def test_every_kind_of_pixel_is_shown(mode: str, media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    image = draw_dog(3000, 40).convert("L").convert("I;16") if mode == "I;16" else draw_dog(3000, 40).convert(mode)

    safe = await media.make_safe_image(write(tmp_path, encoded(image, "JPEG" if mode == "CMYK" else "PNG")), folder)

    with Image.open(safe.display) as shown:
        assert "RGB" == shown.mode
        assert shown.width <= 2048


async def test_a_broken_colour_profile_is_no_reason_to_refuse(media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    source = write(tmp_path, encoded(draw_dog(60, 40), "JPEG", icc_profile=b"not a profile" * 20))

    safe = await media.make_safe_image(source, folder)

    assert_carries_nothing(safe.display)


@pytest.mark.parametrize(
    "notes", [b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\0\x09\x01\x12\0\x03"]
)
async def test_broken_exif_is_no_reason_to_refuse(notes: bytes, media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    safe = await media.make_safe_image(write(tmp_path, encoded(draw_dog(60, 40), "JPEG", exif=notes)), folder)

    assert (60, 40) == (safe.width, safe.height)
    assert_carries_nothing(safe.display)


async def test_colours_are_turned_to_what_screens_expect(media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    source = write(tmp_path, encoded(Image.new("RGB", (40, 40), (120, 90, 60)), "PNG", icc_profile=lab))

    safe = await media.make_safe_image(source, folder)

    with Image.open(safe.display) as shown:
        assert (120, 90, 60) != shown.getpixel((20, 20))


async def test_a_short_animation_keeps_moving_and_loses_its_comment(media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    frames = [Image.new("RGB", (800, 400), (shade, 90, 60)) for shade in (10, 120, 240)]
    source = write(
        tmp_path, encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=80, comment=b"Pixel at home")
    )

    safe = await media.make_safe_image(source, folder)

    assert ("image/gif", 640, 320) == (safe.display_type, safe.width, safe.height)
    assert b"Pixel" not in safe.display.read_bytes()
    with Image.open(safe.display) as shown:
        assert (3, 80) == (getattr(shown, "n_frames", 1), shown.info["duration"])
    with Image.open(safe.thumbnail) as thumbnail:
        assert "JPEG" == thumbnail.format


async def test_a_picture_that_is_also_a_script_comes_out_as_a_picture_only(
    media: MediaProcessor, tmp_path: Path, folder: Path
) -> None:
    source = write(tmp_path, encoded(draw_dog(60, 40), "GIF", comment=b"*/=1;alert(1)/*") + HTML)

    assert MediaType.GIF is read_media_type(source)
    safe = await media.make_safe_image(source, folder)
    assert b"alert" not in safe.display.read_bytes() + safe.thumbnail.read_bytes()


async def test_a_script_that_begins_like_a_gif_is_refused(media: MediaProcessor, tmp_path: Path, folder: Path) -> None:
    with pytest.raises(Invalid, match="This photo could not be read"):
        await media.make_safe_image(write(tmp_path, b"GIF89a/*" + HTML + b"*/=1"), folder)

    assert [] == list(folder.iterdir())


@pytest.mark.parametrize(
    "content", [SVG, HTML, b"P6 1 1 255 abc", encoded(draw_dog(30, 20), "TIFF"), encoded(draw_dog(30, 20), "BMP")]
)
async def test_the_decoder_itself_knows_only_the_allowed_kinds(
    content: bytes, media: MediaProcessor, tmp_path: Path, folder: Path
) -> None:
    with pytest.raises(Invalid, match="could not be read"):
        await media.make_safe_image(write(tmp_path, content), folder)
