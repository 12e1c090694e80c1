"""Imports between features: another feature's service and its public modules, never its tables or routes.

Layers and cycles are import-linter's work; a list of what each feature shows to the others is beyond it. The list stands in
pyproject.toml under [tool.pawline.public_modules]. An exception needs its reason on the same line: ``# imports: <reason>``.
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping

from tools.findings import ROOT, Finding, Source, read_sources

PACKAGE = "pawline"
MAY_IMPORT_EVERYTHING = {"app", "cli", "migrations", "worker"}

PublicModules = Mapping[str, list[str]]


def check() -> list[Finding]:
    public = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pawline"]["public_modules"]
    sources = [source for source in read_sources(".py") if source.path.startswith("src/pawline/") and not source.is_test]
    return [finding for source in sources for finding in findings_in(source, public)]


def findings_in(source: Source, public: PublicModules) -> Iterator[Finding]:
    own = source.path.removesuffix(".py").split("/")[2]
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Import | ast.ImportFrom) and not source.is_excused(node.lineno, "imports"):
            for problem in _problems_of(node, own, public):
                yield Finding(source.path, node.lineno, problem)


def _problems_of(node: ast.Import | ast.ImportFrom, own: str, public: PublicModules) -> Iterator[str]:
    if own in MAY_IMPORT_EVERYTHING:
        return
    for feature, module in _imported(node):
        if feature in public and feature != own and module not in public[feature]:
            shown = ", ".join(public[feature]) or "nothing"
            yield f"imports {module or 'all'} of {feature}, which shows the others only: {shown}."


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Pairs of feature and module; the module is empty when the feature itself is imported."""
    start = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
    for name in (start + alias.name for alias in node.names):
        package, _, rest = name.partition(".")
        feature, _, module = rest.partition(".")
        if package == PACKAGE and feature:
            yield feature, module.split(".")[0]
