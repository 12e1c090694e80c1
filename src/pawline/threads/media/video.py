"""A video in, a new MP4 and a poster out: decoded to pictures and sound and encoded again, with nothing else attached.

Runs in a child process (``python -m pawline.threads.media.video``), which starts ffmpeg under its own limits. ffmpeg is told
everything it may use: one container, a few decoders, local files. The container's references to other files stay off, as they
are by default.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, JpegImagePlugin, PngImagePlugin

from pawline.threads.media.child import Limits, Refused, serve_one_job
from pawline.threads.media.ffmpeg import find_ffmpeg, read_seconds, run_ffmpeg
from pawline.threads.media.saving import save_whole

MAX_SECONDS = 180
MAX_PIXELS = 4096 * 2304  # 4K as phones film it; a frame of 8K takes four times the memory
DISPLAY_SIDE = 1280
THUMBNAIL_SIDE = 480
_POSTER_AT_SECONDS = 1.0
# MP4, QuickTime and 3GP are one family with one reader; the decoders are those of phones of the last twenty years.
_CONTAINER = "mov"
_DECODERS = "h264,hevc,mpeg4,h263,mjpeg,aac,amrnb,amrwb,mp3,alac,pcm_s16le,pcm_s16be"
_LOADED = (JpegImagePlugin, PngImagePlugin)  # importing registers them
# Addresses, not memory in use: ffmpeg and its threads reserve about 1 GB for 4K and then use 370 MB of it.
_LIMITS = Limits(memory_bytes=2_400_000_000, cpu_seconds=400)
_NICENESS = 10

Result = Mapping[str, int | str]


def reencode_video(source: Path, folder: Path) -> Result:
    """Write ``display`` (MP4, H.264 and AAC) and ``thumbnail`` (JPEG) into ``folder``; returns their sizes in pixels.

    Raises:
        Refused: ``too_long``, ``too_large`` in pixels, or ``unreadable``.
    """
    seconds = _measure(source, folder)
    display, poster, thumbnail = folder / "display", folder / "poster.png", folder / "thumbnail"
    _encode(source, display)
    _take_poster(display, poster, at_seconds=min(_POSTER_AT_SECONDS, seconds / 2))
    with Image.open(poster, formats=("PNG",)) as image:
        width, height = image.size
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        save_whole(image.convert("RGB"), thumbnail, "JPEG", quality=82, progressive=True)
        return {"width": width, "height": height, "thumb_width": image.width, "thumb_height": image.height}


def _measure(source: Path, folder: Path) -> float:
    """Seconds, counted by reading all packets: what the header claims may be a lie."""
    notes = folder / "packets.txt"
    copied = ("-map", "0:v:0", "-c", "copy")
    progress = run_ffmpeg(
        *_input(source),
        *copied,
        "-t",
        str(MAX_SECONDS + 2),
        "-f",
        "null",
        "-",
        *copied,
        "-frames:v",
        "1",
        "-f",
        "framecrc",
        notes,
    )
    width, height = _read_dimensions(notes.read_text())
    if width * height > MAX_PIXELS:
        raise Refused("too_large")
    seconds = read_seconds(progress)
    if seconds > MAX_SECONDS + 1:  # a phone that stops at three minutes stops a moment later
        raise Refused("too_long")
    return seconds


def _encode(source: Path, target: Path) -> None:
    box = f"scale=w='min({DISPLAY_SIDE},iw)':h='min({DISPLAY_SIDE},ih)'"
    run_ffmpeg(
        *_input(source),
        *("-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-t", str(MAX_SECONDS + 1)),
        *("-vf", f"{box}:force_original_aspect_ratio=decrease:force_divisible_by=2", "-fpsmax", "30"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-maxrate", "2500k", "-bufsize", "5000k"),
        *("-pix_fmt", "yuv420p", "-threads", "2", "-c:a", "aac", "-b:a", "96k", "-ac", "2"),
        *(
            "-fflags",
            "+bitexact",
            "-flags:v",
            "+bitexact",
            "-flags:a",
            "+bitexact",
            "-movflags",
            "+faststart",
            "-f",
            "mp4",
            target,
        ),
    )


def _take_poster(video: Path, target: Path, *, at_seconds: float) -> None:
    place = ("-ss", f"{at_seconds:.3f}")
    run_ffmpeg(*place, *_input(video), "-frames:v", "1", "-an", "-c:v", "png", "-f", "image2", "-update", "1", target)


def _input(path: Path) -> tuple[str, ...]:
    return (
        *("-threads", "2", "-max_pixels", str(MAX_PIXELS), "-protocol_whitelist", "file,pipe"),
        *("-format_whitelist", _CONTAINER, "-codec_whitelist", _DECODERS, "-f", _CONTAINER, "-i", f"file:{path}"),
    )


def _read_dimensions(notes: str) -> tuple[int, int]:
    """Out of a line like ``#dimensions 0: 1920x1080``."""
    line = next(line for line in notes.splitlines() if line.startswith("#dimensions 0:"))
    width, _, height = line.rpartition(" ")[2].partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    os.nice(_NICENESS)  # a minute of video must not slow down the messages
    find_ffmpeg()
    serve_one_job(reencode_video, limits=_LIMITS)
