"""Sizes: a function fits one screen, a file one reading, a call one line.

An exception needs its reason on the line of ``def``, or on the first line of a file: ``# size: <reason>``.
"""

import ast
from collections.abc import Iterator

from tools.findings import Finding, Source, read_sources

FUNCTION_LINES = 50
FILE_LINES = 300
COMPONENT_LINES = 150
PARAMETERS = 5
POSITIONAL_PARAMETERS = 3
# People call these by position; a framework calls what other decorators mark, by name.
PLAIN_DECORATORS = {"staticmethod", "classmethod", "contextmanager", "asynccontextmanager", "cache", "overload"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def check() -> list[Finding]:
    return [finding for source in read_sources(".py", ".ts", ".svelte") for finding in findings_in(source)]


def findings_in(source: Source) -> Iterator[Finding]:
    limit = COMPONENT_LINES if source.path.endswith(".svelte") else FILE_LINES
    count = len(source.lines)
    is_made = source.path.endswith(".d.ts")  # written by a generator, read by a compiler
    if count > limit and not is_made and not source.is_excused(1, "size"):
        yield Finding(source.path, 1, f"has {count} lines; the limit is {limit}. Split it by ability.")
    if source.path.endswith(".py"):
        yield from _function_findings(source)


def _function_findings(source: Source) -> Iterator[Finding]:
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, Function) and not source.is_excused(node.lineno, "size"):
            for problem in _problems_of(node):
                yield Finding(source.path, node.lineno, f"{node.name} {problem}")


def _problems_of(function: Function) -> Iterator[str]:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if lines > FUNCTION_LINES:
        yield f"has {lines} lines; the limit is {FUNCTION_LINES}."
    if _is_called_by_name(function):
        return
    positional = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    if positional[:1] in (["self"], ["cls"]):
        positional = positional[1:]
    count = len(positional) + len(function.args.kwonlyargs)
    if count > PARAMETERS:
        yield f"takes {count} parameters; the limit is {PARAMETERS}. More means a missing type."
    if len(positional) > POSITIONAL_PARAMETERS:
        yield f"takes {len(positional)} parameters by position; after {POSITIONAL_PARAMETERS} they are keyword-only (put a *)."


def _is_called_by_name(function: Function) -> bool:
    """pytest hands fixtures to tests, and frameworks fill the parameters of what they decorate."""
    decorators = {_decorator_name(node) for node in function.decorator_list}
    return function.name.startswith("test_") or bool(decorators - PLAIN_DECORATORS)


def _decorator_name(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2]
