"""Fixtures for every test: a migrated PostgreSQL, the product on a port, and the cast in a practice of its own."""

pytest_plugins = ["tests.product", "tests.mould"]
