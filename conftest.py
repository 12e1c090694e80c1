"""Fixtures for every test: a migrated PostgreSQL, the product on a port, and the cast in a practice of its own."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes hangs on what else the machine does.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

pytest_plugins = ["tests.product", "tests.mould", "tests.valkey_server"]

# Fixtures behind which a server runs: PostgreSQL, the simulated carrier, an S3 store, Valkey, the lines between processes.
SERVERS = {"database_url", "carrier_server", "s3_url", "valkey", "installations"}


# About how long a test takes, by its marks; ``slow(seconds=...)`` says it of one that takes much longer.
SECONDS = {"browser": 5, "slow": 10}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a server, so that `make unit` can leave it out."""
    for item in items:
        if not SERVERS.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)
    # Side by side the longest files come first; begun last, one would go on alone when all others have ended.
    if hasattr(config, "workerinput"):
        seconds: Counter[Path] = Counter()
        for item in items:
            seconds[item.path] += _seconds_of(item)
        items.sort(key=lambda item: -seconds[item.path])


def _seconds_of(item: pytest.Item) -> int:
    said = (mark.kwargs.get("seconds", SECONDS[mark.name]) for mark in item.iter_markers() if mark.name in SECONDS)
    return max(said, default=1)
