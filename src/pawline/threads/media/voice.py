"""A voice note in, a new M4A out: decoded to sound and encoded again, with nothing else attached.

Runs in a child process (``python -m pawline.threads.media.voice``) and starts ffmpeg as ``video.py`` does. AAC, because it is
the one kind of sound that every browser plays.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from pawline.threads.media.child import Limits, Refused, serve_one_job
from pawline.threads.media.ffmpeg import find_ffmpeg, read_seconds, run_ffmpeg

MAX_SECONDS = 300
# What the recorders of browsers and phones write, by the first four bytes; else it is of MP4's family.
_CONTAINERS = {b"\x1aE\xdf\xa3": "matroska", b"OggS": "ogg"}
_DECODERS = "opus,vorbis,aac,mp3,alac,amrnb,amrwb,pcm_s16le,pcm_s16be"
_LIMITS = Limits(cpu_seconds=60)
_NICENESS = 5

Result = Mapping[str, int | str]


def reencode_voice(source: Path, folder: Path) -> Result:
    """Write ``display`` (M4A) into ``folder``; returns how long it is.

    Raises:
        Refused: ``too_long``, or ``unreadable``, which a film is too.
    """
    _require_sound_alone(source, folder)
    progress = run_ffmpeg(
        *_input(source),
        *("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-t", str(MAX_SECONDS + 2)),
        *("-c:a", "aac", "-b:a", "64k", "-ac", "1", "-ar", "44100", "-fflags", "+bitexact", "-flags:a", "+bitexact"),
        *("-movflags", "+faststart", "-f", "mp4", folder / "display"),
    )
    seconds = read_seconds(progress)
    if seconds > MAX_SECONDS + 1:  # a recorder that stops at five minutes stops a moment later
        raise Refused("too_long")
    return {"duration_ms": round(seconds * 1000)}


def _require_sound_alone(source: Path, folder: Path) -> None:
    notes = folder / "packets.txt"
    run_ffmpeg(*_input(source), "-map", "0:a:0", "-map", "0:v?", "-c", "copy", "-t", "0.2", "-f", "framecrc", notes)
    if any(line.startswith("#media_type") and line.endswith("video") for line in notes.read_text().splitlines()):
        raise Refused("unreadable")


def _input(path: Path) -> tuple[str, ...]:
    with path.open("rb") as file:
        container = _CONTAINERS.get(file.read(4), "mov")
    return (
        *("-threads", "1", "-protocol_whitelist", "file,pipe", "-format_whitelist", container),
        *("-codec_whitelist", _DECODERS, "-f", container, "-i", f"file:{path}"),
    )


if __name__ == "__main__":
    os.nice(_NICENESS)
    find_ffmpeg()
    serve_one_job(reencode_voice, limits=_LIMITS)
