"""Who the embedded PostgreSQL runs as. It refuses to run as root, so root needs an ordinary user for it."""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pawline.platform.disk import held
from pawline.platform.postgres import launch

ACCOUNT = "pawline"
ACCOUNTS = Path("/etc")
"""Where the system keeps them; the folder itself is what we lock."""


@dataclass(frozen=True, slots=True)
class Account:
    """``None`` stands for the user we are."""

    user: int | None
    group: int | None

    def give(self, path: Path) -> None:
        """Make the user the owner of a file or folder of ours."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def command(self, program: Path, *arguments: str, places: list[Path]) -> list[str]:
        """The command line that runs ``program`` as this user, able to reach ``places``."""
        if self.user is None:
            who = ["-", "-", "plain"]
        else:
            is_open = all(self._can_pass(place) for place in [program, *places])
            who = [str(self.user), str(self.group), "plain" if is_open else "pass"]
        # -I -S: no environment, no site-packages; it starts in 20 ms and cannot be led astray.
        return [sys.executable, "-I", "-S", launch.__file__, str(os.getpid()), *who, str(program), *arguments]

    def _can_pass(self, place: Path) -> bool:
        return all(self._can_enter(folder.stat()) for folder in place.resolve().parents)

    def _can_enter(self, folder: os.stat_result) -> bool:
        if folder.st_uid == self.user:
            return bool(folder.st_mode & 0o100)
        if folder.st_gid == self.group:
            return bool(folder.st_mode & 0o010)
        return bool(folder.st_mode & 0o001)


def account_for(folder: Path) -> Account:
    """Whom to run a server on ``folder`` as: its present owner, so that nothing changes hands between two starts."""
    if os.geteuid() != 0:
        return Account(None, None)
    if folder.exists() and folder.stat().st_uid != 0:
        owner = folder.stat()
        return Account(owner.st_uid, owner.st_gid)
    entry = _ours() or _find("postgres") or pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def _ours() -> pwd.struct_passwd | None:
    """One at a time: of two ``useradd`` for one name the later renumbers it, and the folders of the earlier are nobody's."""
    with held(ACCOUNTS):
        return _find(ACCOUNT) or _create()


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    command = [
        useradd,
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        ACCOUNT,
    ]
    subprocess.run(command, check=False, capture_output=True, timeout=30)
    return _find(ACCOUNT)
