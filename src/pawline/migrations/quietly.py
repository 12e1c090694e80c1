"""Indexes made while everybody goes on reading and writing.

Each function commits what its migration did before, and may be broken off and run again: so must the rest of the migration.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

# Nobody waits behind these statements; they themselves wait for whoever has a transaction open, such as a backup.
PATIENCE_MINUTES = 10

_IS_UNFINISHED = sa.text("SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(:name) AND NOT indisvalid)")
_SET_LOCK_TIMEOUT = sa.text("SELECT set_config('lock_timeout', :timeout, false)")


def create_index(name: str, table: str, columns: Sequence[str | sa.TextClause], **options: Any) -> None:
    """``options`` are those of ``op.create_index``."""
    with _concurrently():
        # PostgreSQL keeps what a build that was broken off has left; it slows writing, and no query uses it.
        if op.get_bind().execute(_IS_UNFINISHED, {"name": name}).scalar_one():
            op.drop_index(name, table_name=table, postgresql_concurrently=True)
        op.create_index(name, table, columns, postgresql_concurrently=True, if_not_exists=True, **options)


def replace_index(name: str, table: str, columns: Sequence[str | sa.TextClause], **options: Any) -> None:
    """The old one of this name serves until the new one is there."""
    successor = f"{name}_new"
    create_index(successor, table, columns, **options)
    with _concurrently():
        op.drop_index(name, table_name=table, postgresql_concurrently=True, if_exists=True)
        op.execute(f"ALTER INDEX {successor} RENAME TO {name}")


@contextmanager
def _concurrently() -> Generator[None]:
    with op.get_context().autocommit_block():
        usual = op.get_bind().execute(sa.text("SELECT current_setting('lock_timeout')")).scalar_one()
        op.get_bind().execute(_SET_LOCK_TIMEOUT, {"timeout": f"{PATIENCE_MINUTES}min"})
        yield
        op.get_bind().execute(_SET_LOCK_TIMEOUT, {"timeout": usual})
