"""Writes web/openapi.json, of which `npm run types` makes the browser's types: ``python -m tools.generate_api``.

As a check it finds a stale file.
"""

import json
from functools import cache

from pawline.platform.api_description import describe
from tools.application import application
from tools.findings import ROOT, Finding

FILE = "web/openapi.json"


def check() -> list[Finding]:
    path = ROOT / FILE
    return findings_in(path.read_text() if path.is_file() else "")


def findings_in(text: str) -> list[Finding]:
    return [] if text == description() else [Finding(FILE, 1, "is not what the code says; run make api.")]


@cache
def description() -> str:
    return json.dumps(describe(application(is_demo=True)), ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    (ROOT / FILE).write_text(description())
