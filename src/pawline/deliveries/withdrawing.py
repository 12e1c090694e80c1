"""Taking back texts that have not begun to leave. What is being queued at that moment, the claim stops."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from pawline.consent.changes import ALL
from pawline.platform import clock
from pawline.platform.db import UnitOfWork

_OF_PAIR = text("""
    UPDATE delivery d SET state = 'cancelled', reason = 'opted_out', leased_until = NULL, ended_at = :now
    WHERE d.practice_id = :practice_id AND d.number_id = :number_id AND d.to_number = :to_number
        AND d.category = ANY(CAST(:categories AS text[])) AND NOT d.confirms_opt_out AND d.state IN ('queued', 'leased')
    RETURNING d.message_id
""")
_OF_BOT = text("""
    UPDATE delivery d SET state = 'cancelled', reason = 'bot_stopped', leased_until = NULL, ended_at = :now
    WHERE d.practice_id = :practice_id AND d.bot_run_id = :bot_run_id AND d.state IN ('queued', 'leased')
    RETURNING d.message_id
""")
_OF_BOT_SINCE = text("""
    SELECT d.message_id, d.body FROM delivery d
    WHERE d.practice_id = :practice_id AND d.bot_run_id = :bot_run_id AND d.state = 'cancelled' AND d.reason = 'bot_stopped'
        AND d.ended_at >= :since AND d.message_id IS NOT NULL
    ORDER BY d.queued_at, d.id
""")
_OF_MESSAGE = text("""
    UPDATE delivery d SET state = 'cancelled', reason = 'message_deleted', leased_until = NULL, ended_at = :now
    WHERE d.practice_id = :practice_id AND d.message_id = :message_id AND d.state IN ('queued', 'leased')
    RETURNING d.message_id
""")
# What the two parts of a queue are found by are indexes of its own states.
_WAITING = """
    SELECT e.id, m.thread_id FROM delivery e JOIN message m ON m.practice_id = e.practice_id AND m.id = e.message_id
    WHERE e.practice_id = :practice_id AND e.state = 'queued' AND e.requested_by_id = :staff_id AND e.bot_run_id IS NULL
    UNION ALL
    SELECT e.id, m.thread_id FROM delivery e JOIN message m ON m.practice_id = e.practice_id AND m.id = e.message_id
    WHERE e.practice_id = :practice_id AND e.state = 'leased' AND e.requested_by_id = :staff_id AND e.bot_run_id IS NULL
"""
_THREADS_OF_AUTHOR = text(f"SELECT DISTINCT w.thread_id FROM ({_WAITING}) w")  # noqa: S608 - constants
# Whose row changed meanwhile is looked at once more.
_OF_AUTHOR = text(f"""
    UPDATE delivery d SET state = 'cancelled', reason = 'author_left', leased_until = NULL, ended_at = :now
    WHERE d.practice_id = :practice_id AND d.state IN ('queued', 'leased') AND d.id IN (
        SELECT w.id FROM ({_WAITING}) w WHERE w.thread_id = ANY(CAST(:thread_ids AS uuid[])))
    RETURNING d.message_id
""")  # noqa: S608 - constants


async def cancel_queued(
    uow: UnitOfWork, practice_id: UUID, number_id: UUID, *, to_number: str, categories: Iterable[str] = ALL
) -> list[UUID]:
    """After an opt-out, in its transaction. Returns the messages that are shown differently now, for the caller to touch."""
    values = {"number_id": number_id, "to_number": to_number, "categories": [str(category) for category in categories]}
    return await _cancel(uow, _OF_PAIR, {"practice_id": practice_id, **values})


async def cancel_bot_texts(uow: UnitOfWork, practice_id: UUID, bot_run_id: UUID) -> list[UUID]:
    """After a bot's run was stopped, in its transaction. Returns the messages that are shown differently now."""
    return await _cancel(uow, _OF_BOT, {"practice_id": practice_id, "bot_run_id": bot_run_id})


async def withdrawn_bot_texts(uow: UnitOfWork, practice_id: UUID, bot_run_id: UUID, *, since: datetime) -> Sequence[Row[Any]]:
    """``message_id`` and ``body`` of what a stop of the run has cancelled from then on, in their order."""
    values = {"practice_id": practice_id, "bot_run_id": bot_run_id, "since": since}
    return (await uow.execute(_OF_BOT_SINCE, values)).all()


async def cancel_text_of(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
    """With the deletion of its message, under the lock of the thread. What has begun to leave is not called back."""
    await _cancel(uow, _OF_MESSAGE, {"practice_id": practice_id, "message_id": message_id})


async def threads_of_waiting_texts(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> list[UUID]:
    """Where what somebody wrote waits to go out: to be locked before it is held."""
    return list((await uow.execute(_THREADS_OF_AUTHOR, {"practice_id": practice_id, "staff_id": staff_id})).scalars())


async def hold_texts_of(uow: UnitOfWork, practice_id: UUID, staff_id: UUID, *, thread_ids: Iterable[UUID]) -> list[UUID]:
    """When somebody leaves, under the lock of these threads: a colleague decides whether what they wrote there still goes out.

    Returns the messages that are shown differently now.
    """
    return await _cancel(uow, _OF_AUTHOR, {"practice_id": practice_id, "staff_id": staff_id, "thread_ids": list(thread_ids)})


async def _cancel(uow: UnitOfWork, statement: Any, values: dict[str, Any]) -> list[UUID]:
    cancelled = (await uow.execute(statement, {**values, "now": clock.now()})).scalars()
    return [message_id for message_id in cancelled if message_id is not None]
