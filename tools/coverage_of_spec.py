"""Which numbered lines of the specification no test names.

python -m tools.coverage_of_spec                             the lines without a test, by group, and the count
python -m tools.coverage_of_spec --only AL-22..33,C1-C3      the same for these lines
python -m tools.coverage_of_spec --require AL-22..33,I2      exit 1 when one of these has no test
python -m tools.coverage_of_spec --require tests/spec_required.txt
python -m tools.coverage_of_spec --refresh                   write tests/spec_ids.txt anew from the page
"""

import argparse
import sys
from itertools import groupby
from pathlib import Path

from tools.spec_ids import GROUPS, PAGE, SpecLine, known_lines, lines_of_page, read_ranges, write_list
from tools.spec_ids_in_tests import named_ids


def main() -> int:
    options = _parse()
    if options.refresh:
        write_list(lines_of_page(PAGE.read_text()))
    lines, named = known_lines(), named_ids()
    if unknown := sorted(named - {line.id for line in lines}):
        print(f"Tests name lines that do not exist: {', '.join(unknown)}.")
        return 1
    if options.require:
        return _require(_ids_from(options.require), lines, named)
    chosen = set(_ids_from(options.only)) if options.only else {line.id for line in lines}
    print(report([line for line in lines if line.id in chosen], named))
    return 0


def report(lines: list[SpecLine], named: set[str]) -> str:
    missing = [line for line in lines if line.id not in named]
    parts: list[str] = []
    for group, of_group in groupby(missing, key=lambda line: line.group):
        parts += [f"{group}: {GROUPS[group]}", *(f"  {line.id:<7} {line.title}" for line in of_group), ""]
    tested = len(lines) - len(missing)
    return "\n".join([*parts, f"{tested} of {len(lines)} lines have a test that names them; {len(missing)} have none."])


def _require(ids: list[str], lines: list[SpecLine], named: set[str]) -> int:
    titles = {line.id: line.title for line in lines}
    if unknown := [spec_id for spec_id in ids if spec_id not in titles]:
        print(f"Required lines that do not exist: {', '.join(unknown)}.")
        return 1
    print(report([SpecLine(spec_id, titles[spec_id]) for spec_id in ids], named))
    return 0 if named.issuperset(ids) else 1


def _ids_from(text: str) -> list[str]:
    """``text`` is a list of ranges, or the path of a file that holds one."""
    if Path(text).is_file():
        rows = (line.partition("#")[0].strip() for line in Path(text).read_text().splitlines())
        text = ",".join(row for row in rows if row)
    return read_ranges(text)


class _Options(argparse.Namespace):
    only: str = ""
    require: str = ""
    refresh: bool = False


def _parse() -> _Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--require", default="")
    parser.add_argument("--refresh", action="store_true")
    return parser.parse_args(namespace=_Options())


if __name__ == "__main__":
    sys.exit(main())
