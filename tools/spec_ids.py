"""The numbered lines of the specification: reading them from the page or the kept list, and sets of them by range."""

import re
from dataclasses import dataclass
from pathlib import Path

from tools.findings import ROOT

PAGE = ROOT.parent / "shared" / "spec" / "features.md"
KEPT = ROOT / "tests" / "spec_ids.txt"

NAME = r"(?:(?:AL|V2P|PPB|PA)-|(?:V2P|PPB)\+|[CDI])\d+"
LINE = re.compile(rf"^(?:\*|\||-) *\**(?P<id>{NAME})\** *\|?(?: \[[SI]\])? *(?P<text>.+)")
# What other pages of a vendor say: several of them in a line, after one another.
BESIDE = re.compile(r"^(?:\*Same vendor.*?\* )?V2P\+|^\*Same vendor.*?\* PPB\+")
PART = re.compile(r"(?P<id>(?:V2P|PPB)\+\d+) (?P<text>[^;]+)")
RANGE = re.compile(rf"(?P<first>{NAME})(?:\.\.(?P<last>\d+)|-(?P<last_id>{NAME}))?")
MARKS = re.compile(r"\*\*|`|\[[SI]\] ")
TITLE_LENGTH = 80
GROUPS = {
    "AL": "App chat",
    "V2P": "Texting",
    "V2P+": "Texting, from the vendor's other pages",
    "PPB": "Families and roles",
    "PPB+": "Families and roles, from the vendor's other pages",
    "PA": "Texting beside the app",
    "C": "One rule out of several",
    "D": "Decisions",
    "I": "Invariants",
}


@dataclass(frozen=True, slots=True)
class SpecLine:
    id: str
    title: str

    @property
    def group(self) -> str:
        return group_and_number(self.id)[0]


def group_and_number(spec_id: str) -> tuple[str, int]:
    """``V2P-12`` is ("V2P", 12); ``C3`` is ("C", 3)."""
    digits = spec_id[len(spec_id.rstrip("0123456789")) :]
    return spec_id.removesuffix(digits).rstrip("-"), int(digits)


def known_lines() -> list[SpecLine]:
    """From the page when it lies beside the repository, else from the list kept with the tests."""
    return lines_of_page(PAGE.read_text()) if PAGE.is_file() else lines_of_list(KEPT.read_text())


def lines_of_page(page: str) -> list[SpecLine]:
    found = (match for line in page.splitlines() for match in _lines_in(line))
    return [SpecLine(match["id"], _title(match["text"])) for match in found]


def _lines_in(line: str) -> list[re.Match[str]]:
    if BESIDE.match(line):
        return list(PART.finditer(line))
    match = LINE.match(line)
    return [match] if match else []


def lines_of_list(kept: str) -> list[SpecLine]:
    pairs = (line.partition(" ") for line in kept.splitlines() if line and not line.startswith("#"))
    return [SpecLine(spec_id, title.strip()) for spec_id, _, title in pairs]


def write_list(lines: list[SpecLine], path: Path = KEPT) -> None:
    head = "# The numbered lines of the specification; tools/coverage_of_spec.py --refresh writes this list.\n"
    path.write_text(head + "".join(f"{line.id} {line.title}\n" for line in lines))


def read_ranges(text: str) -> list[str]:
    """``AL-22..24, C1-C3 I9`` is AL-22, AL-23, AL-24, C1, C2, C3, I9. Raises ValueError for anything else."""
    ids: list[str] = []
    for item in re.split(r"[,\s]+", text.strip()):
        match = RANGE.fullmatch(item)
        if match is None:
            raise ValueError(f"{item!r} is no id or range of ids; write AL-22..24 or C1-C3.")
        group, first = group_and_number(match["first"])
        end_group, last = group_and_number(match["last_id"] or f"{group}-{match['last'] or first}")
        if end_group != group or last < first:
            raise ValueError(f"{item!r} does not run upwards within one group.")
        separator = "-" if "-" in match["first"] else ""
        ids += [f"{group}{separator}{number}" for number in range(first, last + 1)]
    return ids


def _title(text: str) -> str:
    plain = MARKS.sub("", text).split(" | ")[0].strip(" |")
    if len(plain) <= TITLE_LENGTH:
        return plain
    return plain[:TITLE_LENGTH].rpartition(" ")[0] + " …"
