"""Fixtures for every test: a migrated PostgreSQL, the product on a port, and the cast in a practice of its own."""

import pytest

pytest_plugins = ["tests.product", "tests.mould"]

# Fixtures behind which a server runs: PostgreSQL, the simulated carrier, an S3 store.
SERVERS = {"database_url", "carrier_server", "s3_url"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a server, so that `make unit` can leave it out."""
    for item in items:
        if not SERVERS.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)
