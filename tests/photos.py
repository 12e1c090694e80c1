"""Photos as phones make them, the same bytes every time; for tests and the demo."""

# Pillow's types speak of numpy, which is not installed.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import io
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
PLACE = (51.0, 30.0, 26.46)  # degrees, minutes, seconds: Greenwich, not anybody's home
_SUN, _GRASS, _DOG = (250, 236, 180), (74, 120, 60), (140, 92, 50)


def make_iphone_photo(width: int, height: int, *, orientation: int = 1, with_location: bool = True) -> bytes:
    """HEIC in 512-pixel tiles with the camera's EXIF. ``width`` and ``height`` are those of the sensor, before turning."""
    pillow_heif.register_heif_opener(grid_tile_size=512)
    out = io.BytesIO()
    exif = build_exif(orientation=orientation, with_location=with_location)
    draw_dog(width, height).save(
        out, "HEIF", quality=60, exif=exif.tobytes(), enc_params={"preset": "ultrafast"}, icc_profile=_profile(), xmp=_XMP
    )
    return out.getvalue()


def make_jpeg(width: int, height: int, *, orientation: int = 1, with_location: bool = True) -> bytes:
    """JPEG as cameras make it: EXIF, colour profile, XMP and a comment."""
    out = io.BytesIO()
    exif = build_exif(orientation=orientation, with_location=with_location)
    draw_dog(width, height).save(out, "JPEG", quality=90, exif=exif, icc_profile=_profile(), xmp=_XMP, comment=b"Pixel at home")
    return out.getvalue()


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def draw_dog(width: int, height: int) -> Image.Image:
    """A brown dog on grass with some grain. The top left corner is red, to tell which way up it is."""
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", [image.point([(c * i + 128 * (255 - i)) // 255 for i in range(256)]) for c in _GRASS])
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.7, height * 0.05, width * 0.9, height * 0.3), fill=_SUN)
    draw.ellipse((width * 0.25, height * 0.4, width * 0.75, height * 0.8), fill=_DOG)
    draw.ellipse((width * 0.6, height * 0.25, width * 0.8, height * 0.5), fill=_DOG)
    image = Image.blend(image, _grain(width, height), 0.06)
    image.paste((220, 20, 30), (0, 0, max(1, width // 5), max(1, height // 5)))
    return image


def build_exif(*, orientation: int, with_location: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make] = "Apple"
    exif[Base.Model] = "iPhone 15"
    exif[Base.DateTime] = "2026:05:04 08:15:00"
    exif[Base.Orientation] = orientation
    if with_location:
        gps = exif.get_ifd(IFD.GPSInfo)
        gps.update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: PLACE, GPS.GPSLongitudeRef: "W", GPS.GPSLongitude: (0.0, 0.0, 5.0)})
    return exif


def _grain(width: int, height: int) -> Image.Image:
    tile = _noise()
    grain = Image.new("RGB", (width, height))
    for left in range(0, width, tile.width):
        for top in range(0, height, tile.height):
            grain.paste(tile, (left, top))
    return grain


@cache
def _noise() -> Image.Image:
    """A square from a fixed linear congruence: random enough for a codec, equal on every machine."""
    side, state = 256, 7
    noise = bytearray(side * side * 3)
    for index in range(len(noise)):
        state = (state * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
        noise[index] = state >> 16 & 0xFF
    return Image.frombytes("RGB", (side, side), bytes(noise))


def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


_XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="51,30.441N"/>'
    b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
