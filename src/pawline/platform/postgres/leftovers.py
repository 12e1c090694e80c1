"""What an unclean stop leaves behind: a server without its Pawline, a postmaster.pid without its server."""

import asyncio
import hashlib
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pawline.platform.postgres.binaries import PostgresFailed

SOCKET_PREFIX = "pawline-pg-"
STOP_ORDERS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
"""PostgreSQL's fast and immediate shutdown, then force; each with the seconds it gets."""


@dataclass(frozen=True, slots=True, order=True)
class Leftover:
    pid: int
    is_postmaster: bool


def cluster_name(folder: Path) -> str:
    """Stands in the command line of every PostgreSQL process on the folder, which tells them from all others."""
    return "pawline-" + hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]


def socket_note(folder: Path) -> Path:
    """Beside the server's folder: names the folder of its socket, for commands that look in and for the next start."""
    return folder.with_name(folder.name + "-socket")


def socket_folder(folder: Path) -> Path | None:
    """Where the server has its socket; None when none has been started."""
    with suppress(FileNotFoundError):
        return Path(socket_note(folder).read_text())
    return None


async def clear(folder: Path) -> None:
    """Stop every PostgreSQL process still on the folder, then remove its stale lock. The caller holds the data folder."""
    for order, seconds in STOP_ORDERS:
        if await _stop(folder, order, seconds):
            break
    else:
        pids = ", ".join(str(process.pid) for process in _processes_on(folder))
        raise PostgresFailed(f"Another PostgreSQL (process {pids}) still works on {folder}. Stop it, then start Pawline again.")
    # Only now, when no process is left. PostgreSQL itself would take a recycled process id in the file for a running server.
    (folder / "postmaster.pid").unlink(missing_ok=True)
    remove_socket_folder(folder)


def remove_socket_folder(folder: Path) -> None:
    sockets = socket_folder(folder)
    if sockets is not None and sockets.name.startswith(SOCKET_PREFIX):
        shutil.rmtree(sockets, ignore_errors=True)
    socket_note(folder).unlink(missing_ok=True)


async def _stop(folder: Path, order: signal.Signals, seconds: float) -> bool:
    """False when some are left after so many seconds."""
    deadline = time.monotonic() + seconds
    told: set[int] = set()
    while left := _processes_on(folder):
        # A postmaster ends its children in good order; children without one have nothing to wait for.
        for process in [postmaster for postmaster in left if postmaster.is_postmaster] or left:
            if process.pid not in told:
                told.add(process.pid)
                _tell(process, order)
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True


def _tell(process: Leftover, order: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(process.pid, order if process.is_postmaster else max(order, signal.SIGQUIT))


def _processes_on(folder: Path) -> list[Leftover]:
    name = cluster_name(folder)
    return [
        Leftover(pid, f"cluster_name={name}" in command) for pid, command in _commands() if name in command and pid != os.getpid()
    ]


def _commands() -> list[tuple[int, str]]:
    """Process ids and command lines of this machine. Command lines, not folders: those can be read without special rights."""
    if Path("/proc/self").exists():
        return [(int(process.name), _read_command(process)) for process in Path("/proc").iterdir() if process.name.isdigit()]
    listing = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, timeout=10, check=True)
    return [(int(line.split(None, 1)[0]), line) for line in listing.stdout.splitlines()]


def _read_command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
