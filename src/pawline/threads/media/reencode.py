"""A photo in, new pictures out: decoded to pixels and encoded again, so that nothing but the picture comes through.

Runs in a child process (``python -m pawline.threads.media.reencode``); nothing else may decode a stranger's photo.
"""

# Pillow's types speak of numpy, which is not installed.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import io
import struct
import warnings
from collections.abc import Mapping
from pathlib import Path

import pillow_heif
from PIL import GifImagePlugin, Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from pawline.threads.media.animation import reencode_animation
from pawline.threads.media.child import Refused, serve_one_job
from pawline.threads.media.saving import save_whole

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF")  # MPO, the double JPEG of some phones, is found by way of JPEG
_LOADED = (GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)  # importing registers them

MAX_PIXELS = 100_000_000
DISPLAY_SIDE = 2048
THUMBNAIL_SIDE = 480
# Decoding a JPEG at half size costs a quarter. 12 megapixels halve to 2016, and nobody misses 32 pixels for that.
_DRAFT_SIDE = 1920
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_QUALITY = 82

Result = Mapping[str, int | str]


def reencode_photo(source: Path, folder: Path) -> Result:
    """Write ``display`` and ``thumbnail`` into ``folder``; returns their sizes in pixels and the type of the display.

    Always JPEG, save for a short animated GIF. Transparency becomes white: one type for every browser, mail program and
    carrier is worth more to a practice than a see-through picture.

    Raises:
        Refused: ``too_large``, in pixels.
    """
    try:
        with Image.open(source, formats=FORMATS) as image:
            animation = reencode_animation(image, folder / "display") if image.format == "GIF" else None
            display = _still(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_large") from error
    thumbnail = display.copy()
    thumbnail.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    _save(thumbnail, folder / "thumbnail")
    if animation is None:
        _save(display, folder / "display")
    width, height = animation or display.size
    return {
        "display_type": "image/jpeg" if animation is None else "image/gif",
        "width": width,
        "height": height,
        "thumb_width": thumbnail.width,
        "thumb_height": thumbnail.height,
    }


def _still(image: Image.Image) -> Image.Image:
    if image.format in ("JPEG", "MPO"):
        scale = _DRAFT_SIDE / max(image.size)
        image.draft("RGB", (int(image.width * scale), int(image.height * scale)))
    image.load()
    # Smaller first, upright after: turning 12 megapixels would hold them in memory twice.
    if max(image.size) > DISPLAY_SIDE:
        image = _resizable(image)
        image.thumbnail((DISPLAY_SIDE, DISPLAY_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _flat(_in_srgb(_upright(image)))


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, OSError, struct.error):  # broken notes about a photo do not make the photo unreadable
        return image


def _resizable(image: Image.Image) -> Image.Image:
    # Palette colours cannot be averaged, and 16-bit grey cannot be shown.
    return image.convert("RGBA") if image.mode in ("P", "PA", "1") else image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Phones photograph in Display P3 and print shops in CMYK; without its profile either would show in false colours."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):  # a broken profile is no reason to refuse a photo of a sick dog
        return image
    return converted or image


def _flat(image: Image.Image) -> Image.Image:
    """RGB on white, with nothing attached that a format could write out: no EXIF, XMP, comment or profile."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        see_through = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(see_through, mask=see_through.getchannel("A"))
    image = image.convert("RGB")
    image.info = {}
    return image


def _save(image: Image.Image, path: Path) -> None:
    save_whole(image, path, "JPEG", quality=_QUALITY, progressive=True)


def _prepare() -> None:
    """Load what every photo may need while there is none waiting."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)  # between one and two times the limit Pillow only warns
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)


if __name__ == "__main__":
    _prepare()
    serve_one_job(reencode_photo)
