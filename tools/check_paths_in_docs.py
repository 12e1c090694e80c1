"""Every path a document names exists, so that a page cannot outlive the files it tells of.

A path is what stands between back-ticks or in a code block and has a folder and an ending (``threads/routes.py``) or begins with
a top-level folder of the repository, and the target of a relative link. Globs count when one file matches.
An exception needs its reason on the same line: ``<!-- path: <reason> -->``.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.findings import Finding, Source, read_sources, tracked_paths

ENDINGS = "py|pyi|ts|svelte|js|css|html|md|toml|json|lock|txt|sh|sql|yaml|yml|service|conf|cfg|ini|j2"
LOOKED_UP_FROM = ("", "src/pawline/", "web/", "web/src/", "docs/")
# Made by running the product or a build: they exist later, on the reader's machine.
MADE_LATER = (".venv/", "data/", "dist/", "src/pawline/web_dist/")

BACKTICKED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH_WITH_ENDING = re.compile(rf"(?<![\w/.:@<{{$-])[\w.*-]+(?:/[\w.*-]+)*/[\w.*-]+\.(?:{ENDINGS})(?![\w/])")
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")


def check() -> list[Finding]:
    documents = [source for source in read_sources(".md") if source.path.startswith("docs/") or "/" not in source.path]
    return [finding for document in documents for finding in findings_in(document, tracked_paths())]


def findings_in(document: Source, existing: tuple[str, ...]) -> Iterator[Finding]:
    known = set(existing) | {parent.as_posix() for path in existing for parent in Path(path).parents}
    top_folders = {path.split("/")[0] for path in existing if "/" in path}
    in_code = False
    for number, line in enumerate(document.lines, start=1):
        in_code ^= line.lstrip().startswith("```")
        if document.is_excused(number, "path"):
            continue
        for path in _paths_in(line, top_folders, in_code=in_code):
            if not path.startswith(MADE_LATER) and not _exists(path, document.path, known):
                yield Finding(document.path, number, f"names {path}, which does not exist.")


def _paths_in(line: str, top_folders: set[str], *, in_code: bool) -> Iterator[str]:
    for target in LINK.findall(line):
        if ":" not in target and not target.startswith("/"):
            yield target
    for span in [line] if in_code else BACKTICKED.findall(line):
        yield from PATH_WITH_ENDING.findall(span)
        for word in span.split():
            is_whole_path = PATH.fullmatch(word) and "/" in word and word.split("/")[0] in top_folders
            if is_whole_path and not PATH_WITH_ENDING.fullmatch(word):
                yield word


def _exists(path: str, document: str, known: set[str]) -> bool:
    beside_document = f"{Path(document).parent.as_posix()}/"
    for start in (*LOOKED_UP_FROM, beside_document):
        candidate = _normal((start + path).rstrip("/"))
        if candidate in known or ("*" in candidate and any(Path(one).match(candidate) for one in known)):
            return True
    return False


def _normal(path: str) -> str:
    """Without ``.`` and ``..``, as links have them."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)
