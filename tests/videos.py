"""Videos as phones make them; for tests."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

import imageio_ffmpeg  # pyright: ignore[reportMissingTypeStubs] - it ships none

PLACE = "+51.4779-000.0015/"  # ISO 6709, as iPhones write it: Greenwich, not anybody's home
SECRET_WORDS = (b"+51.47", b"Greenwich", b"iPhone 15", b"2026-05-04")
_NOTES = {
    "location": PLACE,
    "com.apple.quicktime.location.ISO6709": PLACE,
    "com.apple.quicktime.make": "Apple",
    "com.apple.quicktime.model": "iPhone 15",
    "title": "Pixel in Greenwich",
    "creation_time": "2026-05-04T08:15:00Z",
}


@cache
def make_iphone_video(width: int = 320, height: int = 180, *, seconds: float = 2, turned: int = 0) -> bytes:
    """QuickTime with HEVC and the camera's notes, where it was filmed included; ``turned`` in degrees, by a note as phones do."""
    film = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-c:a", "aac"]
    notes = [word for key, value in _NOTES.items() for word in ("-metadata", f"{key}={value}")]
    straight = _make([*_scene(width, height, seconds), *film, *notes, "-movflags", "use_metadata_tags", "-f", "mov"])
    if not turned:
        return straight
    return _make(["-display_rotation", str(turned), "-i", "{source}", "-c", "copy", "-f", "mov"], source=straight)


@cache
def make_3gp(seconds: float = 2) -> bytes:
    """What older phones text: H.263 with AMR sound."""
    sound = ["-c:a", "libopencore_amrnb", "-ar", "8000", "-ac", "1", "-b:a", "12.2k"]
    return _make([*_scene(176, 144, seconds), "-c:v", "h263", *sound, "-f", "3gp"])


@cache
def make_mp4(width: int = 320, height: int = 180, *, seconds: float = 2, with_sound: bool = True, frames: int = 15) -> bytes:
    film = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    sound = ["-c:a", "aac"] if with_sound else ["-an"]
    return _make([*_scene(width, height, seconds, frames=frames), *film, *sound, "-f", "mp4"])


@cache
def make_voice(form: str = "webm", *, seconds: float = 2) -> bytes:
    """A voice note as browsers record it: Opus in WebM or Ogg, or AAC in MP4 as Safari does, with notes that tell too much."""
    codec = ["-c:a", "aac"] if form == "mp4" else ["-c:a", "libopus", "-b:a", "24k"]
    notes = ["-metadata", f"location={PLACE}", "-metadata", "title=Pixel in Greenwich"]
    return _make([*_hum(seconds), *codec, *notes, "-movflags", "use_metadata_tags", "-f", form])


@cache
def make_webm_film(seconds: float = 1) -> bytes:
    return _make([*_scene(64, 48, seconds), "-c:v", "libvpx", "-c:a", "libopus", "-f", "webm"])


def read_notes(video: bytes) -> str:
    """All that ffmpeg finds to say about a file: container, streams, metadata."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(video)
        file.flush()
        return subprocess.run([_ffmpeg(), "-hide_banner", "-i", file.name], capture_output=True, text=True, check=False).stderr


def _scene(width: int, height: int, seconds: float, *, frames: int = 15) -> list[str]:
    picture = f"testsrc2=size={width}x{height}:rate={frames}:duration={seconds}"
    return ["-f", "lavfi", "-i", picture, *_hum(seconds)]


def _hum(seconds: float) -> list[str]:
    return ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]


def _make(arguments: list[str], *, source: bytes = b"") -> bytes:
    with tempfile.TemporaryDirectory() as name:
        made, given = Path(name) / "made", Path(name) / "given"
        given.write_bytes(source)
        filled = [str(given) if each == "{source}" else each for each in arguments]
        subprocess.run([_ffmpeg(), "-v", "error", "-nostdin", "-y", *filled, made], check=True)
        return made.read_bytes()


def _ffmpeg() -> str:
    return imageio_ffmpeg.get_ffmpeg_exe()
