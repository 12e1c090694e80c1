"""Bring the schema of a database up to this Pawline."""

import time
from collections.abc import Iterable

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from pawline.platform.schema_state import SchemaState, connected, note_release, state_of

LOCK_KEY = 7_295_469_463  # "pawline" on a telephone keypad; any number of our own will do
# A migration that waits for a lock makes all of the traffic behind it wait as well: rather let go, and try again.
LOCK_TIMEOUT_MILLISECONDS = 700
PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 1.0


def upgrade(url: str) -> None:
    """Run all migrations that are due. Two at once are safe: the second waits and finds nothing to do.

    Raises:
        DatabaseUnusable: it cannot be reached, or is too busy to give a lock; a later try goes on where this one ended.
    """
    with connected(url) as connection:
        _wait_for_others(connection)
        if state_of(connection) is SchemaState.OLDER:
            _migrate(connection)
            note_release(connection)


def _wait_for_others(connection: Connection) -> None:
    # Not in one long statement: an index that the other builds CONCURRENTLY waits for all statements to end, ours among them.
    while not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}).scalar_one():
        connection.rollback()
        time.sleep(_PAUSE_SECONDS)
    connection.commit()


def _migrate(connection: Connection) -> None:
    config = build_config()
    config.attributes["connection"] = connection
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT_MILLISECONDS}ms'"))
        connection.commit()
        try:
            command.upgrade(config, "head")
        except OperationalError as error:
            connection.rollback()
            if not isinstance(error.orig, LockNotAvailable) or time.monotonic() > ends_at:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            connection.commit()
            return


def build_config() -> Config:
    config = Config()
    config.set_main_option("script_location", "pawline:migrations")
    return config


def are_known(revisions: Iterable[str]) -> bool:
    """Revisions of this Pawline or of one before it."""
    scripts = ScriptDirectory.from_config(build_config())
    return all(_is_known(scripts, revision) for revision in revisions)


def _is_known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        scripts.get_revision(revision)
    except CommandError:
        return False
    return True
