"""What a carrier's refusal teaches about the number that a text was for."""

from uuid import UUID

from sqlalchemy import text

from pawline.carriers.interface import FailureReason
from pawline.consent.changes import Cause, ConsentChange, Source
from pawline.consent.service import record
from pawline.platform.db import UnitOfWork

_IS_LANDLINE = text("""
    UPDATE contact_number c SET is_landline = TRUE
    WHERE c.practice_id = :practice_id AND c.number = :number AND c.is_landline IS NOT TRUE
""")


async def learn(uow: UnitOfWork, practice_id: UUID, reason: FailureReason, *, number_id: UUID, contact_number: str) -> None:
    """Safe to repeat. Most reasons teach nothing."""
    if reason is FailureReason.OPTED_OUT:
        change = ConsentChange(contact_number=contact_number, number_id=number_id, source=Source.CARRIER)
        await record(uow, practice_id, Cause.CARRIER_REPORTS_OPT_OUT, change)
    elif reason is FailureReason.LANDLINE:
        await uow.execute(_IS_LANDLINE, {"practice_id": practice_id, "number": contact_number})
