"""ffmpeg, as the bounded children start it: silent, with nothing of our environment, and told all that it may use."""

import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg  # pyright: ignore[reportMissingTypeStubs] - it ships none

from pawline.threads.media.child import CutOff, Refused


def run_ffmpeg(*arguments: str | Path) -> str:
    """What ffmpeg says of its progress, in lines of ``key=value``.

    Raises:
        Refused: it cannot read the file.
        CutOff: it was killed.
    """
    command = [find_ffmpeg(), "-v", "quiet", "-nostdin", "-y", "-filter_threads", "1", "-progress", "pipe:1", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False, env={})
    if done.returncode < 0:
        raise CutOff
    if done.returncode != 0:
        raise Refused("unreadable")
    return done.stdout.decode()


def read_seconds(progress: str) -> float:
    """How long what was written is."""
    microseconds = [line.removeprefix("out_time_us=") for line in progress.splitlines() if line.startswith("out_time_us=")]
    return int(microseconds[-1]) / 1_000_000


def find_ffmpeg() -> str:
    """The one that came with Pawline; where there is none for this kind of machine, the system's own."""
    try:
        return imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError:
        sys.exit(
            "No ffmpeg for this kind of machine came with Pawline. Install ffmpeg to /usr/bin, or videos cannot be prepared."
        )
