"""Runs the repository's own checks: ``python -m tools.checks``."""

import sys
from collections.abc import Callable

from tools import (
    check_imports,
    check_paths_in_docs,
    check_sizes,
    check_tenancy,
    check_way_out,
    check_words,
    generate_api,
    generate_permissions,
)
from tools.findings import Finding

CHECKS: dict[str, Callable[[], list[Finding]]] = {
    "description of the API": generate_api.check,
    "imports": check_imports.check,
    "paths in documents": check_paths_in_docs.check,
    "permissions page": generate_permissions.check,
    "sizes": check_sizes.check,
    "tenancy": check_tenancy.check,
    "way out": check_way_out.check,
    "words": check_words.check,
}


def main() -> int:
    failed = 0
    for name, check in CHECKS.items():
        findings = sorted(check())
        failed += len(findings)
        print(f"{name}: {len(findings) or 'no'} finding{'' if len(findings) == 1 else 's'}")
        for finding in findings:
            print(f"  {finding}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
