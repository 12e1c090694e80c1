"""Hearing what other processes notify: on a connection of its own, opened anew whenever it is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog

NOTIFY = "SELECT pg_notify(%(channel)s, %(payload)s)"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """``name`` is what the server calls the connection. ``begin`` runs each time it is there: what came before was missed."""

    channel: str
    name: str
    hear: Callable[[str], None]
    begin: Callable[[psycopg.AsyncConnection[Any]], Awaitable[None]] | None = None


async def listen(url: str, ear: Ear) -> None:
    """Until cancelled: hand on every payload."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                url, autocommit=True, connect_timeout=5, application_name=ear.name
            ) as connection:
                await connection.execute(f"LISTEN {ear.channel}".encode())
                if ear.begin is not None:
                    await ear.begin(connection)
                async for notice in connection.notifies():
                    ear.hear(notice.payload)
        except psycopg.Error as error:
            _log.warning("listener_lost", channel=ear.channel, error=type(error).__name__)
        await asyncio.sleep(0.5)
