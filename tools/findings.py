"""What a check finds, and the files a check reads."""

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.resolve()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Source:
    """One file. ``path`` is relative to the repository, with forward slashes."""

    path: str
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def is_test(self) -> bool:
        folders = self.path.split("/")
        return "tests" in folders[:-1] or folders[-1] == "conftest.py" or self.path.endswith(".test.ts")

    def is_excused(self, line: int, check: str) -> bool:
        """Whether the line (counted from 1) carries ``<check>: <reason>`` in a comment."""
        _, found, reason = self.lines[line - 1].partition(f" {check}: ") if 0 < line <= len(self.lines) else ("", "", "")
        return bool(found) and bool(reason.removesuffix("-->").strip())


@cache
def tracked_paths(root: Path = ROOT) -> tuple[str, ...]:
    """Every file git keeps or would keep, so that a new file is checked before its commit."""
    # A checkout that belongs to somebody else (a build machine's) is as good to list as one's own.
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True).stdout
    return tuple(sorted({path for path in listed.split("\0") if path and (root / path).is_file()}))


def read_sources(*suffixes: str, root: Path = ROOT) -> list[Source]:
    """All tracked text files, or those whose names end in one of ``suffixes``; files that are no UTF-8 are left out."""
    sources: list[Source] = []
    for path in tracked_paths(root):
        if not suffixes or path.endswith(suffixes):
            try:
                sources.append(Source(path, (root / path).read_text(encoding="utf-8")))
            except UnicodeDecodeError:
                continue
    return sources
