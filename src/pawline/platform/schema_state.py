"""Whether the schema of a database is that of this Pawline.

Without Alembic, which takes 8 MiB: every web process asks this once, and hardly one ever has to migrate.
"""

from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError, PendingRollbackError

from pawline.platform.db import sqlalchemy_url

HEAD = "given_back"  # the newest migration
RELEASE = 1  # one more with each release: its code works on the schema of the release before it and of the one after it
_IS_THERE = text("SELECT to_regclass('alembic_version') IS NOT NULL")
_PRESENT = text("SELECT version_num FROM alembic_version")
# As a comment: whoever has to refuse must be able to read it, whatever has become of the tables.
_MIGRATED_BY = text("SELECT obj_description(to_regclass('alembic_version'), 'pg_class')")


class SchemaState(Enum):
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    """The next release of Pawline has migrated it. This one keeps working on it."""


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
    """Raises DatabaseUnusable: a Pawline that is more than one release later has migrated it."""
    is_there = connection.execute(_IS_THERE).scalar_one()
    present = set(connection.execute(_PRESENT).scalars()) if is_there else set[str]()
    connection.rollback()
    if present == {HEAD}:
        return SchemaState.CURRENT
    from pawline.platform.migrate import are_known  # noqa: PLC0415 - see above

    if are_known(present):
        return SchemaState.OLDER
    _require_near(connection)
    return SchemaState.NEWER


def note_release(connection: Connection) -> None:
    """Say in the database which release has migrated it."""
    connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{RELEASE}'"))
    connection.commit()


def _require_near(connection: Connection) -> None:
    release = connection.execute(_MIGRATED_BY).scalar_one()
    connection.rollback()
    if release is not None and int(release) > RELEASE + 1:
        raise DatabaseUnusable(
            f"The database was migrated by release {release} of Pawline, and this is release {RELEASE}, which is too old for it. "
            f"Start release {int(release) - 1} or later, or restore the backup from before."
        )


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
