"""Short animated GIFs stay animated; long ones become their first frame."""

# Pillow's types speak of numpy, which is not installed.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from pathlib import Path

from PIL import Image

from pawline.threads.media.saving import save_whole

MAX_FRAMES = 150
MAX_SIDE = 640
MAX_PIXELS = 20_000_000  # of all frames together, as written
# Read frame by frame at their own size: what decoding may cost before it is given up.
_MAX_PIXELS_READ = 120_000_000
_SHORTEST_MILLISECONDS = 20


def reencode_animation(image: Image.Image, target: Path) -> tuple[int, int] | None:
    """Write the frames anew at ``target`` and return their width and height; None when it is a still or over a bound."""
    frames, milliseconds = _read_frames(image)
    if len(frames) < 2:
        return None
    film = {"save_all": True, "append_images": frames[1:], "duration": milliseconds, "loop": 0, "disposal": 1, "optimize": False}
    save_whole(frames[0], target, "GIF", **film)
    return frames[0].size


def _read_frames(image: Image.Image) -> tuple[list[Image.Image], list[int]]:
    frames: list[Image.Image] = []
    milliseconds: list[int] = []
    size = _shrunk(image.size)
    most = min(MAX_FRAMES, MAX_PIXELS // (size[0] * size[1]), _MAX_PIXELS_READ // (image.width * image.height))
    if most < 2:
        return frames, milliseconds
    try:
        while True:
            image.seek(len(frames))
            if len(frames) == most:
                frames.clear()
                break
            frames.append(_drawn(image, size))
            milliseconds.append(max(int(image.info.get("duration", 100)), _SHORTEST_MILLISECONDS))
    except EOFError:
        pass  # Pillow's way to say there are no more
    image.seek(0)
    return frames, milliseconds


def _shrunk(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, MAX_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _drawn(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The whole picture at this frame, on white, with nothing attached."""
    drawn = image.convert("RGBA")
    flat = Image.new("RGB", image.size, "white")
    flat.paste(drawn, mask=drawn.getchannel("A"))
    if size != flat.size:
        flat = flat.resize(size, Image.Resampling.BILINEAR)
    return flat.quantize(256, Image.Quantize.FASTOCTREE)
