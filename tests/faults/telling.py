"""Showing what a test counted, whether it fails or not."""

import sys
from collections.abc import Callable

import pytest

Tell = Callable[[str], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """By stderr: of tests that run side by side stdout leads nowhere."""

    def show(words: str) -> None:
        with capsys.disabled():
            print(f"\n{words.strip()}", file=sys.stderr, flush=True)

    return show
