"""Whether the schema of a database is that of this Pawline.

Without Alembic, which takes 8 MiB: every web process asks this once, and hardly one ever has to migrate.
"""

from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError, PendingRollbackError

from pawline.platform.db import sqlalchemy_url

HEAD = "owners_and_addresses"  # the newest migration
_IS_THERE = text("SELECT to_regclass('alembic_version') IS NOT NULL")
_PRESENT = text("SELECT version_num FROM alembic_version")


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


def schema_state(url: str) -> SchemaState:
    """Raises DatabaseUnusable."""
    with connected(url) as connection:
        return state_of(connection)


def require_current(url: str) -> None:
    """Raises SchemaOutdated, DatabaseUnusable."""
    if schema_state(url) is SchemaState.OLDER:
        raise SchemaOutdated


def state_of(connection: Connection) -> SchemaState:
    is_there = connection.execute(_IS_THERE).scalar_one()
    present = set(connection.execute(_PRESENT).scalars()) if is_there else set[str]()
    connection.rollback()
    if present == {HEAD}:
        return SchemaState.CURRENT
    from pawline.platform.migrate import are_known  # noqa: PLC0415 - see above

    return SchemaState.OLDER if are_known(present) else SchemaState.NEWER


@contextmanager
def connected(url: str) -> Generator[Connection]:
    # No pool: closing the connection is what gives the lock back.
    engine = create_engine(sqlalchemy_url(url), poolclass=NullPool, connect_args={"connect_timeout": 10})
    try:
        with engine.connect() as connection:
            yield connection
    except (OperationalError, PendingRollbackError) as error:
        # The second is what is left to be said where the connection was lost outside of a transaction.
        reason = " ".join(str(error.orig).split()) if isinstance(error, OperationalError) else "the connection was lost"
        raise DatabaseUnusable(
            f"The database cannot be used: {reason}. Check DATABASE_URL, and start again when it can be reached and is less busy."
        ) from error
