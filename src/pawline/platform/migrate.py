"""Bring the schema of a database up to this Pawline."""

from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from pawline.platform.db import sqlalchemy_url

LOCK_KEY = 7_295_469_463  # "pawline" on a telephone keypad; any number of our own will do
LOCK_TIMEOUT_SECONDS = 5


class SchemaState(Enum):
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    """A later Pawline has migrated it. The previous release keeps working on it."""


class SchemaOutdated(Exception):
    def __init__(self) -> None:
        super().__init__("The database is older than this Pawline. Run: pawline migrate")


class DatabaseUnusable(Exception):
    """The text says why and what to do."""


def upgrade(url: str) -> None:
    """Run all migrations that are due. Two at once are safe: the second waits and finds nothing to do.

    Raises:
        DatabaseUnusable: it cannot be reached, or is too busy to give a lock; the unfinished migration is undone.
    """
    config = build_config()
    with _connection(url) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK_KEY})
        # A migration that waits for a lock makes all of the traffic behind it wait as well.
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'"))
        connection.commit()
        if _state(connection, config) is SchemaState.OLDER:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()


def schema_state(url: str) -> SchemaState:
    """Raises DatabaseUnusable."""
    with _connection(url) as connection:
        return _state(connection, build_config())


def require_current(url: str) -> None:
    """Raises SchemaOutdated, DatabaseUnusable."""
    if schema_state(url) is SchemaState.OLDER:
        raise SchemaOutdated


def build_config() -> Config:
    config = Config()
    config.set_main_option("script_location", "pawline:migrations")
    return config


@contextmanager
def _connection(url: str) -> Generator[Connection]:
    # No pool: closing the connection is what gives the lock back.
    engine = create_engine(sqlalchemy_url(url), poolclass=NullPool, connect_args={"connect_timeout": 10})
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as error:
        reason = " ".join(str(error.orig).split())
        raise DatabaseUnusable(
            f"The database cannot be used: {reason}. Check DATABASE_URL, and start again when it can be reached and is less busy."
        ) from error


def _state(connection: Connection, config: Config) -> SchemaState:
    scripts = ScriptDirectory.from_config(config)
    present = set(MigrationContext.configure(connection).get_current_heads())
    connection.rollback()
    if present == set(scripts.get_heads()):
        return SchemaState.CURRENT
    return SchemaState.OLDER if all(_is_known(scripts, revision) for revision in present) else SchemaState.NEWER


def _is_known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        scripts.get_revision(revision)
    except CommandError:
        return False
    return True
