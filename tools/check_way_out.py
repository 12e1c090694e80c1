"""The one way out: a text reaches a carrier from one call in the code, behind the claim that asks for consent.

A carrier's ``send`` takes a TextToSend, so whoever does not name that type cannot call it past the type checker. The call takes
an Attempt, which only ``begin`` makes, of a Claimed, which only the claim makes. An exception needs its reason on the same line:
``# way out: <reason>``.
"""

import ast
from collections.abc import Iterator

from tools.findings import ROOT, Finding, Source, read_sources

CARRIERS = "src/pawline/carriers/"
DELIVERIES = "src/pawline/deliveries/"
CALLER = f"{DELIVERIES}attempts.py"
# Who may name a thing that leads to the call, outside of the carriers' own folder.
MAKERS = {"TextToSend": CALLER, "Claimed": f"{DELIVERIES}claiming.py", "Attempt": f"{DELIVERIES}beginning.py"}
CLAIM = f"{DELIVERIES}claiming.sql"
CONSENT = "{sendable}"


def check() -> list[Finding]:
    sources = [source for source in read_sources(".py") if source.path.startswith("src/pawline/") and not source.is_test]
    findings = [finding for source in sources for finding in findings_in(source)]
    return [*findings, *findings_in_claim(Source(CLAIM, (ROOT / CLAIM).read_text())), *findings_in_caller(_caller(sources))]


def findings_in(source: Source) -> Iterator[Finding]:
    if source.path.startswith(CARRIERS):
        return
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.Call) and not source.is_excused(node.lineno, "way out"):
            for problem in _problems_of(node, source.path):
                yield Finding(source.path, node.lineno, problem)


def findings_in_claim(claim: Source) -> Iterator[Finding]:
    if CONSENT not in claim.text:
        yield Finding(claim.path, 1, f"claims without asking for consent; {CONSENT} is missing.")


def findings_in_caller(caller: Source) -> Iterator[Finding]:
    calls = [node for node in ast.walk(ast.parse(caller.text)) if isinstance(node, ast.Call) and _sends_to_carrier(node)]
    if len(calls) != 1:
        yield Finding(caller.path, 1, f"calls a carrier's send {len(calls)} times; there is one way out.")


def _problems_of(node: ast.Call, path: str) -> Iterator[str]:
    name = _called(node)
    if name in MAKERS and path != MAKERS[name]:
        yield f"makes a {name}, which only {MAKERS[name]} does."
    if path != CALLER and _sends_to_carrier(node):
        yield f"sends a text itself; texts go out through {DELIVERIES}service.py."


def _sends_to_carrier(node: ast.Call) -> bool:
    match node.func:
        case ast.Attribute(value=owner, attr="send"):
            return "carrier" in ast.unparse(owner).lower() or "vendor" in ast.unparse(owner).lower()
        case _:
            return False


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _caller(sources: list[Source]) -> Source:
    return next(source for source in sources if source.path == CALLER)
