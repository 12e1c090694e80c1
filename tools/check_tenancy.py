"""Tenancy: every statement that reads or writes a tenant table names ``practice_id``.

A tenant table is a mapped class with a ``practice_id``. What counts is a statement made with select, insert, update, delete,
exists or aliased, and SQL text. It may name it by way of what stands elsewhere: a door, which is a function called visible_...
that names it itself; a function or a constant of the same file that does; a variable made of such; or a narrowing that follows.
An exception needs its reason on the line of ``def`` or of the statement:
``# tenancy: <reason>``.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.findings import Finding, Source, read_sources

BUILDERS = {"select", "insert", "update", "delete", "exists", "aliased"}
TENANT_COLUMN = "practice_id"
SQL = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|USING|ONLY)\s+\"?(\w+)\"?", re.IGNORECASE)
SQL_START = re.compile(r"\s*(?:WITH|SELECT|INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class TenantTables:
    classes: frozenset[str]
    tables: frozenset[str]
    doors: frozenset[str] = frozenset()


def check() -> list[Finding]:
    sources = [source for source in read_sources(".py", ".sql") if source.path.startswith("src/pawline/") and not source.is_test]
    tenants = tenant_tables(sources)
    return [finding for source in sources for finding in findings_in(source, tenants)]


def tenant_tables(sources: list[Source]) -> TenantTables:
    classes: set[str] = set()
    tables: set[str] = set()
    doors: set[str] = set()
    for source in sources:
        if source.path.endswith(".py"):
            for node in ast.walk(ast.parse(source.text)):
                if isinstance(node, ast.ClassDef) and (table := _table_name(node)) and _declares_tenant(node):
                    classes.add(node.name)
                    tables.add(table)
                elif isinstance(node, Function) and node.name.startswith("visible_") and _names_tenant_column(node):
                    doors.add(node.name)
    return TenantTables(frozenset(classes), frozenset(tables), frozenset(doors))


def _table_name(node: ast.ClassDef) -> str | None:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__tablename__")], value=ast.Constant(value=str(name))):
                return name
            case _:
                continue
    return None


def _declares_tenant(node: ast.ClassDef) -> bool:
    return any(isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == TENANT_COLUMN for one in node.body)


def findings_in(source: Source, tenants: TenantTables) -> Iterator[Finding]:
    if source.path.endswith(".sql"):
        yield from _findings_in_sql(source, tenants)
        return
    tree = ast.parse(source.text)
    naming = tenants.doors | _named_by(tree)
    for owner in _owners(tree):
        if source.is_excused(owner.lineno, "tenancy"):
            continue
        name = f"{owner.name} " if isinstance(owner, Function) else ""
        for touched in _unnamed(owner, tenants, naming=naming):
            if not all(source.is_excused(line, "tenancy") for line, _ in touched):
                tables = ", ".join(sorted({table for _, table in touched}))
                yield Finding(source.path, touched[0][0], f"{name}works on {tables} without naming {TENANT_COLUMN}.")


def _owners(tree: ast.Module) -> Iterator[Function | ast.stmt]:
    """Functions and methods as wholes, and each statement that stands outside them."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        statement = waiting.pop(0)
        if isinstance(statement, ast.ClassDef):
            if _table_name(statement) is None:
                waiting = [*statement.body, *waiting]
        elif not isinstance(statement, ast.Import | ast.ImportFrom):
            yield statement


def _named_by(tree: ast.Module) -> frozenset[str]:
    """Functions and constants of this file that name the column themselves."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, Function) and _names_tenant_column(node):
            found.add(node.name)
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _names_tenant_column(statement):
            found |= _targets(statement)
    return frozenset(found)


def _unnamed(owner: Function | ast.stmt, tenants: TenantTables, *, naming: frozenset[str]) -> Iterator[list[tuple[int, str]]]:
    """The touches of each statement in ``owner`` that names the column neither itself nor by way of others."""
    steps = list(_steps(owner))
    for _ in steps:
        more = naming.union(*(_targets(step.statement) for step in steps if step.is_named(naming)))
        if more == naming:
            break
        naming = more
    for step in steps:
        touched = sorted(touch for part in step.parts for touch in _touched(part, tenants))
        made = _targets(step.statement)
        is_narrowed = any(made & _names_in(other.parts) and other.is_named(naming) for other in steps)
        if touched and not step.is_named(naming) and not is_narrowed:
            yield touched


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement without those inside it."""

    statement: ast.stmt
    parts: list[ast.AST]

    def is_named(self, naming: frozenset[str]) -> bool:
        return any(_names_tenant_column(part) for part in self.parts) or bool(_names_in(self.parts) & naming)


def _steps(owner: Function | ast.stmt) -> Iterator[_Step]:
    for node in ast.walk(owner):
        if isinstance(node, ast.stmt) and not isinstance(node, Function | ast.ClassDef):
            yield _Step(node, [part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.stmt | ast.ExceptHandler)])


def _targets(statement: ast.stmt) -> frozenset[str]:
    """Which variables it sets."""
    match statement:
        case ast.Assign(targets=targets):
            return _names_in(targets)
        case ast.AnnAssign(target=target):
            return _names_in([target])
        case _:
            return frozenset()


def _names_in(parts: Sequence[ast.AST]) -> frozenset[str]:
    return frozenset(_last_name(node) for part in parts for node in ast.walk(part) if isinstance(node, ast.Name | ast.Attribute))


def _names_tenant_column(owner: ast.AST) -> bool:
    for node in ast.walk(owner):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)) | ast.arg(arg=name):
                is_named = name == TENANT_COLUMN
            case ast.Constant(value=str(text)):
                is_named = text == TENANT_COLUMN or (bool(SQL_START.match(text)) and TENANT_COLUMN in text)
            case ast.JoinedStr():
                text = _static_text(node)
                is_named = bool(SQL_START.match(text)) and TENANT_COLUMN in text
            case _:
                is_named = False
        if is_named:
            return True
    return False


def _touched(owner: ast.AST, tenants: TenantTables) -> Iterator[tuple[int, str]]:
    for node in ast.walk(owner):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in BUILDERS:
                for part in ast.walk(node):
                    if isinstance(part, ast.Name | ast.Attribute) and _last_name(part) in tenants.classes:
                        yield node.lineno, _last_name(part)
            case ast.Constant(value=str(text)) if SQL_START.match(text):
                yield from ((node.lineno, table) for table in _tables_in(text, tenants))
            case ast.JoinedStr() if SQL_START.match(_static_text(node)):
                yield from ((node.lineno, table) for table in _tables_in(_static_text(node), tenants))
            case _:
                continue


def _tables_in(sql: str, tenants: TenantTables) -> list[str]:
    return sorted({table for table in SQL.findall(sql) if table in tenants.tables})


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _static_text(node: ast.JoinedStr) -> str:
    return "".join(part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "?" for part in node.values)


def _findings_in_sql(source: Source, tenants: TenantTables) -> Iterator[Finding]:
    line = 1
    for statement in source.text.split(";"):
        touched = _tables_in(statement, tenants)
        first = line + len(statement) - len(statement.lstrip("\n"))
        if touched and TENANT_COLUMN not in statement and not source.is_excused(first, "tenancy"):
            yield Finding(source.path, first, f"works on {', '.join(touched)} without naming {TENANT_COLUMN}.")
        line += statement.count("\n")
