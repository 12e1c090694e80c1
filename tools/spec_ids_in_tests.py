"""Which numbered lines the tests name.

A Python test names a line in its name (``test_al_22_opens_the_thread``), its docstring, a comment inside it or in the comment
right above it; a skipped test names nothing. A browser test names it in a comment or in the title of test, it or describe.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tools.findings import Source, read_sources
from tools.spec_ids import NAME

ID = re.compile(rf"(?<![\w-]){NAME}(?![\w-]|\.\d)")
ID_IN_NAME = re.compile(r"(?:^|_)(?:(?P<page>al|v2p|ppb|pa)_|(?P<part>[cdi]))(?P<number>\d+)(?=_|$)")
TEST_TITLE = re.compile(r"\b(?:test|it|describe)(?:\.\w+)*(?:\([^()]*\))?\s*\(\s*([\"'`])(?P<title>.*?)\1")
TS_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/|<!--.*?-->", re.DOTALL)
SKIPPED = re.compile(r"\bmark\.(?:skip|xfail)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named_ids() -> set[str]:
    python = {spec_id for source in read_sources(".py") if source.is_test for spec_id in ids_in_python(source)}
    return python | {spec_id for source in read_sources(".test.ts") for spec_id in ids_in_typescript(source)}


def ids_in_python(source: Source) -> Iterator[str]:
    comments = _comments_by_line(source.text)
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, Function) and node.name.startswith("test") and not _is_skipped(node):
            yield from _ids_of_name(node.name)
            yield from ID.findall(ast.get_docstring(node) or "")
            for line in _lines_of(node, comments):
                yield from ID.findall(comments.get(line, ""))


def ids_in_typescript(source: Source) -> Iterator[str]:
    for comment in TS_COMMENT.findall(source.text):
        yield from ID.findall(comment)
    for match in TEST_TITLE.finditer(source.text):
        yield from ID.findall(match["title"])


def _comments_by_line(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def _lines_of(test: Function, comments: dict[int, str]) -> range:
    first = min([test.lineno, *(decorator.lineno for decorator in test.decorator_list)])
    while first - 1 in comments:
        first -= 1
    return range(first, (test.end_lineno or test.lineno) + 1)


def _is_skipped(test: Function) -> bool:
    return any(
        SKIPPED.search(ast.unparse(decorator)) and "skipif" not in ast.unparse(decorator) for decorator in test.decorator_list
    )


def _ids_of_name(name: str) -> Iterator[str]:
    for match in ID_IN_NAME.finditer(name):
        if match["page"]:
            yield f"{match['page'].upper()}-{match['number']}"
        else:
            yield f"{match['part'].upper()}{match['number']}"
