"""The raw exchange with a carrier, kept for administrators: redacted before it gets here."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from pawline.carriers.interface import Exchange, RecordExchange
from pawline.deliveries.attempt_key import AttemptKey, read_reference
from pawline.deliveries.models import CarrierExchange
from pawline.platform import clock
from pawline.platform.db import Database
from pawline.platform.errors import Unavailable
from pawline.platform.ids import new_id

_log = structlog.get_logger()
_current: ContextVar[AttemptKey | None] = ContextVar("_current", default=None)
_FORGET = text("DELETE FROM carrier_exchange WHERE at < now() - make_interval(days => :days)")  # tenancy: by age alone
_KEPT_DAYS = 30


@contextmanager
def about(key: AttemptKey) -> Generator[None]:
    """What is exchanged inside concerns this attempt, although the request does not name it."""
    token = _current.set(key)
    try:
        yield
    finally:
        _current.reset(token)


def exchange_recorder(database: Database, carrier: str) -> RecordExchange:
    async def record(exchange: Exchange) -> None:
        key = read_reference(exchange.reference) if exchange.reference else _current.get()
        if key is None:
            return
        row = {
            "practice_id": key.practice_id,
            "id": new_id(),
            "delivery_id": key.delivery_id,
            "carrier": carrier,
            "method": exchange.method,
            "url": exchange.url,
            "request": exchange.request,
            "status": exchange.status,
            "answer": exchange.answer,
            "seconds": exchange.seconds,
            "at": clock.now(),
        }
        try:
            async with database.single_statements() as connection:
                await connection.execute(insert(CarrierExchange).values(**row))
        except (Unavailable, DBAPIError) as error:
            # The answer matters more than its record.
            _log.warning("carrier_exchange_not_kept", carrier=carrier, error=type(error).__name__)

    return record


async def forget_exchanges(database: Database) -> None:
    """They are for looking into a failure, not for keeping."""
    async with database.single_statements() as connection:
        await connection.execute(_FORGET, {"days": _KEPT_DAYS})
