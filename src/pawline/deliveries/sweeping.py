"""Taking over what a dead or frozen worker held, and telling when texts wait too long."""

from typing import Any

import structlog
from prometheus_client import Gauge
from sqlalchemy import text

from pawline.deliveries.desk import SendingDesk
from pawline.platform.db import Database

OVERDUE_MINUTES = 5
_log = structlog.get_logger()
_overdue = Gauge("pawline_texts_overdue", f"Texts that are due for more than {OVERDUE_MINUTES} minutes and not sent yet")

# Of all practices: a lease that ran out is nobody's.
_RELEASE = text("""
    UPDATE delivery d SET state = 'queued', fence = d.fence + 1, leased_until = NULL
    WHERE (d.practice_id, d.id) IN (
        SELECT e.practice_id, e.id FROM delivery e WHERE e.state = 'leased' AND e.leased_until < now()
        ORDER BY e.leased_until LIMIT 200 FOR NO KEY UPDATE SKIP LOCKED)
""")
_EXPIRED = text("""
    SELECT d.practice_id, d.id, d.fence, d.message_id, d.carrier FROM delivery d
    WHERE d.state = 'attempting' AND d.leased_until < now() ORDER BY d.leased_until LIMIT 200
""")
_TAKE_OVER = text("""
    UPDATE delivery d
    SET state = :state, fence = d.fence + 1,
        leased_until = CASE WHEN :state = 'unknown' THEN now() + make_interval(secs => :wait) END
    WHERE d.practice_id = :practice_id AND d.id = :id AND d.fence = :fence AND d.state = 'attempting' AND d.leased_until < now()
    RETURNING d.id
""")
_NOBODY_KNOWS = text("""
    UPDATE delivery_attempt a SET outcome = 'unknown', ended_at = clock_timestamp()
    WHERE a.practice_id = :practice_id AND a.delivery_id = :id AND a.fence = :fence AND a.outcome IS NULL
""")
_COUNT_OVERDUE = text(  # tenancy: a figure for the operator, of all practices together
    "SELECT count(*) FROM delivery d WHERE d.state = 'queued' AND d.due_at < now() - make_interval(mins => :minutes)"
)


async def take_over(desk: SendingDesk) -> bool:
    """Of a claim without an attempt nothing left: back to the queue. Otherwise nobody knows. Returns whether there was any."""
    async with desk.database.single_statements() as connection:
        released = (await connection.execute(_RELEASE)).rowcount
        expired = (await connection.execute(_EXPIRED)).all()
    for row in expired:
        await _take_over_one(desk, row)
    if released or expired:
        _log.warning("texts_taken_over", before_attempt=released, during_attempt=len(expired))
    return bool(released or expired)


async def _take_over_one(desk: SendingDesk, row: Any) -> None:
    carrier = desk.carriers.get(row.carrier)
    state = "queued" if carrier is not None and carrier.sends_are_keyed else "unknown"
    hold = {"practice_id": row.practice_id, "id": row.id, "fence": row.fence}
    async with desk.database.transaction() as uow:
        await desk.touch_message(uow, row.practice_id, row.message_id)
        taken = await uow.execute(_TAKE_OVER, {**hold, "state": state, "wait": desk.pace.receipt_wait})
        if taken.first() is not None:
            await uow.execute(_NOBODY_KNOWS, hold)


async def watch_overdue(database: Database) -> None:
    async with database.single_statements() as connection:
        overdue = (await connection.execute(_COUNT_OVERDUE, {"minutes": OVERDUE_MINUTES})).scalar_one()
    _overdue.set(overdue)
    if overdue:
        _log.error("texts_overdue", count=overdue, minutes=OVERDUE_MINUTES)
