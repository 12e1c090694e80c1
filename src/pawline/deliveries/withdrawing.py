"""Taking back texts that have not begun to leave. What is being queued at that moment, the claim stops."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import text

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
_OF_MESSAGE = text("""
    UPDATE delivery d SET state = 'cancelled', reason = 'message_deleted', leased_until = NULL, ended_at = :now
    WHERE d.practice_id = :practice_id AND d.message_id = :message_id AND d.state IN ('queued', 'leased')
    RETURNING d.message_id
""")


async def cancel_queued(
    uow: UnitOfWork, practice_id: UUID, number_id: UUID, *, to_number: str, categories: Iterable[str] = ALL
) -> list[UUID]:
    """After an opt-out, in its transaction. Returns the messages that are shown differently now, for the caller to touch."""
    values = {"number_id": number_id, "to_number": to_number, "categories": [str(category) for category in categories]}
    return await _cancel(uow, _OF_PAIR, {"practice_id": practice_id, **values})


async def cancel_bot_texts(uow: UnitOfWork, practice_id: UUID, bot_run_id: UUID) -> list[UUID]:
    """After a bot's run was stopped, in its transaction. Returns the messages that are shown differently now."""
    return await _cancel(uow, _OF_BOT, {"practice_id": practice_id, "bot_run_id": bot_run_id})


async def cancel_text_of(uow: UnitOfWork, practice_id: UUID, message_id: UUID) -> None:
    """With the deletion of its message, under the lock of the thread. What has begun to leave is not called back."""
    await _cancel(uow, _OF_MESSAGE, {"practice_id": practice_id, "message_id": message_id})


async def _cancel(uow: UnitOfWork, statement: Any, values: dict[str, Any]) -> list[UUID]:
    cancelled = (await uow.execute(statement, {**values, "now": clock.now()})).scalars()
    return [message_id for message_id in cancelled if message_id is not None]
