"""The database: pool, transactions and what is published after a commit."""

from asyncio import CancelledError
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from sqlalchemy import Executable, Result, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.schema import MetaData

from pawline.platform.bounded_connection import BoundedConnection
from pawline.platform.clashes import CLASHES, note_commit
from pawline.platform.errors import Clash, LockTaken, Unavailable

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """All declared tables; their sum equals the sum of the migrations."""

    metadata = MetaData(naming_convention=NAMES)


class Hint(msgspec.Struct, frozen=True, omit_defaults=True):
    """Tells processes to look again; it may be lost without harm.

    ``about`` is "thread", "thread_anew", "access", "activity", "reports", "practice_block", "delivery", "availability",
    "clinic_chat", "schedule", "labels", "duty", "draft", "connection_asked" or "connection_answered".
    """

    about: str
    practice_id: UUID
    id: UUID
    after: int = 0
    detail: dict[str, str] = {}

    @staticmethod
    def thread(practice_id: UUID, thread_id: UUID, *, after: int) -> "Hint":
        """The thread changed after revision ``after``."""
        return Hint("thread", practice_id, thread_id, after)

    @staticmethod
    def access(practice_id: UUID, person_id: UUID) -> "Hint":
        """What this person may see, or a session of theirs, changed."""
        return Hint("access", practice_id, person_id)

    @staticmethod
    def availability(practice_id: UUID, clinic_id: UUID | None) -> "Hint":
        """Somebody set this clinic's light, or without a clinic: who is there has changed."""
        return Hint("availability", practice_id, clinic_id or practice_id)

    @staticmethod
    def clinic_chat(practice_id: UUID, clinic_id: UUID) -> "Hint":
        """For whom this clinic's chat in the app is has changed."""
        return Hint("clinic_chat", practice_id, clinic_id)


Publish = Callable[[Hint], None]
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


@dataclass(slots=True)
class UnitOfWork:
    """One transaction, and what follows its commit: in this process, and the hints to every process."""

    connection: AsyncConnection
    hints: list[Hint] = field(default_factory=list[Hint])
    follow_ups: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])

    async def execute(self, statement: Executable, parameters: Any = None) -> Result[Any]:
        return await self.connection.execute(statement, parameters)

    async def lock(self, key: str) -> None:
        """Wait for every transaction that has locked the same key, and let others wait until this one ends."""
        await self.connection.execute(_LOCK, {"key": key})

    def emit(self, hint: Hint) -> None:
        """Tell every process, once this transaction is committed."""
        self.hints.append(hint)

    def after_commit(self, follow_up: Callable[[], None]) -> None:
        """Call it once this transaction is committed; never, if it is not."""
        self.follow_ups.append(follow_up)


class Database:
    """A pool on one PostgreSQL server. Every error of a lost server becomes Unavailable, with a moment to wait."""

    def __init__(self, url: str, *, connections: int) -> None:
        self.url = url
        self.engine = _create_engine(url, connections)
        self._single = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._publish: Publish | None = None
        self._doubt: Callable[[], None] | None = None

    def publish_with(self, publish: Publish, doubt: Callable[[], None]) -> None:
        """Hand each hint to ``publish`` once its transaction is committed; call ``doubt`` when nobody knows whether it was."""
        self._publish = publish
        self._doubt = doubt

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[UnitOfWork]:
        is_committing = False
        try:
            with lost_server_is_unavailable():
                async with self.engine.begin() as connection:
                    uow = UnitOfWork(connection)
                    yield uow
                    is_committing = True
        except Clash:
            raise  # PostgreSQL says itself that nothing was committed
        except (Unavailable, CancelledError):
            # Before COMMIT is sent nothing can have been committed, whatever went wrong.
            if is_committing and self._doubt is not None:
                self._doubt()
            raise
        note_commit()
        for follow_up in uow.follow_ups:
            follow_up()
        if self._publish is not None:
            for hint in uow.hints:
                self._publish(hint)

    @asynccontextmanager
    async def single_statements(self) -> AsyncGenerator[AsyncConnection]:
        """A connection on which each statement is its own transaction: one round trip instead of three."""
        with lost_server_is_unavailable():
            async with self._single.connect() as connection:
                yield connection
        note_commit()

    async def close(self) -> None:
        await self.engine.dispose()


def sqlalchemy_url(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)


def _create_engine(url: str, connections: int) -> AsyncEngine:
    engine = create_async_engine(
        sqlalchemy_url(url),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=4,
        pool_use_lifo=True,
        connect_args={
            "async_creator_fn": BoundedConnection.connect,
            "connect_timeout": 5,
            "options": "-c statement_timeout=10s -c lock_timeout=4s -c idle_in_transaction_session_timeout=15s -c timezone=UTC",
        },
    )
    event.listen(engine.sync_engine, "handle_error", _treat_shutdown_as_disconnect)
    return engine


def _treat_shutdown_as_disconnect(context: Any) -> None:
    # The server's parting words (57P01 and kin) come as an ordinary error; the pool must drop such a connection.
    if isinstance(
        context.original_exception, (psycopg.errors.AdminShutdown, psycopg.errors.CrashShutdown, psycopg.errors.CannotConnectNow)
    ):
        context.is_disconnect = True


@contextmanager
def lost_server_is_unavailable() -> Generator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise _refusal(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable from error
        raise


def _refusal(error: OperationalError | InterfaceError | PoolTimeout) -> Unavailable:
    cause = error.orig if isinstance(error, OperationalError) else None
    if isinstance(cause, CLASHES):
        return LockTaken() if isinstance(cause, psycopg.errors.LockNotAvailable) else Clash()
    return Unavailable()
