import pytest

from tools.check_paths_in_docs import findings_in
from tools.findings import Source

EXISTING = (
    "Makefile",
    "README.md",
    "docs/operating.md",
    "docs/adr/0001-lock.md",
    "src/pawline/threads/service.py",
    "web/src/threads/reduce.ts",
)

GOOD = [
    "`threads/service.py` and `src/pawline/threads/`",
    "`web/src/threads/reduce.ts`, `docs/adr/*.md`",
    "[operating](operating.md#backup) and [why](adr/0001-lock.md), [outside](https://example.org/a/b.md)",
    "`/api/v1/threads`, `application/json`, `GET /threads/{id}/changes`, `postgres://host/name`",
    "`threads/gone.py` went <!-- path: tells of what was -->",
    "```\n POST /api/v1/threads\n └ threads/service.py   parse\n```",
    "`data/postgres/postgresql.conf` is made at the first start",
]
BAD = [
    "`threads/gone.py`",
    "`src/pawline/gone/`",
    "[gone](gone.md)",
    "```\n └ threads/gone.py   parse\n```",
    "`docs/adr/9*.md`",
    "`threads/gone.py` <!-- path: -->",
]


@pytest.mark.parametrize("text", GOOD)
def test_existing_paths_pass(text: str) -> None:
    assert [] == list(findings_in(Source("docs/page.md", text), EXISTING))


@pytest.mark.parametrize("text", BAD)
def test_missing_paths_are_found(text: str) -> None:
    assert 1 == len(list(findings_in(Source("docs/page.md", text), EXISTING)))
