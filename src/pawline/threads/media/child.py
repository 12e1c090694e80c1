"""The inside of a bounded child process: it serves one job and ends.

Spoken with the parent (``child_processes.py``), a line each: ``ready``; then in: a JSON list of the source and the folder to
write into; then out: a JSON object. Standard error is silenced at ``ready``, so that a stranger's file cannot write our log.
"""

import errno
import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MEGABYTE = 1024 * 1024
MEMORY_BYTES: Final = 1200 * _MEGABYTE
CPU_SECONDS: Final = 15
OUTPUT_BYTES: Final = 128 * _MEGABYTE
OPEN_FILES: Final = 32

READY: Final = "ready"
# What the system says of itself, whatever file a decoder is at.
_OUR_TROUBLES: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.ENFILE)


class Refused(Exception):
    """The file is at fault in a way its sender can understand; ``reason`` is one word for the parent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CutOff(Exception):
    """Something got in the way that need not be the file's doing. The parent gets no answer, and may try again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child, and each program it starts, may use."""

    memory_bytes: int = MEMORY_BYTES
    cpu_seconds: int = CPU_SECONDS


_USUAL = Limits()


def serve_one_job(work: Callable[[Path, Path], Mapping[str, int | str]], limits: Limits = _USUAL) -> None:
    """Tell the parent we are loaded, take the job, do ``work(source, folder)``, answer."""
    _set_limits(limits)
    _say(READY)
    line = sys.stdin.readline()
    if not line:  # the parent has gone, or needed us no more
        return
    _silence_errors()
    source, folder = json.loads(line)
    os.chdir(folder)  # what a library might drop somewhere goes with the job's folder
    _say(json.dumps(_answer(work, Path(source), Path(folder))))


def _answer(work: Callable[[Path, Path], Mapping[str, int | str]], source: Path, folder: Path) -> Mapping[str, object]:
    try:
        return {"made": work(source, folder)}
    except CutOff:
        raise
    except MemoryError:
        return {"refused": "too_large"}
    except Exception as error:  # decoders raise what they like at a crafted file; this is the process's edge
        reason = error.reason if isinstance(error, Refused) else "unreadable"
        if reason == "unreadable" and _may_be_our_trouble(error, folder):
            raise CutOff from error
        return {"refused": reason}


def _may_be_our_trouble(error: Exception, folder: Path) -> bool:
    # Encoders do not say that the disk is full; they only fail, and by then what they wrote may be gone again.
    disk = os.statvfs(folder)
    is_short = disk.f_bavail * disk.f_frsize < OUTPUT_BYTES
    return is_short or (isinstance(error, OSError) and error.errno in _OUR_TROUBLES)


def _set_limits(limits: Limits) -> None:
    for which, limit in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (limit, limit))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _silence_errors() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
