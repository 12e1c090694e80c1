import time
from pathlib import Path

import pytest

from tests.demo.scratch import Scratch, new_scratch


@pytest.fixture
async def empty(database_url: str, place: Path) -> Scratch:
    return await new_scratch(database_url, place)


@pytest.fixture(scope="package")
async def filled_in_seconds(database_url: str, place: Path) -> tuple[Scratch, float]:
    scratch = await new_scratch(database_url, place)
    begun = time.perf_counter()
    await scratch.fill()
    return scratch, time.perf_counter() - begun


@pytest.fixture(scope="package")
def demo(filled_in_seconds: tuple[Scratch, float]) -> Scratch:
    """A filled demo; for reading only."""
    return filled_in_seconds[0]
