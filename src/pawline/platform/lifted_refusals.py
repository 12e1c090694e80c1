"""Addresses that may be tried again after a mail server had refused them: staff asked for it, or an e-mail arrived."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.idempotency import AnsweredRequest

# Kept beside the bounces that were taken, which are noted there too; a row left in mail_refusal would read as refused.
_NOTED_AS = hashlib.sha256(b"mail refusal lifted").digest()
_KEY = UUID(bytes=_NOTED_AS[:16])
_LIFT = text("""
WITH lifted AS (
    DELETE FROM mail_refusal WHERE practice_id = :practice_id AND contact_id = :contact_id
    RETURNING practice_id, contact_id
)
INSERT INTO answered_request (practice_id, person_id, key, request_hash, answered_at)
SELECT l.practice_id, l.contact_id, :key, :noted_as, :now FROM lifted l
ON CONFLICT (practice_id, person_id, key)
DO UPDATE SET request_hash = excluded.request_hash, answered_at = excluded.answered_at
""")


async def lift_refusal(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> None:
    """Nothing happens where there is none."""
    key = {"practice_id": practice_id, "contact_id": contact_id, "key": _KEY}
    await uow.execute(_LIFT, {**key, "noted_as": _NOTED_AS, "now": clock.now()})


async def lifted_at(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> datetime | None:
    """The last time. None: never."""
    statement = select(AnsweredRequest.answered_at).where(
        AnsweredRequest.practice_id == practice_id,
        AnsweredRequest.person_id == contact_id,
        AnsweredRequest.key == _KEY,
        AnsweredRequest.request_hash == _NOTED_AS,
    )
    return (await uow.execute(statement)).scalar_one_or_none()
