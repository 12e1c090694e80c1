"""Addresses that may be tried again after a mail server had refused them: staff asked for it, or an e-mail arrived."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from pawline.platform import clock
from pawline.platform.db import UnitOfWork
from pawline.platform.idempotency import AnsweredRequest

# Kept beside the bounces that were taken, which are noted there too; a row left in mail_refusal would read as refused.
_NOTED_AS = hashlib.sha256(b"mail refusal lifted").digest()
_KEY = UUID(bytes=_NOTED_AS[:16])
_NOTE = """
INSERT INTO answered_request (practice_id, person_id, key, request_hash, answered_at)
SELECT l.practice_id, l.person_id, :key, :noted_as, :now FROM lifted l
ON CONFLICT (practice_id, person_id, key)
DO UPDATE SET request_hash = excluded.request_hash, answered_at = excluded.answered_at
"""
_LIFT = text(f"""
WITH lifted AS (
    DELETE FROM mail_refusal WHERE practice_id = :practice_id AND contact_id = :person_id
    RETURNING practice_id, contact_id AS person_id
)
{_NOTE}
""")  # noqa: S608 - made of constants
_LIFT_OF_STAFF = text(f"""
WITH lifted AS (
    DELETE FROM staff_mail_refusal WHERE practice_id = :practice_id AND staff_id = :person_id
    RETURNING practice_id, staff_id AS person_id
)
{_NOTE}
""")  # noqa: S608 - made of constants


async def lift_refusal(uow: UnitOfWork, practice_id: UUID, contact_id: UUID) -> None:
    """Nothing happens where there is none."""
    await uow.execute(_LIFT, _values(practice_id, contact_id))


async def lift_staff_refusal(uow: UnitOfWork, practice_id: UUID, staff_id: UUID) -> None:
    """The same of a staff member's address."""
    await uow.execute(_LIFT_OF_STAFF, _values(practice_id, staff_id))


def _values(practice_id: UUID, person_id: UUID) -> dict[str, Any]:
    return {"practice_id": practice_id, "person_id": person_id, "key": _KEY, "noted_as": _NOTED_AS, "now": clock.now()}


async def lifted_at(uow: UnitOfWork, practice_id: UUID, person_id: UUID) -> datetime | None:
    """The last time. None: never."""
    statement = select(AnsweredRequest.answered_at).where(
        AnsweredRequest.practice_id == practice_id,
        AnsweredRequest.person_id == person_id,
        AnsweredRequest.key == _KEY,
        AnsweredRequest.request_hash == _NOTED_AS,
    )
    return (await uow.execute(statement)).scalar_one_or_none()
