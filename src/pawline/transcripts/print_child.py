"""The child process that prints one transcript and ends: ``fpdf`` and what it holds never come into a process that serves."""

from collections.abc import Mapping
from pathlib import Path

from pawline.threads.media.child import Limits, serve_one_job
from pawline.transcripts.sheet import PRINTED

_LIMITS = Limits(cpu_seconds=80)


def _print(source: Path, folder: Path) -> Mapping[str, int | str]:
    from pawline.transcripts.pdf import print_transcript  # noqa: PLC0415 - takes a while; the parent waits for a child that is up

    return {"pages": print_transcript(source, folder, folder / PRINTED)}


if __name__ == "__main__":
    serve_one_job(_print, _LIMITS)
