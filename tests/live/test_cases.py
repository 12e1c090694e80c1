"""The recorded cases, replayed by the reference; the browser's reducer replays the same file."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.live.reducer import project

Json = Any
CASES = json.loads(Path(__file__).with_name("cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_snapshot_and_its_frames_make_the_fresh_snapshot(case: Json) -> None:
    assert project(case["fresh"], [], case["me"]) == project(case["snapshot"], case["frames"], case["me"])
